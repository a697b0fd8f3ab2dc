"""Uploaded files as they are read: for a draft, for who downloads them, and all of a batch."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from kempelen.domain import answers as answering
from kempelen.domain.models import Assignment, HITGroup, Requester, UploadedFile, Worker

_PAGE = 500


def of_worker(worker: Worker, file_id: str) -> UploadedFile | None:
    """Find a file that the worker uploaded."""
    return _there().filter(public_id=file_id, assignment__worker=worker).first()


def of_requester(requester: Requester, file_id: str) -> UploadedFile | None:
    """Find a file that is part of an answer to the requester; drafts are their worker's."""
    return _there().filter(public_id=file_id, group__requester=requester, is_answered=True).first()


def of_answer(assignment: Assignment, name: str) -> UploadedFile | None:
    """Find the file that was sent under this name, the first if there are several; None if none was.

    What is no field's name may be the key of one of the answer's files (UploadedFileKey), so that the others
    of several can be had.
    """
    answers = assignment.answers or {}
    if name in answers:
        found = [file["file"] for file in answering.files_in(answers[name])][:1]
    else:
        found = [name] if name in answering.file_ids(answers) else []
    return _there().filter(assignment=assignment, public_id=found[0]).first() if found else None


def without_lost(draft: dict[str, Any] | None, worker_pk: int) -> dict[str, Any] | None:
    """Give a draft without the files that are not there any more, so that nobody takes them for sent."""
    fields = draft["fields"] if draft else []
    ids = {value["file"] for _, value in fields if not isinstance(value, str)}
    if draft is None or not ids:
        return draft
    mine = _there().filter(public_id__in=ids, assignment__worker=worker_pk)
    there = set(mine.values_list("public_id", flat=True))
    return draft | {
        "fields": [field for field in fields if isinstance(field[1], str) or field[1]["file"] in there]
    }


def has_any(group: HITGroup) -> bool:
    """Tell whether any answer in the group has a file."""
    return UploadedFile.objects.filter(group=group, is_answered=True).exists()


def of_group(group: HITGroup, *, statuses: Sequence[str] = Assignment.DONE) -> Iterator[UploadedFile]:
    """Give the files of all answers that are in, each with its assignment and HIT, page by page.

    Those that a correction replaced are among them: their assignment's answers do not have them.
    """
    of_answers = UploadedFile.objects.filter(group=group, is_answered=True, assignment__status__in=statuses)
    pages = of_answers.select_related("assignment__hit").defer(
        "assignment__hit__inputs", "assignment__hit__question"
    )
    after = 0
    while page := list(pages.filter(pk__gt=after).order_by("pk")[:_PAGE]):
        yield from page
        after = page[-1].pk


def _there() -> QuerySet[UploadedFile]:
    return UploadedFile.objects.filter(uploaded_at__isnull=False)
