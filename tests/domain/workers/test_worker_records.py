"""A worker's record with a requester has the figures that lists are sorted by."""

from datetime import timedelta

import pytest

from kempelen.domain.actions import assignments, claims, comparing, payments
from kempelen.domain.models import Assignment, Requester, Worker, WorkerRecord
from kempelen.domain.statistics import filling, marking, worker_records
from kempelen.domain.statistics.worker_records import Pace
from tests.domain.moving_clock import MovingClock
from tests.domain.queues import a_group
from tests.factories import a_worker


def counted(worker: Worker) -> WorkerRecord:
    filling.fill_all()
    worker_records.count_all()
    return WorkerRecord.objects.get(worker=worker)


def work(worker: Worker, group, clock: MovingClock, *, seconds: int = 60) -> Assignment:
    mine = claims.accept_next(worker, group)
    clock.forward(seconds)
    return assignments.submit(mine.public_id, {"a": "yes"}).assignment


def test_a_record_has_counts_rate_pay_and_the_last_time(
    ada: Requester, ben: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    group = a_group(ada, hits=4)
    done = [work(cleo, group, moving_clock, seconds=120) for _ in range(3)]
    work(cleo, a_group(ben, hits=1), moving_clock)
    assignments.approve(ada, done[0].public_id)
    assignments.reject(ada, done[1].public_id, feedback="No.")
    payments.send_bonus(ada, done[0].public_id, worker_id=cleo.public_id, amount_cents=7, reason="Thanks")
    filling.fill_all()
    worker_records.count_all()
    record = WorkerRecord.objects.get(worker=cleo, requester=ada)
    assert (record.submitted, record.approved, record.rejected) == (3, 1, 1)
    assert (record.approval_percent, record.reward_cents, record.bonus_cents) == (50, 5, 7)
    # Two of three are reviewed: four minutes brought 12 cents.
    assert (record.work_seconds, record.hourly_cents) == (360, 180)
    assert record.last_seen_at == done[2].submitted_at
    assert WorkerRecord.objects.get(worker=cleo, requester=ben).submitted == 1


def test_a_bonus_outside_any_hit_is_no_pay_for_work(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    done = work(cleo, a_group(ada, hits=1), moving_clock)
    assignments.approve(ada, done.public_id)
    payments.pay_outside(ada, cleo.public_id, amount_cents=10_000, reason="For a talk")
    assert counted(cleo).hourly_cents == 300


def test_pace_is_against_the_median_of_the_same_groups(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    group = a_group(ada, hits=2, places=5)
    for worker in [a_worker() for _ in range(4)]:
        work(worker, group, moving_clock, seconds=100)
    for _ in range(2):
        work(cleo, group, moving_clock, seconds=50)
    # Bins are 9 % wide.
    assert 45 <= (counted(cleo).pace_percent or 0) <= 55


def test_agreement_is_the_mean_of_what_answers_have_of_it(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    group = a_group(ada, hits=3)
    done = [work(cleo, group, moving_clock) for _ in range(3)]
    assert counted(cleo).agreement_percent is None
    for assignment, percent in zip(done, (100, 51, None), strict=True):
        Assignment.objects.filter(pk=assignment.pk).update(agreement_percent=percent)
    worker_records.have_changed([(ada.pk, cleo.pk)])
    record = counted(cleo)
    assert (record.compared, record.agreement_percent) == (2, 75)


def test_somebody_who_only_looked_in_has_a_record_without_figures(ada: Requester, cleo: Worker) -> None:
    claims.accept_next(cleo, a_group(ada, hits=1))
    record = counted(cleo)
    assert (record.submitted, record.approval_percent, record.pace_percent) == (0, None, None)
    assert record.hourly_cents is None


def test_figures_begun_anew_come_to_the_same(ada: Requester, cleo: Worker, moving_clock: MovingClock) -> None:
    work(cleo, a_group(ada, hits=1), moving_clock)
    before = WorkerRecord.objects.filter(pk=counted(cleo).pk).values().get()
    marking.forget_all()
    counted(cleo)
    assert WorkerRecord.objects.values().get() == before
    assert not worker_records.count_some()


def test_a_page_of_records_takes_few_queries(
    ada: Requester, moving_clock: MovingClock, django_assert_max_num_queries
) -> None:
    group = a_group(ada, hits=1, places=5)
    for worker in [a_worker() for _ in range(5)]:
        work(worker, group, moving_clock)
    filling.fill_all()
    with django_assert_max_num_queries(12 + 2 * 5):
        assert worker_records.count_some()


@pytest.mark.parametrize(
    ("paces", "expected"),
    [
        ([], None),
        ([Pace(9, 5, 1), Pace(2, 5, 1)], None),
        ([Pace(1, 1, 16_610)], 100),
        ([Pace(1, 2, 31_220)], 50),
    ],
)
def test_pace_compares_logarithms(paces: list[Pace], expected: int | None) -> None:
    assert worker_records.pace_of(paces, {1: 100.0, 2: 0.5}) == expected


def test_nobody_is_paid_by_the_hour_for_what_is_not_reviewed() -> None:
    assert worker_records.hourly_of(5, 1000, submitted=1, reviewed=0) is None
    assert worker_records.hourly_of(5, 0, submitted=1, reviewed=1) is None


def test_time_that_passes_alone_changes_nothing(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    seen = work(cleo, a_group(ada, hits=1), moving_clock).submitted_at
    moving_clock.forward(int(timedelta(days=1).total_seconds()))
    assert counted(cleo).last_seen_at == seen


def test_answers_that_were_compared_are_in_the_record_without_more_ado(ada: Requester, cleo: Worker) -> None:
    group = a_group(ada, hits=1, places=3)
    for worker, given in ((cleo, "no"), (a_worker(), "yes"), (a_worker(), "yes")):
        assignments.submit(claims.accept_next(worker, group).public_id, {"a": given})
    assert counted(cleo).compared == 0
    comparing.compare_some()
    record = counted(cleo)
    assert (record.compared, record.agreement_percent) == (1, 0)
