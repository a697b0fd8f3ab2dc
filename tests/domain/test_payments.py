"""Rewards and bonuses: a row for each, once."""

import pytest
from django.db import IntegrityError

from kempelen.domain.actions import assignments, claims, payments, settling
from kempelen.domain.errors import InvalidParameter, InvalidValue, NotFound, RepeatedRequest
from kempelen.domain.models import Event, HITType, Notice, Payment, Requester, Worker
from kempelen.domain.queries.payments import bonuses
from tests.domain.moving_clock import MovingClock
from tests.domain.queues import a_group

ANSWER = {"a": "yes"}


def submitted(requester: Requester, worker: Worker, **group: int) -> str:
    assignment = claims.accept_next(worker, a_group(requester, **{"hits": 1, **group}))
    return assignments.submit(assignment.public_id, ANSWER).assignment.public_id


def rewards() -> list[tuple[str, int]]:
    return list(Payment.objects.values_list("assignment__public_id", "amount_cents"))


def pay(
    requester: Requester, worker: Worker, assignment_id: str, cents: int = 50, token: str = ""
) -> Payment:
    return payments.send_bonus(
        requester,
        assignment_id,
        worker_id=worker.public_id,
        amount_cents=cents,
        reason="Splendid work",
        token=token,
    )


def test_an_approval_pays_the_reward_once(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    assert not rewards()
    assignments.approve(ada, mine)
    paid = Payment.objects.get()
    assert (paid.kind, paid.amount_cents, paid.worker, paid.requester) == ("reward", 5, cleo, ada)


def test_a_rejection_pays_nothing_until_it_is_taken_back(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    assignments.reject(ada, mine, feedback="No.")
    assert not rewards()
    assignments.approve(ada, mine, override_rejection=True)
    assert rewards() == [(mine, 5)]


def test_the_clock_pays_too_at_the_promised_moment(
    ada: Requester, cleo: Worker, dan: Worker, moving_clock: MovingClock
) -> None:
    group = a_group(ada, hits=1, places=2)
    ids = [
        assignments.submit(claims.accept_next(worker, group).public_id, ANSWER).assignment
        for worker in (cleo, dan)
    ]
    moving_clock.forward(3600 + 500)
    settling.settle_due()
    assert sorted(rewards()) == sorted((its.public_id, 5) for its in ids)
    assert {its.paid_at for its in Payment.objects.all()} == {ids[0].auto_approval_at}


def test_a_delay_of_zero_pays_at_once(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo, auto_approval_delay_seconds=0)
    assert rewards() == [(mine, 5)]


def test_work_without_a_reward_leaves_no_payment(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    HITType.objects.update(reward_cents=0)
    assignments.approve(ada, mine)
    assert not rewards()


def test_a_bonus_is_kept_with_its_reason(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    pay(ada, cleo, mine)
    pay(ada, cleo, mine, cents=1_000_000)
    found = bonuses(ada, assignment_id=mine)
    assert [(its.amount_cents, its.reason) for its in found] == [
        (50, "Splendid work"),
        (1_000_000, "Splendid work"),
    ]


def test_rejected_work_may_have_a_bonus(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    assignments.reject(ada, mine, feedback="No, but you tried.")
    assert pay(ada, cleo, mine).amount_cents == 50


@pytest.mark.parametrize("cents", [0, 1_000_001])
def test_a_bonus_is_from_a_cent_to_ten_thousand_dollars(ada: Requester, cleo: Worker, cents: int) -> None:
    mine = submitted(ada, cleo)
    with pytest.raises(InvalidParameter):
        pay(ada, cleo, mine, cents=cents)


def test_a_bonus_is_for_the_worker_who_submitted(
    ada: Requester, ben: Requester, cleo: Worker, dan: Worker
) -> None:
    accepted = claims.accept_next(cleo, a_group(ada, hits=1)).public_id
    mine = submitted(ada, cleo)
    for requester, worker, assignment_id in ((ben, cleo, mine), (ada, dan, mine), (ada, cleo, accepted)):
        with pytest.raises(NotFound) as refused:
            pay(requester, worker, assignment_id)
        assert refused.value.mturk_message == f"Assignment {assignment_id} does not exist."
    with pytest.raises(InvalidParameter):
        pay(ada, Worker(public_id="ANOBODY"), mine)
    assert not rewards()


def test_the_same_token_pays_once(ada: Requester, cleo: Worker) -> None:
    mine = submitted(ada, cleo)
    pay(ada, cleo, mine, token="t")
    with pytest.raises(RepeatedRequest):
        pay(ada, cleo, mine, token="t")
    pay(ada, cleo, mine, token="another")
    assert Payment.objects.count() == 2


def test_bonuses_of_a_hit_come_in_their_order_a_page_at_a_time(
    ada: Requester, ben: Requester, cleo: Worker, dan: Worker
) -> None:
    group = a_group(ada, hits=1, places=2)
    for worker in (cleo, dan):
        mine = claims.accept_next(worker, group)
        assignments.submit(mine.public_id, ANSWER)
        pay(ada, worker, mine.public_id)
        pay(ada, worker, mine.public_id, cents=7)
    hit_id = mine.hit.public_id
    found = list(bonuses(ada, hit_id=hit_id)[:3])
    assert [its.worker for its in found] == [cleo, cleo, dan]
    assert [its.amount_cents for its in bonuses(ada, hit_id=hit_id, after=found[-1].pk)] == [7]
    with pytest.raises(NotFound):
        bonuses(ben, hit_id=hit_id)


def pay_outside(requester: Requester, worker: Worker, cents: int = 500, **more: str) -> Payment:
    return payments.pay_outside(
        requester, worker.public_id, amount_cents=cents, **{"reason": "For the pilot", **more}
    )


def test_a_bonus_outside_any_hit_is_kept_as_such_and_told(ada: Requester, cleo: Worker) -> None:
    submitted(ada, cleo)
    paid = pay_outside(ada, cleo)
    assert (paid.kind, paid.hit, paid.assignment, paid.amount_cents) == ("bonus", None, None, 500)
    told = Event.objects.get(kind="BonusPaidOutside")
    assert (told.is_audited, told.worker_pk, told.requester_pk) == (True, cleo.pk, ada.pk)
    notice = Notice.objects.get(worker=cleo)
    assert "$5.00" in notice.subject and "For the pilot" in notice.text


def test_a_bonus_outside_any_hit_is_for_who_worked_for_the_requester(
    ada: Requester, ben: Requester, cleo: Worker, dan: Worker
) -> None:
    submitted(ada, cleo)
    claims.accept_next(dan, a_group(ada, hits=1))
    for requester, worker in ((ben, cleo), (ada, dan), (ada, Worker(public_id="ANOBODY"))):
        with pytest.raises(NotFound):
            pay_outside(requester, worker)
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("cents", "reason"), [(0, "Thanks"), (1_000_001, "Thanks"), (5, " "), (5, "x" * 2001)]
)
def test_a_bonus_outside_any_hit_has_limits(ada: Requester, cleo: Worker, cents: int, reason: str) -> None:
    submitted(ada, cleo)
    with pytest.raises(InvalidValue):
        pay_outside(ada, cleo, cents, reason=reason)


def test_the_same_token_pays_outside_once(ada: Requester, cleo: Worker) -> None:
    submitted(ada, cleo)
    pay_outside(ada, cleo, token="t")
    with pytest.raises(RepeatedRequest):
        pay_outside(ada, cleo, token="t")
    assert Payment.objects.count() == 1


def test_a_reward_always_names_its_assignment(ada: Requester, cleo: Worker) -> None:
    submitted(ada, cleo)
    paid = pay_outside(ada, cleo)
    with pytest.raises(IntegrityError):
        Payment.objects.filter(pk=paid.pk).update(kind="reward")
