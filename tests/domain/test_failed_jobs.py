"""Background work that failed for the last time waits for somebody to try it again or give it up."""

import pytest
from django.db import OperationalError

from kempelen.domain.actions import bulk_reviews, failed_jobs, prolonging, workers_changes
from kempelen.domain.errors import NotFound, WrongState
from kempelen.domain.models import Assignment, BulkReview, Event, HITGroup, Job, Requester, Worker
from kempelen.jobs import kinds, queue, working
from tests.domain.queues import a_group
from tests.domain.test_bulk_reviews import APPROVE, do_jobs, five_answers
from tests.factories import owner_of


def fail_at_once(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Have the next job fail for the last time."""

    def broken(job: Job) -> None:
        raise error

    monkeypatch.setattr(queue, "MAX_ATTEMPTS", 1)
    assert working.do_next("me", dict.fromkeys(kinds.KINDS, broken))


@pytest.fixture
def stopped(ada: Requester, cleo: Worker, small_pages: None, monkeypatch: pytest.MonkeyPatch) -> BulkReview:
    """A review of five answers that failed after the first two."""
    review = bulk_reviews.plan(ada, five_answers(ada, cleo), APPROVE, selection={})
    do_jobs()
    Job.objects.all().delete()
    review.refresh_from_db()
    bulk_reviews.confirm(review)
    fail_at_once(monkeypatch, OperationalError("database is locked"))
    review.refresh_from_db()
    return review


def approved() -> int:
    return Assignment.objects.filter(status="Approved").count()


def test_a_failed_review_stays_where_it_stopped_and_says_why(stopped: BulkReview) -> None:
    (job,) = failed_jobs.of(stopped)
    assert (stopped.state, approved()) == ("deciding", 2)
    assert failed_jobs.reason_of(job.problem) == "The database was too busy for a long time."
    told = Event.objects.get(kind="JobFailed")
    assert (told.requester_pk, told.data["job"], told.is_audited) == (
        stopped.requester_id,
        "decide_review",
        True,
    )


def test_tried_again_it_goes_on_where_it_stopped(stopped: BulkReview, ada: Requester) -> None:
    (job,) = failed_jobs.of(stopped)
    failed_jobs.try_again(job, by=owner_of(ada))
    failed_jobs.try_again(job, by=owner_of(ada))
    assert not failed_jobs.of(stopped)
    assert working.do_next("me")
    stopped.refresh_from_db()
    assert (stopped.state, stopped.figures["decided"], approved()) == (
        "done",
        {"approve": 5, "cents": 25},
        5,
    )
    assert Event.objects.filter(kind="JobTriedAgain").count() == 1


def test_given_up_it_is_over_and_can_still_be_taken_back(stopped: BulkReview) -> None:
    (job,) = failed_jobs.of(stopped)
    failed_jobs.give_up(job)
    failed_jobs.try_again(job)
    stopped.refresh_from_db()
    assert (stopped.state, stopped.figures["decided"]) == (
        "done",
        {"approve": 2, "cents": 10, "left given_up": 3},
    )
    assert not working.do_next("me")
    bulk_reviews.undo(stopped)
    do_jobs()
    assert approved() == 0


def test_taking_back_that_failed_can_be_given_up(
    stopped: BulkReview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_reviews, "PAGE", 1)
    bulk_reviews.undo(stopped)
    assert not failed_jobs.of(stopped)  # what was being done is not done any more
    fail_at_once(monkeypatch, ValueError("no luck"))
    (job,) = failed_jobs.of(stopped)
    failed_jobs.give_up(job)
    stopped.refresh_from_db()
    assert (stopped.state, stopped.figures["undone"]) == (
        "undone",
        {"approve": 1, "cents": 5, "kept given_up": 1},
    )


def test_hits_that_could_not_all_be_extended_can_be_changed_again_after_a_word(
    ada: Requester, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = a_group(ada, hits=3)
    prolonging.extend(group, more=1)
    fail_at_once(monkeypatch, ValueError("no luck"))
    with pytest.raises(WrongState):
        prolonging.expire(group)
    (job,) = failed_jobs.of(group)
    failed_jobs.give_up(job)
    prolonging.expire(group)


def test_a_refusal_is_told_in_its_own_words(
    stopped: BulkReview, ada: Requester, cleo: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_changes, "AT_ONCE", 0)
    change = workers_changes.ask_for(ada, "unblock", [cleo.pk], {"reason": ""})
    fail_at_once(monkeypatch, WrongState("Not now."))
    (job,) = failed_jobs.of(change)
    assert failed_jobs.reason_of(job.problem) == "Not now."
    failed_jobs.give_up(job)
    change.refresh_from_db()
    assert change.finished_at


def test_only_its_own_requester_finds_it(stopped: BulkReview, ada: Requester, ben: Requester) -> None:
    (job,) = failed_jobs.of(stopped)
    assert failed_jobs.found(ada, job.pk) == job
    with pytest.raises(NotFound):
        failed_jobs.found(ben, job.pk)


def test_work_whose_subject_says_that_it_failed_is_only_taken_off_the_list(ada: Requester) -> None:
    now = ada.created_at
    job = Job.objects.create(kind="publish_batch", created_at=now, due_at=now, finished_at=now, failed_at=now)
    with pytest.raises(WrongState):
        failed_jobs.try_again(job)
    failed_jobs.dismiss(job)
    job.refresh_from_db()
    assert job.failed_at is None


def test_a_group_knows_nothing_of_what_failed_elsewhere(stopped: BulkReview, ada: Requester) -> None:
    assert isinstance(stopped.of, HITGroup)
    assert not failed_jobs.of(stopped.of)
