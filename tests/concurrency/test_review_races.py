"""Processes that carry out the same review at once, one of them killed on the way."""

import subprocess
import sys

import pytest

from kempelen.domain.actions import assignments, bulk_reviews, claims
from kempelen.domain.models import HIT, Assignment, Decision, Event, Payment
from tests.domain.queues import a_group
from tests.factories import a_requester, an_anonymous_worker

HITS, EACH = 20, 2


def carried_on(review_pk: int) -> "subprocess.Popen[str]":
    """A process that goes on with the review."""
    command = [sys.executable, "-m", "tests.concurrency.review_race", str(review_pk)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_review_is_done_once_whoever_does_it_and_whoever_dies(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    requester = a_requester()
    group = a_group(requester, hits=HITS, places=EACH)
    for worker in [an_anonymous_worker() for _ in range(EACH)]:
        for _ in range(HITS):
            assignments.submit(claims.accept_next(worker, group).public_id, {"a": "yes"})
    monkeypatch.setattr(bulk_reviews, "PAGE", 3)
    review = bulk_reviews.plan(requester, group, "approve", selection={})
    bulk_reviews.confirm(review)
    first, second = carried_on(review.pk), carried_on(review.pk)
    assert first.stdout
    first.stdout.readline()
    first.kill()
    first.communicate()
    _, errors = second.communicate(timeout=600)
    assert second.returncode == 0, errors
    review.refresh_from_db()
    assert (review.state, review.figures["decided"]) == ("done", {"approve": 40, "cents": 200})
    assert Assignment.objects.filter(status="Approved").count() == HITS * EACH
    assert Payment.objects.filter(kind="reward").count() == HITS * EACH
    assert Event.objects.filter(kind="AssignmentApproved").count() == HITS * EACH
    assert Event.objects.filter(kind="WorkReviewed").count() == 1
    assert Decision.objects.filter(state="done").count() == HITS * EACH
    assert HIT.objects.filter(reviewed_count=EACH, unreviewed_count=0).count() == HITS
