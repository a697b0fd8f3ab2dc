"""MTurk's results file: a row per assignment, in Amazon's columns, order, quoting and dates.

As found in 670 rows of real files (crowd-elements.md §7): every cell is quoted, lines end in CRLF but
for the last, and rows lack the two cells under `Approve` and `Reject`, which reviewers add.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice, repeat

import msgspec

from kempelen.domain.answers import Given, texts_of

_HEADER = [
    "HITId",
    "HITTypeId",
    "Title",
    "Description",
    "Keywords",
    "Reward",
    "CreationTime",
    "MaxAssignments",
    "RequesterAnnotation",
    "AssignmentDurationInSeconds",
    "AutoApprovalDelayInSeconds",
    "Expiration",
    "NumberOfSimilarHITs",
    "LifetimeInSeconds",
    "AssignmentId",
    "WorkerId",
    "AssignmentStatus",
    "AcceptTime",
    "SubmitTime",
    "AutoApprovalTime",
    "ApprovalTime",
    "RejectionTime",
    "RequesterFeedback",
    "WorkTimeInSeconds",
    "LifetimeApprovalRate",
    "Last30DaysApprovalRate",
    "Last7DaysApprovalRate",
]
_REVIEW = ("Approve", "Reject")
_ROWS_AT_ONCE = 200
# Cells that a spreadsheet would run as a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ApprovalRate(msgspec.Struct, frozen=True):
    """How many of a worker's assignments that were reviewed in some time were approved."""

    approved: int
    total: int


class ResultRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An assignment that was submitted, with its HIT: what a row of results is made from.

    Times are aware.  A field that was sent several times has a list for an answer.
    """

    hit_id: str
    hit_type_id: str
    title: str
    description: str
    keywords: str
    reward_cents: int
    created_at: datetime
    max_assignments: int
    requester_annotation: str
    assignment_duration_seconds: int
    auto_approval_delay_seconds: int
    expires_at: datetime
    assignment_id: str
    worker_id: str
    status: str
    accepted_at: datetime
    submitted_at: datetime
    auto_approval_at: datetime | None
    approved_at: datetime | None
    rejected_at: datetime | None
    feedback: str
    lifetime_rate: ApprovalRate
    last_30_days_rate: ApprovalRate
    last_7_days_rate: ApprovalRate
    inputs: Mapping[str, str]
    answers: Mapping[str, Given]
    # The worker's account, where who reads the results may know it.
    username: str = ""

    @property
    def work_seconds(self) -> int:
        """Whole seconds from accepting to submitting."""
        return int((self.submitted_at - self.accepted_at).total_seconds())


def header(input_columns: Sequence[str], answer_names: Iterable[str]) -> list[str]:
    """The names of all columns: inputs in the order of their file, answers by their bytes."""
    inputs = [f"Input.{column}" for column in input_columns]
    answers = [f"Answer.{name}" for name in sorted(answer_names)]
    return [*_HEADER, *inputs, *answers, *_REVIEW]


def csv_lines(
    rows: Iterable[ResultRow],
    input_columns: Sequence[str],
    answer_names: Iterable[str],
    *,
    spreadsheet_safe: bool = False,
) -> Iterator[str]:
    """The results file in pieces of some hundred lines, as rows come; only a header if none come.

    Several values of a field are joined with `|`.  NULs, which many CSV readers refuse, become
    U+FFFD.  `spreadsheet_safe` puts a `'` before cells that Excel would run as formulas, which changes
    those values: it is for looking at, not for programs.
    """
    names = sorted(answer_names)
    yield written([header(input_columns, names)])
    cells = _cells_maker(input_columns, names)
    if spreadsheet_safe:
        cells = _made_safe(cells)
    rows = iter(rows)
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        yield "\r\n" + written(map(cells, some))


def json_lines(rows: Iterable[ResultRow]) -> Iterator[bytes]:
    """The results as JSON Lines: the CSV's names, inputs and answers in objects of their own.

    Times are ISO 8601, several values of a field stay a list, what does not exist is null.
    """
    encoder = msgspec.json.Encoder()
    for row in rows:
        yield encoder.encode(_as_json(row)) + b"\n"


@lru_cache(maxsize=256)
def reward_shown(cents: int) -> str:
    """A reward as MTurk's files have it, such as `$0.10`."""
    return f"${cents // 100}.{cents % 100:02}"


