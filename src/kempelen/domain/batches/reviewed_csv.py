"""A results file that a requester has reviewed: what its Approve and Reject columns say, row by row.

As Amazon's site took it (mturk-api.md §7.2): X in `Approve`, or a reason in `Reject`, or neither.  Rows may
end before columns that are empty in them, as Amazon's own files do.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kempelen.domain.batches.csv_problems import ProblemList
from kempelen.domain.batches.csv_records import CsvRecords
from kempelen.domain.batches.csv_text import CsvText, LineTooLong, NotText, open_csv_text

ID, HIT_ID, APPROVE, REJECT = "AssignmentId", "HITId", "Approve", "Reject"
NEEDED = (ID, APPROVE, REJECT)
_MARK = "x"


class BothFilled(ValueError):
    """A row says that its work is approved and rejected."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of its answer; `words` are empty where it only has an X."""

    approves: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A row and its number as a spreadsheet has it; `said` is None where both columns are empty."""

    number: int
    assignment_id: str
    hit_id: str
    said: Said | None


def said_in(approve: str, reject: str) -> Said | None:
    """Read the two cells of a row, or raise `BothFilled`.

    Anything in a column counts.  An X is no text; what else is written the worker reads.
    """
    approve, reject = approve.strip(), reject.strip()
    if approve and reject:
        raise BothFilled("both Approve and Reject are filled in; clear one of them")
    words = approve or reject
    if not words:
        return None
    return Said(bool(approve), "" if words.casefold() == _MARK else words)


def reviewed_rows(path: Path, problems: ProblemList, *, after: int = 0) -> Iterator[ReviewedRow]:
    """Give the rows below row number `after`, in constant memory.

    What is wrong is added to the problems, and ends the rows where the rest cannot be read.
    """
    try:
        with open_csv_text(path) as text:
            yield from _rows(text, problems, after)
    except NotText as error:
        problems.add(str(error))
    except LineTooLong:
        problems.add("a line of more than 64 million characters; probably this is no CSV file")


def _rows(text: CsvText, problems: ProblemList, after: int) -> Iterator[ReviewedRow]:
    records = CsvRecords(text)
    try:
        columns = [name.strip() for name in next(records, [])]
        if not _has_columns(columns, problems):
            return
        places = {name: columns.index(name) for name in (*NEEDED, HIT_ID) if name in columns}
        for record in records:
            if records.row > after and any(record):
                if len(record) > len(columns):
                    problems.add(_too_many(len(record), len(columns)), row=records.row, line=records.line)
                    continue
                yield from _row(text, record, places, records.row, problems)
    except csv.Error as error:
        problems.add(f"cannot be read as CSV from here on: {error}", row=records.row, line=records.line)


def _row(
    text: CsvText, record: list[str], places: dict[str, int], number: int, problems: ProblemList
) -> Iterator[ReviewedRow]:
    cells = {name: record[at].strip() if at < len(record) else "" for name, at in places.items()}
    for name, cell in cells.items():
        if text.has_marks and (found := text.mark_in(cell)):
            problems.add(found[1], row=number, column=name)
            return
    try:
        said = said_in(cells[APPROVE], cells[REJECT])
    except BothFilled as error:
        problems.add(str(error), row=number, column=REJECT)
        return
    if said and not cells[ID]:
        problems.add("is empty, so nobody knows which answer is meant", row=number, column=ID)
        return
    yield ReviewedRow(number, cells[ID], cells.get(HIT_ID, ""), said)


def _has_columns(columns: list[str], problems: ProblemList) -> bool:
    if not any(columns):
        problems.add("the file is empty; its first row must name the columns")
        return False
    counts = {name: columns.count(name) for name in NEEDED}
    for name, count in counts.items():
        if not count:
            problems.add("there is no such column; take a CSV of results as it was downloaded", column=name)
        elif count > 1:
            problems.add(f"{count} columns have this name; keep one of them", column=name)
    return set(counts.values()) == {1}


def _too_many(count: int, width: int) -> str:
    return f"{count} values for {width} columns; put quotes around values that hold commas"
