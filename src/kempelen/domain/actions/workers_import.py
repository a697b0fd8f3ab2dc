"""Blocks and qualifications from a file, as Amazon's site took it (mturk-api.md §7.4): looked at, then done.

Blank cells change nothing, and neither does what is so already: a file can be uploaded again.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kempelen.domain.actions import workers_changes
from kempelen.domain.actions.qualification_types import INTEGERS
from kempelen.domain.batches import csv_files, workers_csv
from kempelen.domain.batches.csv_problems import CsvProblems, ProblemList
from kempelen.domain.batches.csv_records import CsvRecords, is_blank
from kempelen.domain.batches.csv_text import open_csv_text
from kempelen.domain.batches.workers_csv import BLOCK, BLOCK_REASON, REVOKE, UNBLOCK, Columns
from kempelen.domain.errors import FileRefused, InvalidValue, NotFound
from kempelen.domain.models import (
    Qualification,
    QualificationType,
    Requester,
    User,
    Worker,
    WorkerBlock,
    WorkersChange,
)
from kempelen.domain.queries.workers import own_types

Kind = WorkersChange.Kind
MOST_ROWS = workers_changes.MOST_WORKERS
Values = Mapping[str, str]
Step = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Table:
    """A file's rows of values by column, each with its number as a spreadsheet has it."""

    file_name: str
    columns: Columns
    rows: tuple[tuple[int, Values], ...]

    def text(self) -> str:
        """Give what of the file can change something, as a file."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, self.columns.changing, extrasaction="ignore")
        writer.writeheader()
        for _, values in self.rows:
            if any(values[name] for name in self.columns.changing if name != self.columns.worker):
                writer.writerow(values)
        return text.getvalue()


@dataclass(frozen=True)
class Outcome:
    """What a row would do, in words; nothing where all is so already."""

    row: int
    worker_id: str
    changes: tuple[str, ...]


@dataclass
class Plan:
    """What a file would do: row by row, with the steps for each worker (primary key)."""

    outcomes: list[Outcome] = field(default_factory=list)
    steps: dict[int, list[Step]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def unchanged(self) -> int:
        """How many rows change nothing."""
        return sum(1 for outcome in self.outcomes if not outcome.changes)


def read(requester: Requester, path: Path, *, file_name: str, type_id: str = "") -> Table:
    """Read a file, or refuse it with every problem's place.

    `type_id` is the requester's qualification type whose values a plain file has; another is `NotFound`.
    """
    kinds = list(own_types(requester).only("public_id", "name"))
    if type_id and type_id not in {kind.public_id for kind in kinds}:
        raise NotFound("qualification type", type_id)
    types = {kind.name for kind in kinds}
    try:
        checked = csv_files.check_csv(path, file_name=file_name)
        columns = workers_csv.columns_in(checked.columns, types)
        problems = ProblemList(file_name)
        for message, column in _wrong_columns(columns, types, type_id):
            problems.add(message, row=1, column=column)
        if checked.row_count > MOST_ROWS:
            problems.add(f"{checked.row_count:,} rows; upload at most {MOST_ROWS:,} at once")
        problems.raise_if_any()
        return Table(file_name, columns, tuple(_rows(path, checked.columns)))
    except CsvProblems as found:
        raise _refused(found) from found


def plan(requester: Requester, table: Table, *, type_id: str = "") -> Plan:
    """Tell what the file would do, or refuse with everything that is wrong; nothing is changed."""
    problems, planned = ProblemList(table.file_name), Plan()
    known = _Known.of(requester, table, type_id)
    try:
        for number, values in table.rows:
            worker = known.workers.get(values[table.columns.worker or ""])
            if worker is None:
                problems.add("nobody has this WorkerId", row=number, column=table.columns.worker or "")
                continue
            steps, words = _steps(known, table.columns, worker, values, problems, number)
            planned.outcomes.append(Outcome(number, worker.public_id, tuple(words)))
            if steps:
                planned.steps.setdefault(worker.pk, []).extend(steps)
                planned.counts.update(kind for kind, _ in steps)
        problems.raise_if_any()
    except CsvProblems as wrong:
        raise _refused(wrong) from wrong
    return planned


def carry_out(
    requester: Requester, table: Table, *, type_id: str = "", token: str = "", by: User | None = None
) -> WorkersChange:
    """Do what the file says; many workers are left to the background."""
    steps = plan(requester, table, type_id=type_id).steps
    if not steps:
        raise InvalidValue("csv", "All is as the file says already.")
    arguments = {"steps": {str(pk): its for pk, its in steps.items()}}
    return workers_changes.ask_for(requester, Kind.FROM_FILE, list(steps), arguments, token=token, by=by)


@dataclass
class _Known:
    """What is so by now; it is brought forward with each row, so that two rows about a worker agree."""

    workers: Mapping[str, Worker]
    types: Mapping[str, QualificationType]
    plain: QualificationType | None
    scores: dict[tuple[int, int], int | None]
    blocks: dict[int, str]

    @classmethod
    def of(cls, requester: Requester, table: Table, type_id: str) -> "_Known":
        ids = {values[table.columns.worker or ""] for _, values in table.rows}
        workers = Worker.objects.in_bulk(sorted(ids), field_name="public_id")
        types = list(own_types(requester))
        held = Qualification.objects.filter(
            qualification_type__in=types, status=Qualification.Status.GRANTED
        ).values_list("qualification_type", "worker", "value")
        blocks = WorkerBlock.objects.filter(requester=requester).values_list("worker", "reason")
        return cls(
            workers,
            {kind.name: kind for kind in types},
            next((kind for kind in types if kind.public_id == type_id), None),
            {(kind, worker): value for kind, worker, value in held.iterator(chunk_size=2000)},
            dict(blocks.iterator(chunk_size=2000)),
        )


def _steps(
    known: _Known, columns: Columns, worker: Worker, values: Values, problems: ProblemList, number: int
) -> tuple[list[Step], list[str]]:
    """Give what the row does with the worker, and that in words; what is wrong is noted."""
    steps: list[Step] = []
    words: list[str] = []
    about = [(column, known.types[name]) for column, name in columns.types.items()]
    if known.plain is not None and columns.value:
        about.append((columns.value, known.plain))
    for column, kind in about:
        try:
            step = _of_type(known, worker, kind, values[column])
        except ValueError as wrong:
            problems.add(str(wrong), row=number, column=column)
            continue
        if step is not None:
            steps.append(step)
            was = known.scores.get((kind.pk, worker.pk))
            words.append(_said(step, kind, was, has_had=(kind.pk, worker.pk) in known.scores))
            _learn(known, worker, kind, step)
    try:
        step = _of_block(known, columns, worker, values)
    except InvalidValue as wrong:
        problems.add(str(wrong), row=number, column=wrong.field)
        return steps, words
    if step is not None:
        steps.append(step)
        words.append("block" if step[0] == Kind.BLOCK else "unblock")
    return steps, words


def _of_type(known: _Known, worker: Worker, kind: QualificationType, cell: str) -> Step | None:
    """Give the step that a type's cell asks for; None for none.  What makes no sense is a `ValueError`."""
    key = (kind.pk, worker.pk)
    if not cell:
        return None
    if cell.lower() == REVOKE.lower():
        given: dict[str, object] = {"qualification": kind.public_id, "reason": ""}
        return (Kind.REVOKE.value, given) if key in known.scores else None
    digits = cell.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 12):
        raise ValueError(f"“{cell[:40]}” is neither a whole number nor {REVOKE}; write one or leave it blank")
    value = int(cell)
    if not INTEGERS[0] <= value <= INTEGERS[1]:
        raise ValueError(f"{value:,} is no score; write one from {INTEGERS[0]:,} to {INTEGERS[1]:,}")
    if key in known.scores and known.scores[key] == value:
        return None
    return Kind.GRANT.value, {"qualification": kind.public_id, "value": value, "tells": False}


