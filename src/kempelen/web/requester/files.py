"""The files that workers sent: one at a time, and all of a batch or a HIT group in an archive."""

from collections.abc import Iterator, Mapping

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kempelen.domain import answers as answering
from kempelen.domain import clock, file_names, stored_files, zip_stream
from kempelen.domain.answers import Given
from kempelen.domain.models import HITGroup
from kempelen.domain.queries import files
from kempelen.domain.zip_stream import Entry
from kempelen.web.file_download import attachment
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.work import work_of

_LONGEST_FIELD_BYTES = 60
_LONGEST_NAME_BYTES = 150
_LOST = "MISSING.txt"
_LOST_TEXT = "These files are gone from the server’s storage:"


@requester_required()
def download(request: RequesterRequest, file_id: str) -> HttpResponseBase:
    """Send a file that is part of an answer to this requester."""
    return attachment(files.of_requester(request.requester, file_id))


@requester_required()
def archive(request: RequesterRequest, number: int = 0, group_id: str = "") -> HttpResponseBase:
    """Send the files of all answers that are in by now, while they are read, in constant memory."""
    work = work_of(request.requester, number=number, group_id=group_id)
    if work.group is None:
        raise Http404
    name = work.file_name.removesuffix("_results").removesuffix("_batch") + "_files.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    content = zip_stream.pieces(entries(work.group))
    return StreamingHttpResponse(content, content_type="application/zip", headers=headers)


def entries(group: HITGroup) -> Iterator[Entry]:
    """Give the group's files as an archive has them: <HITId>/<AssignmentId>/<field>-<name>.

    A file that is gone from storage is named in a list at the end: the archive is on its way by then.
    """
    lost = []
    for file in files.of_group(group):
        name = names_in(file.assignment.answers or {}).get(file.public_id)
        if name is None:  # a correction has put another in its place
            continue
        path = f"{file.assignment.hit.public_id}/{file.assignment.public_id}/{name}"
        try:
            content = stored_files.opened(file)
        except FileNotFoundError:
            lost.append(path)
            continue
        with content:
            yield Entry(path, file.begun_at, stored_files.chunks_of(content))
    if lost:
        yield Entry(_LOST, clock.now(), ["\n".join([_LOST_TEXT, *lost, ""]).encode()])


def names_in(answers: Mapping[str, Given]) -> dict[str, str]:
    """Give each file of an assignment's answers, by id, a name that no other of them has."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for field, given in answers.items():
        folder_safe = file_names.in_archive(field, longest_bytes=_LONGEST_FIELD_BYTES)
        for file in answering.files_in(given):
            safe = file_names.in_archive(file["name"], longest_bytes=_LONGEST_NAME_BYTES)
            name = file_names.unused(f"{folder_safe}-{safe}", taken)
            taken.add(name.lower())
            names[file["file"]] = name
    return names
