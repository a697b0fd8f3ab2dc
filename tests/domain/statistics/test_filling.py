"""Filling figures: in bounded steps, by one at a time, after whatever was cut off."""

import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction

from kempelen.domain.actions import assignments, payments
from kempelen.domain.models import (
    HIT,
    Assignment,
    CountedAssignment,
    Event,
    GroupProgress,
    HourOfWork,
    Payment,
    Requester,
    StatisticsState,
    Worker,
)
from kempelen.domain.statistics import filling, marking, queries, recounting
from kempelen.domain.statistics.queries import About
from tests.domain.queues import a_group
from tests.domain.statistics.test_figures_kept import assert_figures_are_right
from tests.factories import a_batch, a_project, a_requester, a_submitted_assignment, a_worker, hits_of


@pytest.fixture
def ada(db: None) -> Requester:
    return a_requester()


@pytest.fixture
def cleo(db: None) -> Worker:
    return a_worker()


@pytest.fixture
def done(ada: Requester, cleo: Worker) -> list[Assignment]:
    """Three submitted assignments of Cleo's."""
    batch = a_batch(a_project(ada, reward_cents=5))
    return [a_submitted_assignment(cleo, hit) for hit in hits_of(batch)]


def totals(ada: Requester) -> queries.Totals:
    return queries.totals_of(About.of(ada))


def test_what_was_there_before_is_walked_through_in_bounded_steps(done, ada, monkeypatch):
    monkeypatch.setattr(filling, "PAGE", 2)
    assert filling.is_behind()
    assert filling.step()
    assert totals(ada).submitted == 2
    filling.fill_all()
    assert not filling.is_behind()
    assert_figures_are_right()


def test_work_done_twice_is_counted_once(done, ada):
    filling.fill_all()
    StatisticsState.objects.update(event_pk=0, walked_pk=0)
    filling.fill_all()
    assert totals(ada).submitted == 3
    assert_figures_are_right()


def test_a_step_that_is_cut_off_leaves_nothing_behind(done, ada, monkeypatch):
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt), transaction.atomic():
        patched.setattr(filling.rows, "remember", cut_off)
        filling.fill_all()
    assert not HourOfWork.objects.exists()
    filling.fill_all()
    assert_figures_are_right()


def test_a_review_that_is_overridden_or_taken_back_is_counted_anew(done, ada):
    assignments.reject(ada, done[0].public_id, feedback="Not a word.")
    filling.fill_all()
    assert (totals(ada).rejected, totals(ada).reward_cents) == (1, 0)
    assignments.approve(ada, done[0].public_id, override_rejection=True)
    filling.fill_all()
    assert (totals(ada).approved, totals(ada).rejected, totals(ada).reward_cents) == (1, 0, 5)
    Payment.objects.filter(assignment=done[0]).delete()
    Assignment.objects.filter(pk=done[0].pk).update(status="Submitted", approved_at=None, rejected_at=None)
    Event.objects.create(at=done[0].accepted_at, kind="ApprovalUndone", assignment_pk=done[0].pk)
    filling.fill_all()
    assert (totals(ada).approved, totals(ada).waiting, totals(ada).reward_cents) == (0, 3, 0)
    assert_figures_are_right()


def test_bonuses_are_counted_with_the_work_they_are_for(done, ada, cleo):
    payments.send_bonus(
        ada, done[1].public_id, worker_id=cleo.public_id, amount_cents=40, reason="Thank you."
    )
    filling.fill_all()
    assert queries.work_of(cleo, About.of(ada)).bonus_cents == 40
    assert_figures_are_right()


def test_assignments_that_no_event_tells_of_are_counted_when_asked(done, ada):
    filling.fill_all()
    Assignment.objects.filter(pk=done[2].pk).update(status="Rejected", rejected_at=done[2].submitted_at)
    filling.fill_all()
    assert totals(ada).rejected == 0
    marking.assignments_were_written()
    filling.fill_all()
    assert totals(ada).rejected == 1


def test_figures_that_are_forgotten_are_made_again(done, ada):
    filling.fill_all()
    marking.forget_all()
    assert not CountedAssignment.objects.exists()
    filling.fill_all()
    assert totals(ada).submitted == 3
    assert_figures_are_right()


def test_nothing_new_costs_no_transaction(done, django_assert_max_num_queries):
    filling.fill_all()
    with django_assert_max_num_queries(3):
        assert not filling.step()


def test_progress_is_what_counting_gives_once_it_is_counted(ada, moving_clock):
    group = a_group(ada, hits=4)
    marking.groups_have_changed([group.pk])
    assert recounting.recount_next()
    kept = GroupProgress.objects.get(pk=group.pk)
    assert {name: getattr(kept, name) for name in recounting.FIGURES} == recounting.counted(group.pk)
    marking.groups_have_changed([group.pk])
    assert not recounting.recount_next()
    moving_clock.forward(5)
    assert recounting.recount_next()


@pytest.fixture
def someone_else(ada: Requester) -> Iterator[psycopg.Connection]:
    """Give a connection of its own in a transaction that is at work, as that of another program may be."""
    settings = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    with psycopg.connect(**{name: settings[name] for name in names if name in settings}) as other:
        other.execute("SELECT pg_current_xact_id()")
        yield other
        other.rollback()


class _SlowSubmission:
    """A submission that has taken its event's id, and is not visible before it is told to go on."""

    def __init__(self, worker: Worker, hit: HIT) -> None:
        self._worker, self._hit = worker, hit
        self._may_commit, self._has_written = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._submit)
        self._thread.start()
        assert self._has_written.wait(30)

    def _submit(self) -> None:
        with transaction.atomic():
            a_submitted_assignment(self._worker, self._hit)
            self._has_written.set()
            self._may_commit.wait(30)
        connection.close()

    def commit(self) -> None:
        self._may_commit.set()
        self._thread.join()


def filled_until_submitted(ada: Requester, count: int) -> int:
    """Fill until so many are counted; the transactions of other tests' databases may hold it up."""
    give_up_at = time.monotonic() + 60
    while totals(ada).submitted < count and time.monotonic() < give_up_at:
        filling.fill_all()
        time.sleep(0.02)
    return totals(ada).submitted


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_an_event_that_becomes_visible_late_is_counted_all_the_same(ada, cleo):
    first, second, _ = hits_of(a_batch(a_project(ada)))
    filling.fill_all()
    slow = _SlowSubmission(cleo, first)
    a_submitted_assignment(a_worker("Dan"), second)
    filling.fill_all()
    assert totals(ada).submitted == 1
    slow.commit()
    assert filled_until_submitted(ada, 2) == 2
    assert_figures_are_right()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_late_event_is_counted_though_an_earlier_look_was_still_owed_when_it_was_passed(
    ada, cleo, someone_else
):
    first, second, _ = hits_of(a_batch(a_project(ada)))
    filling.fill_all()
    slow = _SlowSubmission(cleo, first)
    a_submitted_assignment(a_worker("Dan"), second)
    filling.fill_all()
    slow.commit()
    someone_else.rollback()
    assert filled_until_submitted(ada, 2) == 2
    assert_figures_are_right()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_took_its_number_last_is_waited_for(ada, someone_else):
    with transaction.atomic():
        assert not filling._are_over(filling._next_transaction() or 0)
    someone_else.rollback()
    someone_else.execute("SELECT pg_current_xact_id()")
    with transaction.atomic():
        number = filling._next_transaction() or 0
    assert not filling._are_over(number)
