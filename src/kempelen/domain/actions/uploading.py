"""How a file of a worker's comes in: checked, stored, and nothing of it left where that fails."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Sum

from kempelen.domain import answers as answering
from kempelen.domain import clock, file_names, stored_files
from kempelen.domain.actions import assignments
from kempelen.domain.actions.assignments import Submission, may_correct
from kempelen.domain.actions.files import as_answer
from kempelen.domain.answers import Field, storable
from kempelen.domain.errors import InvalidValue, NotFound, Refusal, WrongState
from kempelen.domain.models import Assignment, UploadedFile, Worker
from kempelen.domain.models.files import LONGEST_FIELD, LONGEST_NAME

# Of one assignment, with those of drafts; nobody means more, and each is a row.
MOST_FILES = 500


def upload(
    assignment_id: str, content: "File[bytes]", *, field: str, name: str, worker: Worker | None = None
) -> UploadedFile:
    """Store a file for a field of the assignment's answer; with a worker, only for one of theirs.

    Three steps, so that the bytes of no file are ever without a row, and slow storage holds no lock: a row
    that says that the file comes; its bytes; that they are there.  Whatever fails, or dies, leaves at most
    a row and bytes that `files.remove_left_over` finds.
    """
    uploaded = _announce(assignment_id, content, field=field, name=name, worker=worker)
    try:
        stored_files.put(uploaded, content)
        _note_arrival(uploaded)
    except BaseException:
        _take_back(uploaded)
        raise
    return uploaded


@dataclass(frozen=True)
class Incoming:
    """A file that came with an answer: its bytes, and the name that the sender gave it."""

    content: "File[bytes]"
    name: str


def submit(assignment_id: str, fields: Iterable[Field], files: Sequence[tuple[str, Incoming]]) -> Submission:
    """Store an answer that comes at once with its files, as `assignments.submit` does.

    Where the answer is not stored, neither are they.
    """
    if not files or _is_done(assignment_id):
        named = [(field, incoming.name) for field, incoming in files]
        return assignments.submit(assignment_id, answering.collect([*fields, *named]))
    uploaded: list[UploadedFile] = []
    try:
        for field, incoming in files:
            uploaded.append(upload(assignment_id, incoming.content, field=field, name=incoming.name))
        sent = [(file.field, as_answer(file)) for file in uploaded]
        return assignments.submit(assignment_id, answering.collect([*fields, *sent]))
    except Refusal:
        for file in uploaded:
            _take_back(file)
        raise


def discard(worker: Worker, assignment_id: str, file_id: str) -> bool:
    """Remove a file that the worker took back; false if it is part of an answer, or not theirs."""
    mine = UploadedFile.objects.filter(
        assignment__public_id=assignment_id, assignment__worker=worker, public_id=file_id, is_answered=False
    )
    uploaded = mine.first()
    # Nobody can make it part of an answer from here on.
    if uploaded is None or not mine.update(uploaded_at=None):
        return False
    _take_back(uploaded)
    return True


def check_size(size: int) -> None:
    """Refuse (`InvalidValue`) a file that is larger than a worker may send."""
    limit = settings.KEMPELEN_FILE_LIMIT
    if size > limit:
        raise InvalidValue(
            "file", f"The file is too large: {_megabytes(size)}. At most {_megabytes(limit)} are taken."
        )


@transaction.atomic
def _announce(
    assignment_id: str, content: "File[bytes]", *, field: str, name: str, worker: Worker | None
) -> UploadedFile:
    """Write the row of a file that comes, if the assignment can have it, counted one after the other."""
    field, size = storable(field), content.size
    if not field or len(field) > LONGEST_FIELD:
        raise InvalidValue("field", f"The name of a file's field has 1 to {LONGEST_FIELD:,} characters.")
    check_size(size)
    if not stored_files.has_room(size):
        raise WrongState("The server has no room for files now. Please try again later.")
    media_type = stored_files.media_type_of(content)
    mine = Assignment.objects.filter(public_id=assignment_id).select_related("group")
    if worker is not None:
        mine = mine.filter(worker=worker)
    assignment = mine.select_for_update(of=("self",)).first()
    if assignment is None:
        raise NotFound("assignment", assignment_id)
    _check_is_open(assignment)
    _check_room(assignment, size)
    return UploadedFile.objects.create(
        assignment=assignment,
        group=assignment.group,
        field=field,
        name=file_names.kept(name, longest=LONGEST_NAME),
        size=size,
        media_type=media_type,
        begun_at=clock.now(),
    )


def _note_arrival(uploaded: UploadedFile) -> None:
    uploaded.uploaded_at = clock.now()
    if not UploadedFile.objects.filter(pk=uploaded.pk).update(uploaded_at=uploaded.uploaded_at):
        raise WrongState("This upload took too long; choose the file again.")


def _check_is_open(assignment: Assignment) -> None:
    """Refuse files for what is over; what came too late may still count (`assignments.submit`)."""
    is_open = assignment.status in (Assignment.Status.ACCEPTED, Assignment.Status.ABANDONED)
    if not is_open and not may_correct(assignment):
        raise WrongState("This HIT takes no more files from you.")


def _check_room(assignment: Assignment, size: int) -> None:
    files = UploadedFile.objects.filter(assignment=assignment)
    if files.count() >= MOST_FILES:
        raise InvalidValue("file", f"These are too many files: at most {MOST_FILES} are taken for one HIT.")
    limit, had = settings.KEMPELEN_FILES_LIMIT, files.aggregate(sum=Sum("size"))["sum"] or 0
    if had + size > limit:
        raise InvalidValue(
            "file",
            f"There is no room for this file: all files of one HIT may have {_megabytes(limit)} together.",
        )


def _is_done(assignment_id: str) -> bool:
    return Assignment.objects.filter(public_id=assignment_id, status__in=Assignment.DONE).exists()


def _take_back(uploaded: UploadedFile) -> None:
    stored_files.remove(uploaded.storage_key)
    UploadedFile.objects.filter(pk=uploaded.pk, is_answered=False).delete()


def _megabytes(size: int) -> str:
    return f"{size / 10**6:,.1f} MB".replace(".0 ", " ")
