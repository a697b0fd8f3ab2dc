"""Files of a project, below the address of the page that loads them: so relative addresses just work.

A page is at `content/<token>/`, its picture `images/cat.png` at `content/<token>/images/cat.png`: the token
that shows the page is the leave to load what it loads, and no more.  The rules of templates hold for them.
"""

import re
from collections.abc import Iterator

from django.core.files import File
from django.core.signing import BadSignature
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from kempelen.domain import stored_files
from kempelen.domain.models import HIT, Assignment, ProjectFile, TemplateVersion
from kempelen.web.content import origins, tokens
from kempelen.web.content.contained import Answer, contained

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_PARTIAL, _BEYOND = 206, 416
_TOO_LONG = "This page has been open for too long. Reload it."


@require_safe
@contained
def of_page(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """Send a file of the project whose HIT the token shows."""
    try:
        shown = tokens.read(token)
    except BadSignature:
        return _none(_TOO_LONG)
    if shown.mode == "preview":
        hits = HIT.objects.filter(public_id=shown.public_id)
        version = hits.values_list("template_version", flat=True).first()
    else:
        assignments = Assignment.objects.filter(public_id=shown.public_id)
        version = assignments.values_list("hit__template_version", flat=True).first()
    if version is None:
        return _none("This page has no files of its own.")
    templates = TemplateVersion.objects.filter(pk=version).values("template")
    return _file(request, ProjectFile.objects.filter(project__template__in=templates), path)


@require_safe
@contained
def of_draft(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """Send a file of the project whose template is being written."""
    try:
        requester_id, number = tokens.read_draft_files(token)
    except BadSignature:
        return _none(_TOO_LONG)
    own = ProjectFile.objects.filter(project__requester__public_id=requester_id, project__number=number)
    return _file(request, own, path)


def _file(request: HttpRequest, files: "QuerySet[ProjectFile]", path: str) -> HttpResponseBase:
    found = files.filter(path=path, uploaded_at__isnull=False).select_related("project__requester").first()
    if found is None:
        return _none("The project has no such file.")
    origins.check_host(request, found.project.requester.public_id)
    try:
        response = _response(request, found)
    except FileNotFoundError:
        return _none("This file is gone from the server's storage.")
    # Replaced files get other keys: a browser that has it asks whether it is still the one.
    response["ETag"] = _tag(found)
    response["Cache-Control"] = "private, no-cache"
    response["Accept-Ranges"] = "bytes"
    return _for_any_origin(response)


def _none(why: str) -> HttpResponse:
    """Say in the task's own terms that there is nothing: a page of ours would be kept from it by browsers."""
    response = HttpResponse(f"{why}\n", status=404, content_type="text/plain; charset=utf-8")
    return _for_any_origin(response)


def _for_any_origin(response: Answer) -> Answer:
    # The page has an opaque origin, to which everything is foreign, itself included.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _response(request: HttpRequest, file: ProjectFile) -> HttpResponseBase:
    if _tag(file) in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified()
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    is_same = request.headers.get("If-Range", _tag(file)) == _tag(file)
    span = _span(asked[1], asked[2], file.size) if asked and is_same else (0, file.size)
    if span is None:
        response = HttpResponse(status=_BEYOND)
        response["Content-Range"] = f"bytes */{file.size}"
        return response
    start, end = span
    whole = end - start == file.size
    body = iter(()) if request.method == "HEAD" else _bytes(file, start, end)
    response_of_file = StreamingHttpResponse(body, content_type=file.media_type)
    response_of_file["Content-Length"] = str(end - start)
    if not whole:
        response_of_file.status_code = _PARTIAL
        response_of_file["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    return response_of_file


def _span(first: str, last: str, size: int) -> tuple[int, int] | None:
    """Give where the part that was asked for begins and ends, as players ask to jump in a film; or None."""
    if not first:
        start, end = (max(0, size - int(last)), size) if last else (0, size)
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    return (start, end) if start < end else None


def _bytes(file: ProjectFile, start: int, end: int) -> Iterator[bytes]:
    return _part_of(stored_files.opened(file), start, end)


def _part_of(content: "File[bytes]", start: int, end: int) -> Iterator[bytes]:
    with content:
        content.seek(start)
        left = end - start
        while left > 0 and (some := content.read(min(left, stored_files.CHUNK_BYTES))):
            left -= len(some)
            yield some


def _tag(file: ProjectFile) -> str:
    return f'"{file.storage_key.rpartition("/")[2]}"'
