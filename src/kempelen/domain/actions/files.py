"""Files that belong to answers: whose they are, when they count, and what is left of those that do not."""

import tempfile
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from kempelen.domain import answers as answering
from kempelen.domain import clock, stored_files
from kempelen.domain.answers import Answers, Given, Uploaded
from kempelen.domain.errors import InvalidValue
from kempelen.domain.models import Assignment, UploadedFile

# Who returned a HIT, or came too late, may take it again and find the files of their draft; an upload that
# no process goes on with is over, too.
_KEPT = timedelta(days=1)
_REMOVED_AT_ONCE = 200


def claim(assignment: Assignment, answers: Mapping[str, Given]) -> Answers:
    """Give the answers with their files as the server knows them, which from now on belong to the answer.

    Files of the worker's earlier attempts at the same HIT, which a draft brought along, move over.  A file
    that is not the worker's, or not there (any more), is refused with `InvalidValue`.  Call it in the
    transaction that stores the answers, with the assignment locked.
    """
    ids = answering.file_ids(answers)
    if not ids:
        return dict(answers)
    known = _usable(assignment, ids)
    claimed = answering.with_files(answers, {id_: as_answer(file) for id_, file in known.items()})
    changed = UploadedFile.objects.filter(
        pk__in=[file.pk for file in known.values()], uploaded_at__isnull=False
    )
    if changed.update(is_answered=True, assignment=assignment, group=assignment.group_id) < len(known):
        raise InvalidValue("files", "A file of the answer was just removed; choose it again.")
    return claimed


def known(assignment: Assignment, answers: Mapping[str, Given]) -> Answers:
    """Give answers with their files as the server knows them, without making them part of an answer.

    Refuses as `claim` does.
    """
    ids = answering.file_ids(answers)
    files = _usable(assignment, ids) if ids else {}
    return answering.with_files(answers, {id_: as_answer(file) for id_, file in files.items()})


def as_answer(file: UploadedFile) -> Uploaded:
    """Give the file as answers have it."""
    return Uploaded(file=file.public_id, name=file.name, size=file.size)


def remove_left_over() -> int:
    """Remove what was uploaded and did not become part of an answer; give how many files that were.

    That is, a day after it began, an upload that did not finish, and a draft's file of an assignment that is
    no longer in hand; and what such an upload left among this machine's temporary files.
    """
    removed = stored_files.remove_stray(Path(tempfile.gettempdir()))
    while some := _mark_left_over():
        for key in some:
            stored_files.remove(key)
        removed += UploadedFile.objects.filter(storage_key__in=some).delete()[0]
    return removed


@transaction.atomic
def _mark_left_over() -> list[str]:
    """Choose some files that nobody can use from now on; what is marked is found again after a crash."""
    over = Q(uploaded_at=None) | ~Q(assignment__status=Assignment.Status.ACCEPTED)
    found = UploadedFile.objects.filter(over, is_answered=False, begun_at__lt=clock.now() - _KEPT)
    pks = list(found.order_by("begun_at").values_list("pk", flat=True)[:_REMOVED_AT_ONCE])
    # Another condition of the same statement: an answer may just have claimed one of them.
    marked = UploadedFile.objects.filter(pk__in=pks, is_answered=False)
    marked.update(uploaded_at=None)
    return list(marked.values_list("storage_key", flat=True))


def _usable(assignment: Assignment, ids: Iterable[str]) -> dict[str, UploadedFile]:
    """Find the files that an answer of this assignment may have, or refuse."""
    of_earlier_attempts = Q(
        assignment__hit=assignment.hit_id,
        assignment__worker=assignment.worker_id,
        assignment__status__in=Assignment.GIVEN_UP,
    )
    wanted = set(ids)
    found = UploadedFile.objects.filter(
        Q(assignment=assignment) | of_earlier_attempts, public_id__in=wanted, uploaded_at__isnull=False
    )
    files = {file.public_id: file for file in found}
    if missing := wanted - files.keys():
        raise InvalidValue("files", _gone(len(missing)))
    return files


def _gone(count: int) -> str:
    what = "A file of the answer is" if count == 1 else f"{count} files of the answer are"
    return f"{what} not here any more; choose {'it' if count == 1 else 'them'} again."
