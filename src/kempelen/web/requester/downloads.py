"""The answers of a batch, or of a HIT group that programs fill, as files, sent while they are read."""

from collections.abc import Iterator

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kempelen.domain import zip_stream
from kempelen.domain.batches import results as files
from kempelen.domain.models import Requester
from kempelen.domain.queries import masks, results
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.work import Work, work_of

# Spreadsheets take a file for one in the machine's own encoding unless it begins so.
_BYTE_ORDER_MARK = "\ufeff"


@requester_required()
def download(request: RequesterRequest, form: str, number: int = 0, group_id: str = "") -> HttpResponseBase:
    """Send all answers that are in by now, in constant memory, as MTurk's CSV or as JSON Lines.

    `safe=1` makes a CSV for spreadsheets: its encoding is marked, and nothing in it runs as a formula.
    """
    work = work_of(request.requester, number=number, group_id=group_id)
    if not work.is_published or form not in ("csv", "jsonl"):
        raise Http404
    is_safe = request.GET.get("safe") == "1"
    name = work.file_name
    if form == "jsonl":
        return _file(_json_lines(request.requester, work), f"{name}.jsonl", "application/x-ndjson")
    name += "_for_spreadsheets" if is_safe else ""
    return _file(_csv(request.requester, work, is_safe=is_safe), f"{name}.csv", "text/csv; charset=utf-8")


@requester_required()
def masks_archive(request: RequesterRequest, number: int = 0, group_id: str = "") -> HttpResponseBase:
    """Send the masks of segmentations as PNG files, with a list that says which is whose."""
    work = work_of(request.requester, number=number, group_id=group_id)
    if work.group is None:
        raise Http404
    name = work.file_name.removesuffix("_results").removesuffix("_batch") + "_masks.zip"
    return _file(zip_stream.pieces(masks.entries([work.group.pk])), name, "application/zip")


def _csv(requester: Requester, work: Work, *, is_safe: bool) -> Iterator[bytes]:
    groups = [work.group.pk] if work.group else []
    rows = results.rows_of(groups, requester=requester)
    names = results.answer_names(groups)
    if is_safe:
        yield _BYTE_ORDER_MARK.encode()
    for lines in files.csv_lines(rows, work.columns(), names, spreadsheet_safe=is_safe):
        yield lines.encode("utf-8", "replace")


def _json_lines(requester: Requester, work: Work) -> Iterator[bytes]:
    groups = [work.group.pk] if work.group else []
    return files.json_lines(results.rows_of(groups, requester=requester))


def _file(content: Iterator[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return StreamingHttpResponse(content, content_type=content_type, headers=headers)
