"""One thing done with many workers: here, in the background, as far as the rules allow."""

from typing import Any

import pytest

from kempelen.domain.actions import assignments, qualification_types, worker_groups, workers_changes
from kempelen.domain.errors import InvalidValue, NotFound, RepeatedRequest
from kempelen.domain.models import (
    Event,
    Job,
    Notice,
    Qualification,
    Requester,
    Worker,
    WorkerBlock,
    WorkersChange,
)
from tests.factories import a_hit, a_submitted_assignment, a_worker, an_anonymous_worker, owner_of

Kind = WorkersChange.Kind


def change(requester: Requester, kind: str, workers: list[Worker], **given: Any) -> WorkersChange:
    """The change as a member asks for it."""
    arguments = workers_changes.checked(requester, kind, given)
    pks = [worker.pk for worker in workers]
    return workers_changes.ask_for(requester, kind, pks, arguments, by=owner_of(requester))


@pytest.fixture
def kind(ada: Requester) -> str:
    """A qualification type of Ada's."""
    return qualification_types.create(ada, {"name": "Finnish", "description": "Speaks it."}).public_id


def test_those_whose_work_was_reviewed_are_written_to(ada: Requester, cleo: Worker, dan: Worker) -> None:
    assignments.approve(ada, a_submitted_assignment(cleo, a_hit(ada)).public_id)
    done = change(ada, Kind.MESSAGE, [cleo, dan], subject="More work", text="Come back.")
    assert [notice.worker for notice in Notice.objects.all()] == [cleo]
    assert (done.done, done.refused, bool(done.finished_at)) == (2, 1, True)
    assert done.refusals[0][0] == dan.public_id and "not done any work" in done.refusals[0][1]
    told = Event.objects.get(kind="WorkersChanged")
    assert told.is_audited and told.data == {"kind": "message", "workers": 2}


def test_workers_are_blocked_and_unblocked(ada: Requester, cleo: Worker, dan: Worker) -> None:
    change(ada, Kind.BLOCK, [cleo, dan], reason="Spam")
    assert set(WorkerBlock.objects.values_list("worker", flat=True)) == {cleo.pk, dan.pk}
    assert not change(ada, Kind.UNBLOCK, [cleo, dan]).refused
    assert not WorkerBlock.objects.exists()


def test_a_qualification_is_granted_once_and_taken_away(ada: Requester, cleo: Worker, kind: str) -> None:
    for _ in range(2):
        change(ada, Kind.GRANT, [cleo], qualification=kind, value=80)
    assert Notice.objects.count() == 1
    assert Qualification.objects.get().value == 80
    change(ada, Kind.REVOKE, [cleo], qualification=kind, reason="Over")
    again = change(ada, Kind.REVOKE, [cleo], qualification=kind)
    assert again.refusals == [[cleo.public_id, "Does not hold it."]]


def test_only_workers_with_accounts_go_into_a_group(ada: Requester, cleo: Worker) -> None:
    group = worker_groups.create(ada, "Pilots")
    done = change(ada, Kind.ADD_TO_GROUP, [cleo, an_anonymous_worker()], group=group.pk)
    assert list(group.members.all()) == [cleo]
    assert done.refused == 1


def test_what_is_deleted_meanwhile_is_refused_for_all(ada: Requester, cleo: Worker) -> None:
    group = worker_groups.create(ada, "Pilots")
    arguments = workers_changes.checked(ada, Kind.ADD_TO_GROUP, {"group": group.pk})
    worker_groups.delete(group)
    done = workers_changes.ask_for(ada, Kind.ADD_TO_GROUP, [cleo.pk], arguments)
    assert done.finished_at and done.refused == 1


def test_many_are_left_to_the_background_which_can_stop_and_go_on(
    ada: Requester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_changes, "AT_ONCE", 2)
    workers = [a_worker() for _ in range(5)]
    asked = change(ada, Kind.BLOCK, workers, reason="Spam")
    assert (asked.done, WorkerBlock.objects.count()) == (0, 0)
    assert Job.objects.get().arguments == {"change": asked.pk}
    workers_changes._do_next(asked.pk)
    assert WorkerBlock.objects.count() == 2
    for _ in range(2):
        workers_changes.carry_out(asked.pk)
    asked.refresh_from_db()
    assert (asked.done, asked.refused, WorkerBlock.objects.count()) == (5, 0, 5)
    assert asked.finished_at
    assert Event.objects.filter(kind="WorkerBlocked").count() == 5


def test_the_same_token_changes_once(ada: Requester, cleo: Worker) -> None:
    arguments = {"reason": "Spam"}
    workers_changes.ask_for(ada, Kind.BLOCK, [cleo.pk], arguments, token="t")
    with pytest.raises(RepeatedRequest):
        workers_changes.ask_for(ada, Kind.BLOCK, [cleo.pk], arguments, token="t")


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Kind.BLOCK, {"reason": " "}),
        (Kind.UNBLOCK, {"reason": "x" * 2001}),
        (Kind.MESSAGE, {"subject": "", "text": "Hello"}),
        (Kind.MESSAGE, {"subject": "Hello", "text": "x" * 4097}),
        (Kind.GRANT, {"qualification": "nothing", "value": 1}),
        (Kind.REVOKE, {"qualification": "nothing"}),
    ],
)
def test_what_is_asked_for_has_to_make_sense(ada: Requester, kind: str, given: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        workers_changes.checked(ada, kind, given)


def test_scores_and_groups_are_ones_own(ada: Requester, ben: Requester, kind: str) -> None:
    with pytest.raises(InvalidValue):
        workers_changes.checked(ben, Kind.GRANT, {"qualification": kind, "value": 1})
    with pytest.raises(InvalidValue):
        workers_changes.checked(ada, Kind.GRANT, {"qualification": kind, "value": 2**40})
    group = worker_groups.create(ada, "Pilots")
    with pytest.raises(NotFound):
        workers_changes.checked(ben, Kind.ADD_TO_GROUP, {"group": group.pk})


def test_nobody_and_too_many_are_refused(
    ada: Requester, cleo: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_changes, "MOST_WORKERS", 1)
    for pks in ([], [cleo.pk, cleo.pk]):
        with pytest.raises(InvalidValue):
            workers_changes.ask_for(ada, Kind.BLOCK, pks, {"reason": "Spam"})
