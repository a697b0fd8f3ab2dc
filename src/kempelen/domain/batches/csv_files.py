"""CSV files as people have them, read in constant memory: checked whole, then row by row.

Understood without asking: UTF-8 with or without byte order mark and UTF-16 with one; CRLF, LF or CR;
commas, semicolons, tabs or bars, as the header has them or an Excel `sep=;` line says; quoted line
breaks.  Empty rows are passed over.  Nothing is guessed about values: they stay text.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kempelen.domain.batches.csv_problems import ProblemList
from kempelen.domain.batches.csv_records import CsvRecords, is_blank, open_quote
from kempelen.domain.batches.csv_text import LineTooLong, NotText, OnProgress, open_csv_text
from kempelen.domain.batches.templates import Use
from kempelen.domain.batches.wanted import missing, name_of, unused

CSV, JSON_LINES = "csv", "json-lines"
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class CheckedCsv:
    """A file that can be published: its columns in order, and how many rows of values it has.

    `form` tells a CSV from JSON Lines (`json_lines`), which have no delimiter.  `asked_column` names a
    column that is no value of the rows: how many assignments each asks for, `asked_total` all together;
    only files of ours have one.
    """

    columns: tuple[str, ...]
    row_count: int
    encoding: str
    delimiter: str
    warnings: tuple[str, ...] = ()
    form: str = CSV
    asked_column: str = ""
    asked_total: int = 0


def check_csv(
    path: Path,
    *,
    wanted: Iterable[Use | str] | None = None,
    wanted_in_scripts: Iterable[Use | str] = (),
    file_name: str = "",
    on_progress: OnProgress | None = None,
) -> CheckedCsv:
    """Read the whole file once and tell what it holds, or raise `CsvProblems` with up to 20 problems.

    Rows in problems are numbered as a spreadsheet does: the header is row 1, and empty rows count.
    `wanted` are the template's variables: each needs a column, and columns of another name (that
    scripts do not use either) give a warning.  None: there is no template to compare with.
    `file_name` is how messages call the file; `on_progress` is told bytes read and bytes in all.
    """
    problems = ProblemList(file_name or path.name)
    wanted = None if wanted is None else list(wanted)
    try:
        with open_csv_text(path, on_progress) as text:
            check = _Check(path, CsvRecords(text), problems)
            check.read_header(wanted)
            check.read_rows()
    except NotText as error:
        problems.add(str(error))
    except LineTooLong:
        problems.add("a line of more than 64 million characters; probably this is no CSV file")
    problems.raise_if_any()
    warnings = check.warnings
    if wanted is not None:
        warnings += unused(check.names, {*map(name_of, wanted), *map(name_of, wanted_in_scripts)})
    return CheckedCsv(check.names, check.row_count, text.encoding, check.records.delimiter, tuple(warnings))


def rows(path: Path, checked: CheckedCsv | None = None, *, start: int = 0) -> Iterator[list[str]]:
    """The values of each row of a file that was checked, in the order of its columns.

    The first `start` rows are passed over.  A file that no longer is what was checked raises
    `CsvProblems`.
    """
    with told_as_changed(path), open_csv_text(path) as text:
        records = CsvRecords(text)
        names = _names(next(records, []))
        width = len(names)
        if checked is not None and names != checked.columns:
            raise csv.Error("other columns")
        for row in records.unnumbered():
            # The first look is a short one: most rows begin with a value.
            if (len(row) != width or not row[0]) and is_blank(row, width):
                continue
            if start:
                start -= 1
                continue
            if len(row) != width:
                raise csv.Error("another number of values")
            yield row


class _Check:
    """One reading of a file, from header to end, with what was found so far."""

    def __init__(self, path: Path, records: CsvRecords, problems: ProblemList) -> None:
        self.names: tuple[str, ...] = ()
        self.row_count = 0
        self.warnings: list[str] = []
        self.records = records
        self._path = path
        self._problems = problems
        self._text = records.text

    def read_header(self, wanted: list[Use | str] | None) -> None:
        """Take the columns' names; note those empty, doubled or missing."""
        try:
            header = next(self.records, None)
        except csv.Error as error:
            self._note_quote(error)
            self._problems.raise_if_any()
        if not header:
            self._problems.add("the file is empty; its first row must name the columns")
            self._problems.raise_if_any()
            return
        self.names = _names(header)
        self._note_marks(header)
        self._note_names()
        for name, message in missing(wanted or [], self.names):
            self._note(message, name)

    def read_rows(self) -> None:
        """Count the rows of values; note those that do not fit the header or cannot be read."""
        width, text = len(self.names), self._text
        first_empty_row = 0
        while (record := self._next_record()) is not None:
            if (len(record) != width or not record[0]) and is_blank(record, width):
                first_empty_row = first_empty_row or (self.records.row if len(record) > 1 else 0)
                continue
            self.row_count += 1
            if len(record) != width:
                self._note_ragged(record)
            if text.has_marks:
                self._note_marks(record)
        if first_empty_row:
            self.warnings.append(f"Rows without any value are left out, first row {first_empty_row}.")
        if not self.row_count:
            self._problems.raise_if_any()
            self._problems.add("there are no rows below the header, so there is nothing to publish")

    def _next_record(self) -> list[str] | None:
        while True:
            try:
                return next(self.records, None)
            except csv.Error as error:
                self._note_quote(error)
                self.row_count += 1  # a row is there, if unreadable

    def _note(self, message: str, column: str = "", line: int | None = None) -> None:
        line = self.records.line if line is None else line
        self._problems.add(message, row=self.records.row, column=column, line=line)

    def _note_names(self) -> None:
        nameless = [_place(index) for index, name in enumerate(self.names) if not name]
        if nameless:
            rest = f" (and {len(nameless) - 1} more)" if len(nameless) > 1 else ""
            self._note(f"{nameless[0]}{rest} has no name in the header; name it or delete the column")
        doubled = [name for name, count in Counter(self.names).items() if count > 1 and name]
        for name in doubled:
            places = [_place(index) for index, other in enumerate(self.names) if other == name]
            self._note(f"{' and '.join(places[:3])} have the same name; give each its own", name)

    def _note_ragged(self, record: list[str]) -> None:
        count, width = len(record), len(self.names)
        name = {",": "commas", ";": "semicolons", "\t": "tabs"}.get(self.records.delimiter, "separators")
        remedy = (
            f"put quotes around values that hold {name}"
            if count > width
            else f"each row needs all its {name}, also where values are empty"
        )
        values = "1 value" if count == 1 else f"{count} values"
        self._note(f"{values} for {width} column{'s' if width > 1 else ''}; {remedy}")

    def _note_marks(self, record: list[str]) -> None:
        """Note the values that hold a byte that does not fit the encoding, each once."""
        if not self._text.has_marks:
            return
        for index, value in enumerate(record):
            found = self._text.mark_in(value)
            if found is None:
                continue
            before = "".join((*record[:index], value[: found[0]]))
            line = self.records.line + sum(1 for _ in _LINE_END.finditer(before))
            self._note(found[1], self._column(index), line)

    def _note_quote(self, error: csv.Error) -> None:
        records, path = self.records, self._path
        with open_csv_text(path) as text:
            lines = islice(text.lines(), records.line - 1, records.last_line)
            line, index = open_quote(lines, records.delimiter)
        line += records.line
        if str(error) == "unexpected end of data":
            message = "a quote opened here is never closed; close it where the value ends"
        elif "field limit" in str(error):
            message = "a value of more than 16 million characters; probably its quote is not closed"
        elif line != records.last_line:
            end = f"line {records.last_line}"
            message = f"a quote opened here is closed amid a value in {end}; close it where this value ends"
        else:
            message = 'text follows the closing quote of a value; write quotes within a value twice ("")'
        self._note(message, self._column(index), line)
        if "field limit" in str(error):
            self._problems.raise_if_any()

    def _column(self, index: int) -> str:
        return self.names[index] if index < len(self.names) and self.names[index] else f"{index + 1}"


def _names(header: list[str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in header)


def _place(index: int) -> str:
    """A column as a spreadsheet calls it: column 3 is C, column 28 is AB."""
    letters, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"column {index + 1} ({letters})"


@contextmanager
def told_as_changed(path: Path) -> Iterator[None]:
    """Within the block, have what no longer can be read of a checked file said in `CsvProblems`."""
    try:
        yield
    except (csv.Error, LineTooLong, NotText):
        problems = ProblemList(path.name)
        problems.add("the file is no longer the one that was checked; upload it again")
        problems.raise_if_any()
