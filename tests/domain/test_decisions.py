"""What members decide about one answer, and undo: states, counts, payments, and what programs are told."""

import contextlib
from typing import Any

import pytest

from kempelen.domain.actions import assignments, claims, decisions, hits, notifications, settling
from kempelen.domain.errors import InvalidParameter, NotFound, RepeatedRequest, WrongState
from kempelen.domain.models import HIT, Assignment, Decision, Delivery, Event, Payment, Requester, Worker
from kempelen.domain.queries import decisions as reads
from tests.domain.moving_clock import MovingClock
from tests.domain.queues import a_group
from tests.domain.test_events import asks_for
from tests.factories import owner_of

APPROVE, REJECT, BONUS = "approve", "reject", "bonus"


def submitted(requester: Requester, worker: Worker, **group: Any) -> Assignment:
    accepted = claims.accept_next(worker, a_group(requester, **{"hits": 1, **group}))
    return assignments.submit(accepted.public_id, {"a": "yes"}).assignment


def state_of(assignment: Assignment) -> tuple[str, str, int, int, list[tuple[str, int]]]:
    assignment.refresh_from_db()
    hit = HIT.objects.get(pk=assignment.hit_id)
    paid = list(Payment.objects.order_by("pk").values_list("kind", "amount_cents"))
    return assignment.status, assignment.feedback, hit.unreviewed_count, hit.reviewed_count, paid


