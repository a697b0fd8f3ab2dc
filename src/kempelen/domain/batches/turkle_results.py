"""Results as Turkle 3.1 writes them, for programs that read its files (turkle.md §5).

Columns and their order are Turkle's: input columns and answers are sorted.  What Turkle numbers has our ids.
In two points the cells are better: several values of a field are joined with `|` as Amazon did, where Turkle
wrote a Python list, and its `WorkerId` is never empty.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat

from kempelen.domain.answers import texts_of
from kempelen.domain.batches.results import ResultRow, time_shown, written

_HEADER = (
    "HITId",
    "HITTypeId",
    "Title",
    "CreationTime",
    "MaxAssignments",
    "AssignmentDurationInSeconds",
    "AssignmentId",
    "WorkerId",
    "AcceptTime",
    "SubmitTime",
    "WorkTimeInSeconds",
)
_USERNAME = "Turkle.Username"
_ROWS_AT_ONCE = 200


def header(input_columns: Iterable[str], answer_names: Iterable[str]) -> list[str]:
    """The names of all columns."""
    inputs = [f"Input.{column}" for column in sorted(input_columns)]
    return [*_HEADER, *inputs, *(f"Answer.{name}" for name in sorted(answer_names)), _USERNAME]


def csv_lines(
    rows: Iterable[ResultRow],
    input_columns: Iterable[str],
    answer_names: Iterable[str],
    *,
    line_end: str = "\r\n",
) -> Iterator[str]:
    """The file in pieces of some hundred lines, as rows come; each line ends with `line_end`, the last too.

    `Turkle.Username` has the worker's account where it may be known, else the WorkerId.
    """
    columns, names = sorted(input_columns), sorted(answer_names)
    yield written([header(columns, names)]) + line_end
    rows = iter(rows)
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        yield written((_cells(row, columns, names) for row in some), line_end=line_end) + line_end


def _cells(row: ResultRow, columns: Sequence[str], names: Sequence[str]) -> list[str]:
    answers = map(row.answers.get, names, repeat(""))
    return [
        row.hit_id,
        row.hit_type_id,
        row.title,
        time_shown(row.created_at),
        str(row.max_assignments),
        str(row.assignment_duration_seconds),
        row.assignment_id,
        row.worker_id,
        time_shown(row.accepted_at),
        time_shown(row.submitted_at),
        str(row.work_seconds),
        *map(row.inputs.get, columns, repeat("")),
        *[answer if isinstance(answer, str) else "|".join(texts_of(answer)) for answer in answers],
        row.username or row.worker_id,
    ]
