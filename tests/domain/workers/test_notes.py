"""Notes about workers are the requester's own."""

import pytest

from kempelen.domain.actions import people, worker_notes
from kempelen.domain.errors import InvalidValue, NotFound
from kempelen.domain.models import Membership, Requester, Worker, WorkerNote
from tests.factories import a_user, owner_of


def a_member(requester: Requester, role: str) -> Membership:
    user = a_user(role.title())
    people.add_member(requester, user, role=role)
    return requester.memberships.get(user=user)


def test_a_note_has_its_author_and_time_and_can_be_changed(ada: Requester, cleo: Worker) -> None:
    reviewer = a_member(ada, "reviewer")
    note = worker_notes.add(ada, cleo, " Careful with dates. ", by=reviewer.user)
    assert (note.text, note.by, note.changed_at) == ("Careful with dates.", reviewer.user, None)
    changed = worker_notes.change(ada, note.pk, "Very careful.", by=reviewer)
    assert changed.text == "Very careful." and changed.changed_at
    assert worker_notes.delete(ada, note.pk, by=reviewer) == cleo
    assert not WorkerNote.objects.exists()


def test_only_its_author_and_editors_change_a_note(ada: Requester, ben: Requester, cleo: Worker) -> None:
    note = worker_notes.add(ada, cleo, "Late.", by=owner_of(ada))
    for member in (a_member(ada, "reviewer"), a_member(ada, "viewer"), ben.memberships.get()):
        with pytest.raises(NotFound):
            worker_notes.change(ada if member.requester == ada else ben, note.pk, "No.", by=member)
    assert worker_notes.change(ada, note.pk, "Early.", by=a_member(ada, "editor")).text == "Early."


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_a_note_has_some_words_and_not_too_many(ada: Requester, cleo: Worker, text: str) -> None:
    with pytest.raises(InvalidValue):
        worker_notes.add(ada, cleo, text, by=owner_of(ada))


def test_a_worker_has_at_most_so_many_notes(
    ada: Requester, cleo: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_notes, "MOST_PER_WORKER", 1)
    worker_notes.add(ada, cleo, "One.", by=owner_of(ada))
    with pytest.raises(worker_notes.WrongState):
        worker_notes.add(ada, cleo, "Two.", by=owner_of(ada))
