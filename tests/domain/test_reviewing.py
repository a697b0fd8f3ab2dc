"""Review policies at work (mturk-api.md §5)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kempelen.domain.actions import assignments, claims, settling
from kempelen.domain.models import (
    HIT,
    Assignment,
    Event,
    HITGroup,
    Payment,
    Requester,
    ReviewAction,
    ReviewResult,
    Worker,
)
from tests.domain.moving_clock import MovingClock
from tests.domain.quality.policies import known_answers, plurality
from tests.domain.queues import a_group
from tests.factories import a_worker


def a_reviewed_group(
    requester: Requester,
    *,
    assignment: dict[str, Any] | None = None,
    hit: dict[str, Any] | None = None,
    **group: int,
) -> HITGroup:
    """A HIT with these review policies, alone in its group."""
    made = a_group(requester, **{"hits": 1, **group})
    given = {"Assignment": assignment, "HIT": hit}
    HIT.objects.filter(group=made).update(
        review_policies={level: policy for level, policy in given.items() if policy}
    )
    return made


def submit(group: HITGroup, worker: Worker, **answers: str) -> Assignment:
    accepted = claims.accept_next(worker, group)
    return assignments.submit(accepted.public_id, answers).assignment


def done() -> list[tuple[str, str, str]]:
    """Each action's name, status and result, in their order."""
    return list(ReviewAction.objects.order_by("pk").values_list("name", "status", "result"))


def found() -> list[tuple[str, str, str, str]]:
    rows = ReviewResult.objects.order_by("pk")
    return list(rows.values_list("subject_type", "question_id", "key", "value"))


def test_a_right_answer_is_approved_and_paid(ada: Requester, cleo: Worker) -> None:
    policy = known_answers(ApproveIfKnownAnswerScoreIsAtLeast="100", ApproveReason="All right")
    mine = submit(a_reviewed_group(ada, assignment=policy), cleo, q=" a ")
    assert (mine.status, mine.feedback) == ("Approved", "All right")
    assert Payment.objects.get().assignment == mine
    assert done() == [
        ("review", "Succeeded", "Reviewed one known answer; 1/1 correct"),
        ("approve", "Succeeded", "Approved"),
    ]
    assert found() == [
        ("Assignment", "q", "KnownAnswerCorrect", "1"),
        ("Assignment", "", "KnownAnswerScore", "100"),
    ]
    assert HIT.objects.get().reviewed_count == 1


def test_a_wrong_answer_is_rejected_and_its_hit_extended(ada: Requester, cleo: Worker, dan: Worker) -> None:
    policy = known_answers(
        RejectIfKnownAnswerScoreIsLessThan="50",
        RejectReason="Read the text first",
        ExtendIfKnownAnswerScoreIsLessThan="50",
    )
    group = a_reviewed_group(ada, assignment=policy)
    mine = submit(group, cleo, q="b")
    assert (mine.status, mine.feedback) == ("Rejected", "Read the text first")
    hit = HIT.objects.get()
    assert (hit.status, hit.max_assignments, hit.places_left, hit.reviewed_count) == ("Assignable", 2, 1, 1)
    assert not Event.objects.filter(kind="HITReviewable").exists()
    assert submit(group, dan, q="a").status == "Submitted"
    assert HIT.objects.get().status == "Reviewable"


def test_a_hit_is_not_extended_beyond_its_limits(ada: Requester) -> None:
    policy = known_answers(ExtendIfKnownAnswerScoreIsLessThan="101", ExtendMaximumAssignments="25")
    group = a_reviewed_group(ada, assignment=policy, places=8)
    for _ in range(9):
        submit(group, a_worker(), q="b")
    # A HIT made with fewer than 10 assignments never has 10 (mturk-api.md §5.1).
    assert HIT.objects.get().max_assignments == 9
    failed = ReviewAction.objects.filter(status="Failed").first()
    assert failed and failed.error_code == "AWS.MechanicalTurk.InvalidMaximumAssignmentsIncrease"
    few = known_answers(ExtendIfKnownAnswerScoreIsLessThan="101", ExtendMaximumAssignments="2")
    another = a_reviewed_group(ada, assignment=few)
    for _ in range(2):
        submit(another, a_worker(), q="b")
    assert HIT.objects.get(group=another).max_assignments == 2


