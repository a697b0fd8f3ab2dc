"""A batch's rows and answers as Turkle's CSV files, sent while they are read."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from pathlib import Path

from django.http import StreamingHttpResponse

from kempelen.domain.actions import uploads
from kempelen.domain.answers import texts_of
from kempelen.domain.batches.results import ResultRow, time_shown
from kempelen.domain.models import HIT, Batch, User
from kempelen.domain.queries import results
from kempelen.turkle_api.callers import Caller

_PAGE = 500
_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)
_COLUMNS = (
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


def input_of(batch: Batch) -> StreamingHttpResponse:
    """Send the batch's rows, in the order of their file; rows that were added come last."""
    columns: list[str] = batch.columns
    rows = ([row.get(name, "") for name in columns] for row in _rows_of(batch))
    return _sent(_lines(columns, rows), batch.file_name)


def results_of(batch: Batch, caller: Caller) -> StreamingHttpResponse:
    """Send the answers; a worker's name is the WorkerId, but for administrators."""
    stem = Path(batch.file_name).stem
    name = f"Project-{batch.project_id}_Batch-{batch.pk}-{stem}_results.csv"
    groups = [batch.hit_group_id] if batch.hit_group_id is not None and batch.published_at else []
    answers = results.answer_names(groups)
    header = [
        *_COLUMNS,
        *(f"Input.{column}" for column in batch.columns),
        *(f"Answer.{answer}" for answer in answers),
        _USERNAME,
    ]
    rows = results.rows_of(groups, requester=batch.requester)
    return _sent(_lines(header, _with_names(rows, batch.columns, answers, caller)), name)


def _rows_of(batch: Batch) -> Iterator[dict[str, str]]:
    if batch.published_at is None or batch.hit_group_id is None:
        if batch.csv_file:
            yield from uploads.rows_of(batch, uploads.checked_of(batch))
        return
    after = 0
    hits = HIT.objects.filter(group=batch.hit_group_id).order_by("pk")
    while page := list(hits.filter(pk__gt=after).values_list("pk", "inputs")[:_PAGE]):
        for _, inputs in page:
            yield inputs or {}
        after = page[-1][0]


def _with_names(
    rows: Iterable[ResultRow], columns: Sequence[str], answers: Sequence[str], caller: Caller
) -> Iterator[list[str]]:
    rows = iter(rows)
    while page := list(islice(rows, _PAGE)):
        names: dict[str, str] = {}
        if caller.is_administrator:
            ids = {row.worker_id for row in page}
            known = User.objects.filter(worker__public_id__in=ids)
            names = dict(known.values_list("worker__public_id", "username"))
        for row in page:
            yield [*_cells(row, columns, answers), names.get(row.worker_id, row.worker_id)]


def _cells(row: ResultRow, columns: Sequence[str], answers: Sequence[str]) -> list[str]:
    given = map(row.answers.get, answers, repeat(""))
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
        str(int((row.submitted_at - row.accepted_at).total_seconds())),
        *(row.inputs.get(column, "") for column in columns),
        *(answer if isinstance(answer, str) else "|".join(texts_of(answer)) for answer in given),
    ]


def _lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    yield _written([header])
    rows = iter(rows)
    while page := list(islice(rows, _PAGE)):
        yield _written(page)


def _written(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def _sent(lines: Iterator[bytes], name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{_UNSAFE.sub("_", name) or "batch.csv"}"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
