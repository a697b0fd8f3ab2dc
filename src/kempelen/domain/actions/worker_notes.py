"""What a requester's members note about a worker, for themselves; the worker never sees it."""

from django.db import transaction

from kempelen.domain import answers, clock
from kempelen.domain.errors import InvalidValue, NotFound, WrongState
from kempelen.domain.models import Membership, Requester, User, Worker, WorkerNote

LONGEST = 2_000
MOST_PER_WORKER = 200


@transaction.atomic
def add(requester: Requester, worker: Worker, text: str, *, by: User) -> WorkerNote:
    """Note something about the worker."""
    text = _checked(text)
    if WorkerNote.objects.filter(requester=requester, worker=worker).count() >= MOST_PER_WORKER:
        raise WrongState(f"There are {MOST_PER_WORKER} notes about this worker; delete some first.")
    return WorkerNote.objects.create(
        requester=requester, worker=worker, text=text, by=by, made_at=clock.now()
    )


@transaction.atomic
def change(requester: Requester, note_pk: int, text: str, *, by: Membership) -> WorkerNote:
    """Put other words in place of the note's; who wrote it may, and editors."""
    note = _own(requester, note_pk, by)
    note.text, note.changed_at = _checked(text), clock.now()
    note.save(update_fields=["text", "changed_at"])
    return note


@transaction.atomic
def delete(requester: Requester, note_pk: int, *, by: Membership) -> Worker:
    """Delete the note, for good; gives the worker."""
    note = _own(requester, note_pk, by)
    note.delete()
    return note.worker


def may_change(note: WorkerNote, by: Membership) -> bool:
    """Tell whether this member may change or delete the note."""
    return by.includes(Membership.Role.EDITOR) or (
        note.by_id == by.user_id and by.includes(Membership.Role.REVIEWER)
    )


def _own(requester: Requester, note_pk: int, by: Membership) -> WorkerNote:
    notes = WorkerNote.objects.select_for_update(of=("self",)).select_related("worker")
    note = notes.filter(requester=requester, pk=note_pk).first()
    if note is None or not may_change(note, by):
        raise NotFound("note of yours", note_pk)
    return note


def _checked(text: str) -> str:
    text = answers.storable(text).strip()
    if not text:
        raise InvalidValue("text", "Write a few words first.")
    if len(text) > LONGEST:
        raise InvalidValue("text", f"The note has {len(text):,} characters; at most {LONGEST:,} fit.")
    return text