def test_an_extended_hit_is_given_out_for_so_long_at_least(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    policy = known_answers(ExtendIfKnownAnswerScoreIsLessThan="50", ExtendMinimumTimeInSeconds="7200")
    group = a_reviewed_group(ada, assignment=policy, lifetime_seconds=60)
    accepted = claims.accept_next(cleo, group)
    moving_clock.forward(120)
    settling.settle_due()
    assignments.submit(accepted.public_id, {"q": "b"})
    hit = HIT.objects.get()
    assert (hit.status, hit.expired_at) == ("Assignable", None)
    assert hit.expires_at == moving_clock.now() + timedelta(seconds=7200)


def test_what_a_policy_cannot_do_is_recorded_and_the_answer_counts(ada: Requester, cleo: Worker) -> None:
    policy = known_answers(ApproveIfKnownAnswerScoreIsAtLeast="0", RejectIfKnownAnswerScoreIsLessThan="101")
    mine = submit(a_reviewed_group(ada, assignment=policy), cleo, q="b")
    assert mine.status == "Approved"
    rejection = ReviewAction.objects.get(name="reject")
    assert (rejection.status, rejection.result, rejection.error_code) == (
        "Failed",
        "Assignment was in an invalid state for this operation.",
        "AWS.MechanicalTurk.InvalidAssignmentState",
    )


def test_a_policy_comes_before_an_approval_without_delay(ada: Requester, cleo: Worker, dan: Worker) -> None:
    policy = known_answers(RejectIfKnownAnswerScoreIsLessThan="50")
    group = a_reviewed_group(ada, assignment=policy, places=2, auto_approval_delay_seconds=0)
    assert submit(group, cleo, q="b").status == "Rejected"
    assert submit(group, dan, q="a").status == "Approved"
    assert [paid.worker for paid in Payment.objects.all()] == [dan]


def test_a_policy_that_cannot_be_read_harms_no_worker(ada: Requester, cleo: Worker) -> None:
    group = a_reviewed_group(ada, assignment={"PolicyName": "ScoreMyKnownAnswers/2011-09-01"})
    assert submit(group, cleo, q="a").status == "Submitted"


def test_agreement_decides_when_the_hit_becomes_reviewable(ada: Requester) -> None:
    policy = plurality(
        ApproveIfWorkerAgreementScoreIsAtLeast="100",
        RejectIfWorkerAgreementScoreIsLessThan="50",
        RejectReason="The others saw it otherwise",
    )
    group = a_reviewed_group(ada, hit=policy, places=3)
    first, second = (submit(group, a_worker(), q="x") for _ in range(2))
    assert not done()
    third = submit(group, a_worker(), q="y")
    statuses = Assignment.objects.in_bulk([first.pk, second.pk, third.pk])
    assert [statuses[its.pk].status for its in (first, second, third)] == ["Approved", "Approved", "Rejected"]
    assert (third.status, third.feedback) == ("Rejected", "The others saw it otherwise")
    assert found() == [
        ("Question", "q", "AgreedAnswerFound", "true"),
        ("Question", "q", "AgreedAnswer", "x"),
        ("Question", "q", "AnswerAgreementScore", "66"),
        ("Assignment", "", "WorkerAgreementScore", "100"),
        ("Assignment", "", "PluralityAnswersCorrect", "1"),
        ("Assignment", "", "PluralityAnswersIncorrect", "0"),
        ("Assignment", "", "WorkerAgreementScore", "100"),
        ("Assignment", "", "PluralityAnswersCorrect", "1"),
        ("Assignment", "", "PluralityAnswersIncorrect", "0"),
        ("Assignment", "", "WorkerAgreementScore", "0"),
        ("Assignment", "", "PluralityAnswersCorrect", "0"),
        ("Assignment", "", "PluralityAnswersIncorrect", "1"),
        ("HIT", "", "HitAgreementScore", "100"),
    ]


def test_without_agreement_the_hit_is_extended_until_its_limit(ada: Requester) -> None:
    policy = plurality(
        ExtendIfHITAgreementScoreIsLessThan="100",
        ExtendMaximumAssignments="3",
        ExtendMinimumTimeInSeconds="60",
        ApproveIfWorkerAgreementScoreIsAtLeast="100",
    )
    group = a_reviewed_group(ada, hit=policy, places=2)
    for answer in ("x", "y"):
        submit(group, a_worker(), q=answer)
    hit = HIT.objects.get()
    assert (hit.status, hit.max_assignments, hit.reviewed_count) == ("Assignable", 3, 0)
    submit(group, a_worker(), q="x")
    hit = HIT.objects.get()
    assert (hit.status, hit.max_assignments, hit.reviewed_count) == ("Reviewable", 3, 2)
    assert [name for name, _, _ in done()] == ["review", "extend", "review", "approve", "approve"]


def test_rejected_and_badly_scored_work_is_left_out_of_the_comparison(ada: Requester) -> None:
    gold = known_answers(AnswerKey={"gold": ["1"]})
    policy = plurality(
        DisregardAssignmentIfRejected="T", DisregardAssignmentIfKnownAnswerScoreIsLessThan="100"
    )
    group = a_reviewed_group(ada, assignment=gold, hit=policy, places=3)
    rejected = submit(group, a_worker(), q="y", gold="1")
    assignments.reject(ada, rejected.public_id, feedback="No.")
    submit(group, a_worker(), q="y", gold="0")
    submit(group, a_worker(), q="x", gold="1")
    assert ("Question", "q", "AgreedAnswer", "x") in found()
    assert ReviewResult.objects.filter(key="WorkerAgreementScore").count() == 1


@pytest.mark.parametrize("all_at_once", [True, False])
def test_a_hit_that_expires_is_compared_too_but_gets_no_more_places_than_were_taken(
    ada: Requester, cleo: Worker, dan: Worker, moving_clock: MovingClock, all_at_once: bool
) -> None:
    policy = plurality(
        ExtendIfHITAgreementScoreIsLessThan="100",
        ExtendMaximumAssignments="9",
        ExtendMinimumTimeInSeconds="60",
    )
    group = a_reviewed_group(ada, hit=policy, places=3, auto_approval_delay_seconds=100_000)
    submit(group, cleo, q="x")
    submit(group, dan, q="y")
    moving_clock.forward(4000)
    if all_at_once:
        settling.settle_due()
    else:
        settling.settle_hit(HIT.objects.get().pk)
    hit = HIT.objects.get()
    assert (hit.status, hit.max_assignments) == ("Reviewable", 3)
    assert [name for name, _, _ in done()] == ["review", "extend"]


def test_hits_without_policies_ask_the_database_nothing_more(ada: Requester, cleo: Worker) -> None:
    counts = []
    for policies in (None, {}):
        group = a_group(ada, hits=1)
        HIT.objects.filter(group=group).update(review_policies=policies)
        accepted = claims.accept_next(cleo, group)
        with CaptureQueriesContext(connection) as asked:
            assignments.submit(accepted.public_id, {"q": "a"})
        counts.append(len(asked))
        assert not any("review" in query["sql"] and "kempelen_review" in query["sql"] for query in asked)
    assert counts[0] == counts[1]