def _of_block(known: _Known, columns: Columns, worker: Worker, values: Values) -> Step | None:
    cell = values[columns.block].lower() if columns.block else ""
    if not cell:
        return None
    if cell == UNBLOCK.lower():
        was = known.blocks.pop(worker.pk, None)
        return None if was is None else (Kind.UNBLOCK.value, {"reason": ""})
    if cell != BLOCK.lower():
        raise InvalidValue(columns.block or "", f"write {BLOCK} or {UNBLOCK}, or leave it blank")
    reason = values[columns.reason] if columns.reason else ""
    if not reason:
        raise InvalidValue(columns.reason or BLOCK_REASON, "say why this worker is to be blocked")
    if len(reason) > workers_changes.LONGEST_REASON:
        raise InvalidValue(BLOCK_REASON, f"shorten it to {workers_changes.LONGEST_REASON:,} characters")
    # Who is blocked already keeps the reason that is there.
    if worker.pk in known.blocks:
        return None
    known.blocks[worker.pk] = reason
    return Kind.BLOCK.value, {"reason": reason}


def _learn(known: _Known, worker: Worker, kind: QualificationType, step: Step) -> None:
    name, given = step
    if name == Kind.REVOKE:
        del known.scores[(kind.pk, worker.pk)]
    else:
        known.scores[(kind.pk, worker.pk)] = int(str(given["value"]))


def _said(step: Step, kind: QualificationType, was: int | None, *, has_had: bool) -> str:
    if step[0] == Kind.REVOKE:
        return f"revoke “{kind.name}”"
    value = step[1]["value"]
    return f"“{kind.name}”: {was} becomes {value}" if has_had else f"grant “{kind.name}”: {value}"


def _wrong_columns(columns: Columns, types: set[str], type_id: str) -> Iterator[tuple[str, str]]:
    if columns.worker is None:
        yield f"a column “{workers_csv.WORKER_ID}” is needed; add one", ""
    for column, name in columns.types.items():
        if name not in types:
            yield "you have no qualification type of this name; rename or delete the column", column
    if type_id and columns.value is None:
        yield f"a column “{workers_csv.VALUE}” is needed for the type that you chose; add one", ""
    elif not type_id and len(columns.changing) == 2 and columns.value:
        yield "choose the qualification type whose values these are", columns.value
    elif len(columns.changing) < 2:
        yield (
            f"no column changes anything; add “{workers_csv.UPDATE_BLOCK}” or “{workers_csv.UPDATE}” with "
            "the name of a qualification type",
            "",
        )


def _rows(path: Path, names: tuple[str, ...]) -> Iterator[tuple[int, Values]]:
    with open_csv_text(path) as text:
        records = CsvRecords(text)
        next(records)
        for record in records:
            if not is_blank(record, len(names)):
                yield records.row, dict(zip(names, (value.strip() for value in record), strict=True))


def _refused(found: CsvProblems) -> FileRefused:
    return FileRefused(str(found).splitlines())
