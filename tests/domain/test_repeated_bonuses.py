"""A bonus that an answer had already is told of before it is paid again."""

from kempelen.domain.actions import bulk_reviews, payments
from kempelen.domain.models import Assignment, BulkReview, HITGroup, Payment, Requester, Worker
from tests.domain.moving_clock import MovingClock
from tests.domain.test_bulk_reviews import BONUS, do_jobs, five_answers, ids_of


def planned(requester: Requester, group: HITGroup, reason: str = "Good", cents: int = 50) -> BulkReview:
    review = bulk_reviews.plan(requester, group, BONUS, selection={}, reason=reason, amount_cents=cents)
    do_jobs()
    review.refresh_from_db()
    return review


def paid_to(group: HITGroup) -> list[int]:
    """Give how many bonuses each answer had."""
    answers = Assignment.objects.filter(group=group).order_by("pk")
    return [Payment.objects.filter(kind="bonus", assignment=answer).count() for answer in answers]


def pay_one(requester: Requester, group: HITGroup, reason: str) -> None:
    answer = Assignment.objects.filter(group=group).order_by("pk").select_related("worker")[0]
    payments.send_bonus(
        requester,
        answer.public_id,
        worker_id=answer.worker.public_id,
        amount_cents=20,
        reason=reason,
    )


def test_a_first_bonus_repeats_nothing(ada: Requester, cleo: Worker) -> None:
    review = planned(ada, five_answers(ada, cleo))
    assert review.figures["planned"] == {"bonus": 5, "cents": 250}


def test_who_had_one_lately_is_counted_and_left_out_if_that_is_chosen(
    ada: Requester, cleo: Worker, small_pages: None
) -> None:
    group = five_answers(ada, cleo)
    pay_one(ada, group, "By a program")
    review = planned(ada, group)
    assert review.figures["planned"] == {"bonus": 5, "cents": 250, "repeated": 1}
    assert review.figures["newest_bonus"]["cents"] == 20
    bulk_reviews.confirm(review, leaves_repeated=True)
    do_jobs()
    review.refresh_from_db()
    assert review.figures["decided"] == {"bonus": 4, "cents": 200, "left repeated": 1}
    assert paid_to(group) == [1, 1, 1, 1, 1]


def test_they_are_paid_again_if_that_was_confirmed(ada: Requester, cleo: Worker) -> None:
    group = five_answers(ada, cleo)
    pay_one(ada, group, "By a program")
    bulk_reviews.confirm(planned(ada, group))
    assert paid_to(group) == [2, 1, 1, 1, 1]


def test_after_a_day_only_the_same_reason_counts(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    group = five_answers(ada, cleo)
    pay_one(ada, group, "Good")
    moving_clock.forward(2 * 24 * 3600)
    assert planned(ada, group, "Another").figures["planned"] == {"bonus": 5, "cents": 250}
    assert planned(ada, group, "Good").figures["planned"]["repeated"] == 1


def test_of_two_plans_made_before_either_was_confirmed_only_the_first_is_paid(
    ada: Requester, cleo: Worker, small_pages: None
) -> None:
    group = five_answers(ada, cleo)
    first, second = planned(ada, group), planned(ada, group)
    for review in (first, second):
        bulk_reviews.confirm(review)
        do_jobs()
    second.refresh_from_db()
    assert paid_to(group) == [1] * 5
    assert second.figures["decided"] == {"left repeated": 5}


def test_a_bonus_that_was_taken_back_repeats_nothing(ada: Requester, cleo: Worker) -> None:
    group = five_answers(ada, cleo)
    review = planned(ada, group)
    bulk_reviews.confirm(review)
    bulk_reviews.undo(review)
    assert "repeated" not in planned(ada, group).figures["planned"]
    assert len(ids_of(group)) == 5
