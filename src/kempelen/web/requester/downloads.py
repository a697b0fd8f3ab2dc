"""The answers of a batch, a HIT group that programs fill or a project as files, sent while they are read."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kempelen.domain import zip_stream
from kempelen.domain.models import Export
from kempelen.domain.queries import masks
from kempelen.domain.queries.result_files import MEDIA_TYPES, ResultFile
from kempelen.domain.queries.selections import Selection
from kempelen.web.requester import desk
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.work import Work, work_of

_FORMS = {"csv": Export.Form.CSV, "jsonl": Export.Form.JSON_LINES}


@requester_required()
def download(
    request: RequesterRequest, form: str, number: int = 0, group_id: str = "", project: int = 0
) -> HttpResponseBase:
    """Send the answers that are chosen (`Selection.as_query`; all without), in constant memory.

    `safe=1` makes a CSV for spreadsheets: its encoding is marked, and nothing in it runs as a formula.
    `columns=turkle` makes one in Turkle's columns, with `lines=unix` for its other line ends.  What is too
    large to be sent at once is asked for on the page of results.
    """
    work = work_of(request.requester, number=number, group_id=group_id, project=project)
    if not work.is_published or form not in _FORMS:
        raise Http404
    if work.is_large:
        messages.info(request, "This file is large: it is made in the background. Ask for it here.")
        return redirect(desk.address_of_results(request, work))
    return sent(file_asked_for(request, work, _form_of(request, form)))


@requester_required()
def masks_archive(request: RequesterRequest, number: int = 0, group_id: str = "") -> HttpResponseBase:
    """Send the masks of segmentations as PNG files, with a list that says which is whose."""
    work = work_of(request.requester, number=number, group_id=group_id)
    if work.group is None:
        raise Http404
    name = work.file_name.removesuffix("_results").removesuffix("_batch") + "_masks.zip"
    return _file(zip_stream.pieces(masks.entries([work.group.pk])), name, "application/zip")


def file_asked_for(request: RequesterRequest, work: Work, form: Export.Form) -> ResultFile:
    """Give the file that an address or a form describes."""
    asked = request.POST if request.method == "POST" else request.GET
    line_end = "\n" if asked.get("lines") == "unix" else "\r\n"
    selection = Selection.from_query(asked)
    return ResultFile(request.requester, work.of, selection, form, asked_by=request.user, line_end=line_end)


def sent(file: ResultFile) -> StreamingHttpResponse:
    """Send a file while it is made."""
    return _file(file.pieces(), file.name, MEDIA_TYPES[file.form])


def _form_of(request: RequesterRequest, form: str) -> Export.Form:
    if form == "csv" and request.GET.get("columns") == "turkle":
        return Export.Form.TURKLE
    return Export.Form.SHEET if form == "csv" and request.GET.get("safe") == "1" else _FORMS[form]


def _file(content: Iterator[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return StreamingHttpResponse(content, content_type=content_type, headers=headers)
