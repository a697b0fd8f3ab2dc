"""A batch's rows and answers as Turkle's CSV files, sent while they are read."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.http import StreamingHttpResponse

from kempelen.domain.actions import uploads
from kempelen.domain.batches import turkle_results
from kempelen.domain.batches.results import ResultRow
from kempelen.domain.models import HIT, Batch
from kempelen.domain.queries import results
from kempelen.domain.queries.selections import Selection
from kempelen.turkle_api.callers import Caller

_PAGE = 500
_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)


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
    rows: Iterable[ResultRow] = ()
    if groups:
        rows = results.chosen_rows(
            Selection(), batch, requester=batch.requester, with_usernames=caller.is_administrator
        )
    lines = turkle_results.csv_lines(rows, batch.columns, results.answer_names(groups), line_end="\n")
    return _sent((text.encode("utf-8", "replace") for text in lines), name)


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
