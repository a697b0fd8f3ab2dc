"""The answers of a batch as files, sent while they are read."""

from collections.abc import Iterator

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kempelen.domain.actions import batches
from kempelen.domain.batches import results as files
from kempelen.domain.models import Batch
from kempelen.domain.queries import results
from kempelen.web.requester.access import RequesterRequest, requester_required

# Spreadsheets take a file for one in the machine's own encoding unless it begins so.
_BYTE_ORDER_MARK = "\ufeff"


@requester_required()
def download(request: RequesterRequest, number: int, form: str) -> HttpResponseBase:
    """Send all answers that are in by now, in constant memory, as MTurk's CSV or as JSON Lines.

    `safe=1` makes a CSV for spreadsheets: its encoding is marked, and nothing in it runs as a formula.
    """
    batch = batches.batch_of(request.requester, number)
    if batch.state != Batch.State.PUBLISHED or form not in ("csv", "jsonl"):
        raise Http404
    is_safe = request.GET.get("safe") == "1"
    name = f"Batch_{batch.number}_batch_results"
    if form == "jsonl":
        return _file(_json_lines(batch), f"{name}.jsonl", "application/x-ndjson")
    name += "_for_spreadsheets" if is_safe else ""
    return _file(_csv(batch, is_safe=is_safe), f"{name}.csv", "text/csv; charset=utf-8")


def _csv(batch: Batch, *, is_safe: bool) -> Iterator[bytes]:
    groups = [batch.hit_group_id] if batch.hit_group_id else []
    rows = results.rows_of(groups, requester=batch.requester)
    names = results.answer_names(groups)
    if is_safe:
        yield _BYTE_ORDER_MARK.encode()
    for lines in files.csv_lines(rows, batch.columns, names, spreadsheet_safe=is_safe):
        yield lines.encode("utf-8", "replace")


def _json_lines(batch: Batch) -> Iterator[bytes]:
    groups = [batch.hit_group_id] if batch.hit_group_id else []
    return files.json_lines(results.rows_of(groups, requester=batch.requester))


def _file(content: Iterator[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return StreamingHttpResponse(content, content_type=content_type, headers=headers)