def test_an_approval_is_taken_back_with_its_reward(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    before = state_of(mine)
    decisions.decide(ada, mine.public_id, APPROVE, reason="Good", by=owner_of(ada))
    assert state_of(mine) == ("Approved", "Good", 0, 1, [("reward", 5)])
    decisions.undo(ada, mine.public_id, by=owner_of(ada))
    assert state_of(mine) == before == ("Submitted", "", 1, 0, [])
    assert Event.objects.filter(kind="ApprovalTakenBack", user_pk=owner_of(ada).pk).exists()


def test_an_undone_rejection_leaves_the_answer_waiting_for_another_verdict(
    ada: Requester, cleo: Worker
) -> None:
    mine = submitted(ada, cleo)
    decisions.decide(ada, mine.public_id, REJECT, reason="No")
    decisions.undo(ada, mine.public_id)
    decisions.decide(ada, mine.public_id, APPROVE)
    assert state_of(mine) == ("Approved", "", 0, 1, [("reward", 5)])


def test_decisions_are_undone_last_first(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    decisions.decide(ada, mine.public_id, REJECT, reason="No")
    decisions.decide(ada, mine.public_id, APPROVE, overrides=True)
    decisions.decide(ada, mine.public_id, BONUS, reason="Sorry", amount_cents=20)
    assert state_of(mine) == ("Approved", "", 0, 1, [("reward", 5), ("bonus", 20)])
    decisions.undo(ada, mine.public_id)
    decisions.undo(ada, mine.public_id)
    assert state_of(mine) == ("Rejected", "No", 0, 1, [])
    decisions.undo(ada, mine.public_id)
    assert state_of(mine) == ("Submitted", "", 1, 0, [])
    with pytest.raises(WrongState, match="nothing to undo"):
        decisions.undo(ada, mine.public_id)


def test_who_presses_undo_twice_undoes_one_decision(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    decisions.decide(ada, mine.public_id, REJECT, reason="No")
    last = decisions.decide(ada, mine.public_id, APPROVE, overrides=True)
    assert last.decided_at
    meant = last.decided_at.isoformat()
    decisions.undo(ada, mine.public_id, decided_at=meant)
    with pytest.raises(WrongState, match="undone already"):
        decisions.undo(ada, mine.public_id, decided_at=meant)
    assert state_of(mine)[0] == "Rejected"


def test_a_bonus_that_is_sent_twice_is_paid_once(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    for _ in range(2):
        with contextlib.suppress(RepeatedRequest):
            decisions.decide(ada, mine.public_id, BONUS, reason="Fine", amount_cents=50, token="once")
    assert state_of(mine)[4] == [("bonus", 50)]
    decisions.decide(ada, mine.public_id, BONUS, reason="Fine", amount_cents=50, token="again")
    assert state_of(mine)[4] == [("bonus", 50)] * 2


def test_a_rejection_is_overridden_only_by_who_means_it(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    decisions.decide(ada, mine.public_id, REJECT, reason="No")
    with pytest.raises(WrongState):
        decisions.decide(ada, mine.public_id, APPROVE)
    assert Decision.objects.count() == 1


def test_after_ten_minutes_a_decision_is_final(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    mine = submitted(ada, cleo)
    decisions.decide(ada, mine.public_id, REJECT, reason="No")
    moving_clock.forward(601)
    with pytest.raises(WrongState, match="ten minutes"):
        decisions.undo(ada, mine.public_id)
    assert Decision.objects.get().state == "done"


def test_what_a_program_decided_is_final(ada: Requester, cleo: Worker, dan: Worker) -> None:
    mine = submitted(ada, cleo)
    assignments.reject(ada, mine.public_id, feedback="No")
    with pytest.raises(WrongState, match="nothing to undo"):
        decisions.undo(ada, mine.public_id)
    theirs = submitted(ada, dan)
    decisions.decide(ada, theirs.public_id, REJECT, reason="No")
    assignments.approve(ada, theirs.public_id, override_rejection=True)
    with pytest.raises(WrongState, match="something else"):
        decisions.undo(ada, theirs.public_id)
    assert state_of(theirs)[0] == "Approved"


def test_work_that_the_clock_would_approve_stays_approved(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    mine = submitted(ada, cleo, auto_approval_delay_seconds=60)
    decisions.decide(ada, mine.public_id, APPROVE)
    moving_clock.forward(100)
    with pytest.raises(WrongState, match="approved anyway"):
        decisions.undo(ada, mine.public_id)


def test_a_rejection_undone_late_is_approved_by_the_clock(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    mine = submitted(ada, cleo, auto_approval_delay_seconds=60)
    decisions.decide(ada, mine.public_id, REJECT, reason="No")
    moving_clock.forward(100)
    decisions.undo(ada, mine.public_id)
    settling.settle_due()
    assert state_of(mine) == ("Approved", "", 0, 1, [("reward", 5)])


def test_the_work_of_a_deleted_hit_stays_as_it_was_decided(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    decisions.decide(ada, mine.public_id, APPROVE)
    hits.delete(ada, HIT.objects.get(pk=mine.hit_id).public_id)
    with pytest.raises(WrongState, match="deleted"):
        decisions.undo(ada, mine.public_id)


def test_programs_hear_of_a_decision_when_it_is_final_and_never_of_one_that_was_undone(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    mine = submitted(ada, cleo)
    asks_for(HIT.objects.get(pk=mine.hit_id).hit_type, "AssignmentApproved", "AssignmentRejected")
    decisions.decide(ada, mine.public_id, REJECT, reason="No")
    decisions.undo(ada, mine.public_id)
    decisions.decide(ada, mine.public_id, APPROVE)
    assert notifications.write_out() == 0
    moving_clock.forward(13 * 60)
    assert notifications.write_out() == 1
    (message,) = Delivery.objects.all()
    assert '"AssignmentApproved"' in message.body
    assert "AssignmentRejected" not in message.body


def test_reasons_are_needed_limited_and_remembered(ada: Requester, ben: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    for reason in ("", " ", "x" * 1025, "bell \x07"):
        with pytest.raises(InvalidParameter):
            decisions.decide(ada, mine.public_id, REJECT, reason=reason)
    with pytest.raises(InvalidParameter):
        decisions.decide(ada, mine.public_id, BONUS, reason="Fine", amount_cents=0)
    decisions.decide(ada, mine.public_id, REJECT, reason="Not in English.")
    assert reads.reasons(ada, REJECT) == ["Not in English."]
    assert reads.reasons(ben, REJECT) == reads.reasons(ada, BONUS) == []


def test_nobody_decides_about_what_is_not_theirs_or_not_sent(
    ada: Requester, ben: Requester, cleo: Worker, dan: Worker
) -> None:
    mine = submitted(ada, cleo)
    with pytest.raises(NotFound):
        decisions.decide(ben, mine.public_id, APPROVE)
    with pytest.raises(NotFound):
        decisions.undo(ben, mine.public_id)
    in_hand = claims.accept_next(dan, a_group(ada, hits=1))
    with pytest.raises(WrongState):
        decisions.decide(ada, in_hand.public_id, BONUS, reason="Fine", amount_cents=5)


def test_what_was_decided_last_is_told_with_who_did_it(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    mine = submitted(ada, cleo)
    decisions.decide(ada, mine.public_id, REJECT, reason="No", by=owner_of(ada))
    last = reads.last_of([mine])[mine.pk]
    assert (last.decision.kind, last.by, last.may_be_undone) == (REJECT, owner_of(ada), True)
    assert reads.newest_of(owner_of(ada), ada, mine.group) is not None
    moving_clock.forward(11 * 60)
    assert not last.may_be_undone
    assert reads.newest_of(owner_of(ada), ada, mine.group) is None
