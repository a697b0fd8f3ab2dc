"""Results as a Parquet file, by pyarrow: an extra, since it is large (`pip install 'kempelen[parquet]'`).

The columns are those of MTurk's CSV that the API can fill, with types: times are UTC, the reward is a
decimal of dollars, counts are integers; ids, inputs and answers are text, as in the CSV.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from importlib.util import find_spec
from typing import Any, BinaryIO

from kempelen.domain.answers import texts_of
from kempelen.domain.batches.results import ResultRow
from kempelen.toolkit.troubles import Trouble

# What one row group holds at most; a reader, too, has one in memory at a time.
ROWS_AT_ONCE = 10_000
CHARACTERS_AT_ONCE = 16_000_000
_TEXT, _COUNT, _MONEY, _TIME = range(4)
_SEVERAL = "|"
_Give = Callable[[ResultRow], Any]
_COLUMNS: dict[str, tuple[int, _Give]] = {
    "HITId": (_TEXT, lambda row: row.hit_id),
    "HITTypeId": (_TEXT, lambda row: row.hit_type_id),
    "Title": (_TEXT, lambda row: row.title),
    "Description": (_TEXT, lambda row: row.description),
    "Keywords": (_TEXT, lambda row: row.keywords),
    "Reward": (_MONEY, lambda row: Decimal(row.reward_cents).scaleb(-2)),
    "CreationTime": (_TIME, lambda row: row.created_at),
    "MaxAssignments": (_COUNT, lambda row: row.max_assignments),
    "RequesterAnnotation": (_TEXT, lambda row: row.requester_annotation),
    "AssignmentDurationInSeconds": (_COUNT, lambda row: row.assignment_duration_seconds),
    "AutoApprovalDelayInSeconds": (_COUNT, lambda row: row.auto_approval_delay_seconds),
    "Expiration": (_TIME, lambda row: row.expires_at),
    "AssignmentId": (_TEXT, lambda row: row.assignment_id),
    "WorkerId": (_TEXT, lambda row: row.worker_id),
    "AssignmentStatus": (_TEXT, lambda row: row.status),
    "AcceptTime": (_TIME, lambda row: row.accepted_at),
    "SubmitTime": (_TIME, lambda row: row.submitted_at),
    "AutoApprovalTime": (_TIME, lambda row: row.auto_approval_at),
    "ApprovalTime": (_TIME, lambda row: row.approved_at),
    "RejectionTime": (_TIME, lambda row: row.rejected_at),
    "RequesterFeedback": (_TEXT, lambda row: row.feedback),
    "WorkTimeInSeconds": (_COUNT, lambda row: row.work_seconds),
}


def check() -> None:
    """Refuse (`Trouble`) where pyarrow is missing, before anything is fetched."""
    if find_spec("pyarrow") is None:
        raise Trouble(
            "Parquet needs pyarrow, which is not installed here. Install it with "
            "`pip install 'kempelen[parquet]'`, or write .csv or .jsonl."
        )


def write(
    file: BinaryIO, rows: Iterable[ResultRow], input_columns: Sequence[str], answer_names: Iterable[str]
) -> None:
    """Write the rows as they come, a row group of them at a time; without rows, the columns alone.

    A field that was not answered, and an input that a row lacks, is null.
    """
    # Large, and not there without the extra.
    import pyarrow
    from pyarrow import parquet

    columns = _columns(input_columns, answer_names)
    schema = pyarrow.schema([(name, _type(pyarrow, kind)) for name, (kind, _) in columns.items()])
    gives = [give for _, give in columns.values()]
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for some in _in_groups(rows):
            cells = [[give(row) for row in some] for give in gives]
            writer.write_table(pyarrow.table(cells, schema=schema), row_group_size=len(some))


def _columns(input_columns: Sequence[str], answer_names: Iterable[str]) -> dict[str, tuple[int, _Give]]:
    inputs = {f"Input.{name}": (_TEXT, _input(name)) for name in input_columns}
    answers = {f"Answer.{name}": (_TEXT, _answer(name)) for name in sorted(answer_names)}
    return {**_COLUMNS, **inputs, **answers}


def _input(name: str) -> _Give:
    return lambda row: row.inputs.get(name)


def _answer(name: str) -> _Give:
    def give(row: ResultRow) -> str | None:
        given = row.answers.get(name)
        return given if given is None or isinstance(given, str) else _SEVERAL.join(texts_of(given))

    return give


def _type(pyarrow: Any, kind: int) -> Any:
    return {
        _TEXT: pyarrow.string(),
        _COUNT: pyarrow.int64(),
        _MONEY: pyarrow.decimal128(12, 2),
        _TIME: pyarrow.timestamp("us", tz="UTC"),
    }[kind]


def _in_groups(rows: Iterable[ResultRow]) -> Iterator[list[ResultRow]]:
    """Give rows so many at a time as fit into memory at ease; answers may have megabytes each."""
    some: list[ResultRow] = []
    size = 0
    for row in rows:
        some.append(row)
        size += sum(len(text) for given in row.answers.values() for text in texts_of(given))
        size += sum(map(len, row.inputs.values()))
        if len(some) >= ROWS_AT_ONCE or size >= CHARACTERS_AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some
