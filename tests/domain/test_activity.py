"""A worker's own figures."""

from datetime import timedelta

from kempelen.domain.actions import assignments, claims, payments
from kempelen.domain.models import Requester, Worker
from kempelen.domain.queries import activity, own_data
from tests.domain.moving_clock import MovingClock
from tests.domain.queues import a_group
from tests.factories import a_hit, a_submitted_assignment


def test_figures_count_time_and_money(ada: Requester, cleo: Worker, moving_clock: MovingClock) -> None:
    group = a_group(ada, hits=3)
    for _ in range(3):
        assignment = claims.accept_next(cleo, group)
        moving_clock.forward(60)
        assignments.submit(assignment.public_id, {"a": "1"})
    assignments.approve(ada, assignment.public_id)
    figures = activity.figures(activity.done_by(cleo))
    assert (figures.submitted, figures.approved, figures.seconds) == (3, 1, 180.0)
    assert (figures.earned_cents, figures.pending_cents, figures.cents_per_hour) == (5, 10, 300.0)
    [(its_group, its_figures)] = activity.figures_by_group(activity.done_by(cleo))
    assert (its_group, its_figures) == (group, figures)


def test_bonuses_are_earned_too(ada: Requester, cleo: Worker, dan: Worker, moving_clock: MovingClock) -> None:
    group = a_group(ada, hits=2, places=2)
    for worker in (cleo, dan):
        assignment = claims.accept_next(worker, group)
        moving_clock.forward(60)
        assignments.submit(assignment.public_id, {"a": "1"})
        for cents in (20, 30):
            payments.send_bonus(
                ada, assignment.public_id, worker_id=worker.public_id, amount_cents=cents, reason=""
            )
    assignments.approve(ada, assignment.public_id)
    figures = activity.figures(activity.done_by(dan))
    assert (figures.submitted, figures.earned_cents, figures.bonus_cents) == (1, 55, 50)
    assert figures.cents_per_hour == 55 * 60
    assert activity.figures_by_group(activity.done_by(dan)) == [(group, figures)]


def test_days_count_what_was_submitted_on_them(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    moving_clock.time = moving_clock.time.replace(hour=12)
    group = a_group(ada, hits=3, lifetime_seconds=1_000_000)
    for _ in range(3):
        assignments.submit(claims.accept_next(cleo, group).public_id, {"a": "1"})
        moving_clock.forward(10 * 3600)
    today = moving_clock.now().date()
    days = activity.submitted_per_day(activity.done_by(cleo))
    assert days == {today - timedelta(days=1): 2, today: 1}
    late = activity.done_by(cleo, since=moving_clock.now() - timedelta(hours=11))
    assert activity.figures(late).submitted == 1


def test_who_has_done_nothing_has_empty_figures(cleo: Worker) -> None:
    assert activity.figures(activity.done_by(cleo)) == activity.Figures()
    assert activity.Figures().cents_per_hour is None


def test_bonuses_outside_any_hit_are_in_what_was_paid_but_not_in_pay_by_the_hour(
    ada: Requester, cleo: Worker
) -> None:
    done = a_submitted_assignment(cleo, a_hit(ada))
    assignments.approve(ada, done.public_id)
    before = activity.totals(cleo)
    paid = payments.pay_outside(ada, cleo.public_id, amount_cents=500, reason="Pilot")
    after = activity.totals(cleo)
    assert (after.outside_cents, after.paid_cents) == (500, before.earned_cents + 500)
    assert after.cents_per_hour == before.cents_per_hour
    assert list(activity.bonuses_outside(cleo)) == [paid]
    assert not activity.totals(cleo, until=paid.paid_at).outside_cents


def test_what_a_user_can_download_has_bonuses_outside_any_hit(ada: Requester, cleo: Worker) -> None:
    a_submitted_assignment(cleo, a_hit(ada))
    payments.pay_outside(ada, cleo.public_id, amount_cents=500, reason="Pilot")
    assert cleo.user
    kept = own_data.worker_of(cleo.user)
    assert kept
    [paid] = kept["payments"]
    assert (paid["reason"], paid["requester__name"], paid["assignment__public_id"]) == ("Pilot", "Ada", None)