def time_shown(at: datetime | None) -> str:
    """A time as MTurk's files have it, such as `Tue Oct 08 02:29:23 UTC 2019`; none is empty."""
    if at is None:
        return ""
    text = (at if at.tzinfo is UTC else at.astimezone(UTC)).ctime()  # Tue Oct  8 02:29:23 2019
    return f"{text[:20].replace('  ', ' 0')}UTC {text[20:]}"


# Of a batch's HITs all have the same.
_shared_time_shown = lru_cache(maxsize=64)(time_shown)


@lru_cache(maxsize=4096)
def rate_shown(approved: int, total: int) -> str:
    """An approval rate as MTurk's files have it, such as `67% (2/3)`."""
    percent = (200 * approved + total) // (2 * total) if total else 0
    return f"{percent}% ({approved}/{total})"


def _cells_maker(columns: Sequence[str], names: Sequence[str]) -> Callable[[ResultRow], list[str]]:
    def cells(row: ResultRow) -> list[str]:
        lifetime, month, week = row.lifetime_rate, row.last_30_days_rate, row.last_7_days_rate
        answers = map(row.answers.get, names, repeat(""))
        return [
            row.hit_id,
            row.hit_type_id,
            row.title,
            row.description,
            row.keywords,
            reward_shown(row.reward_cents),
            _shared_time_shown(row.created_at),
            str(row.max_assignments),
            row.requester_annotation,
            str(row.assignment_duration_seconds),
            str(row.auto_approval_delay_seconds),
            _shared_time_shown(row.expires_at),
            "",
            "",
            row.assignment_id,
            row.worker_id,
            row.status,
            time_shown(row.accepted_at),
            time_shown(row.submitted_at),
            time_shown(row.auto_approval_at),
            time_shown(row.approved_at),
            time_shown(row.rejected_at),
            row.feedback,
            str(row.work_seconds),
            rate_shown(lifetime.approved, lifetime.total),
            rate_shown(month.approved, month.total),
            rate_shown(week.approved, week.total),
            *map(row.inputs.get, columns, repeat("")),
            *[answer if isinstance(answer, str) else "|".join(texts_of(answer)) for answer in answers],
        ]

    return cells


def _made_safe(cells: Callable[[ResultRow], list[str]]) -> Callable[[ResultRow], list[str]]:
    return lambda row: [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells(row)]


def written(table: Iterable[Sequence[str]], *, line_end: str = "\r\n") -> str:
    """Rows as text, every cell quoted: four times as fast as `csv.writer`, which decides cell by cell."""
    return line_end.join(map(_line, table))


def _line(cells: Sequence[str]) -> str:
    """One row as text: quotes are doubled in all cells at once, between marks that no cell may hold."""
    text = "\0".join(cells)
    if text.count("\0") >= len(cells):
        text = "\0".join([cell.replace("\0", "\N{REPLACEMENT CHARACTER}") for cell in cells])
    text = text.replace('"', '""').replace("\0", '","')
    return f'"{text}"'


def _as_json(row: ResultRow) -> dict[str, object]:
    return {
        "HITId": row.hit_id,
        "HITTypeId": row.hit_type_id,
        "Title": row.title,
        "Description": row.description,
        "Keywords": row.keywords,
        "Reward": reward_shown(row.reward_cents)[1:],
        "CreationTime": row.created_at,
        "MaxAssignments": row.max_assignments,
        "RequesterAnnotation": row.requester_annotation,
        "AssignmentDurationInSeconds": row.assignment_duration_seconds,
        "AutoApprovalDelayInSeconds": row.auto_approval_delay_seconds,
        "Expiration": row.expires_at,
        "AssignmentId": row.assignment_id,
        "WorkerId": row.worker_id,
        "AssignmentStatus": row.status,
        "AcceptTime": row.accepted_at,
        "SubmitTime": row.submitted_at,
        "AutoApprovalTime": row.auto_approval_at,
        "ApprovalTime": row.approved_at,
        "RejectionTime": row.rejected_at,
        "RequesterFeedback": row.feedback,
        "WorkTimeInSeconds": row.work_seconds,
        "LifetimeApprovalRate": row.lifetime_rate,
        "Last30DaysApprovalRate": row.last_30_days_rate,
        "Last7DaysApprovalRate": row.last_7_days_rate,
        "Input": row.inputs,
        "Answer": row.answers,
    }
