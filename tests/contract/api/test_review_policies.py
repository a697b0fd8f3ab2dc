"""Review policies through the API: given with a HIT, carried out, and listed (mturk-api.md §5).

What they found and did is read with ListReviewPolicyResultsForHIT.
"""

from collections.abc import Callable
from typing import Any

import pytest

from kempelen.domain.models import Requester
from tests.contract.api.crowd import CrowdWorker
from tests.contract.api.hits import a_hit
from tests.domain.quality.policies import known_answers, plurality

Crowd = Callable[..., CrowdWorker]


def results(mturk: Any, hit: dict[str, Any], **asked: Any) -> dict[str, Any]:
    answer: dict[str, Any] = mturk.list_review_policy_results_for_hit(HITId=hit["HITId"], **asked)
    return answer


def found(report: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(its["SubjectType"], its["Key"], its["Value"]) for its in report["ReviewResults"]]


def done(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(its["ActionName"], its["Status"]) for its in report["ReviewActions"]]


def test_known_answers_approve_reject_and_extend(mturk: Any, crowd: Crowd) -> None:
    # §5.1: all three actions of the policy, really done.
    policy = known_answers(
        AnswerKey={"gold": ["1"], "silver": ["2", "3"]},
        ApproveIfKnownAnswerScoreIsAtLeast="100",
        RejectIfKnownAnswerScoreIsLessThan="51",
        RejectReason="Please read the instructions.",
        ExtendIfKnownAnswerScoreIsLessThan="51",
        ExtendMaximumAssignments="3",
    )
    hit = a_hit(mturk, MaxAssignments=1, AssignmentReviewPolicy=policy)
    wrong = crowd().answer(hit["HITId"], {"gold": "1", "silver": "2"})
    seen = mturk.get_hit(HITId=hit["HITId"])["HIT"]
    assert (seen["HITStatus"], seen["MaxAssignments"], seen["NumberOfAssignmentsAvailable"]) == (
        "Assignable",
        2,
        1,
    )
    right = crowd().answer(hit["HITId"], {"gold": " 1 ", "silver": ["3", "2"]})
    rejected = mturk.get_assignment(AssignmentId=wrong)["Assignment"]
    assert rejected["AssignmentStatus"] == "Rejected"
    assert rejected["RequesterFeedback"] == "Please read the instructions."
    assert mturk.get_assignment(AssignmentId=right)["Assignment"]["AssignmentStatus"] == "Approved"
    report = results(mturk, hit, MaxResults=100)["AssignmentReviewReport"]
    assert done(report) == [
        ("review", "Succeeded"),
        ("extend", "Succeeded"),
        ("reject", "Succeeded"),
        ("review", "Succeeded"),
        ("approve", "Succeeded"),
    ]
    assert found(report) == [
        ("Assignment", "KnownAnswerCorrect", "1"),
        ("Assignment", "KnownAnswerCorrect", "0"),
        ("Assignment", "KnownAnswerScore", "50"),
        ("Assignment", "KnownAnswerCorrect", "1"),
        ("Assignment", "KnownAnswerCorrect", "1"),
        ("Assignment", "KnownAnswerScore", "100"),
    ]
    assert [its.get("QuestionId") for its in report["ReviewResults"][:3]] == ["gold", "silver", None]
    assert report["ReviewResults"][0]["SubjectId"] == wrong
    assert report["ReviewActions"][1]["TargetId"] == hit["HITId"]


def test_agreement_is_found_when_all_answers_are_in(mturk: Any, crowd: Crowd) -> None:
    # §5.2
    policy = plurality(
        QuestionIds=["A", "B"],
        ApproveIfWorkerAgreementScoreIsAtLeast="100",
        RejectIfWorkerAgreementScoreIsLessThan="1",
    )
    hit = a_hit(mturk, MaxAssignments=3, HITReviewPolicy=policy)
    given = ({"A": "coat", "B": "x"}, {"A": "coat", "B": "y"}, {"A": "hat", "B": "z"})
    for answer in given:
        crowd().answer(hit["HITId"], answer)
    listed = mturk.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"]
    assert [its["AssignmentStatus"] for its in listed] == ["Approved", "Approved", "Rejected"]
    answer = results(mturk, hit, MaxResults=100)
    assert answer["HITReviewPolicy"] == {"PolicyName": "SimplePlurality/2011-09-01"}
    assert "AssignmentReviewReport" not in answer
    assert ("HIT", "HitAgreementScore", "50") in found(answer["HITReviewReport"])
    assert ("Question", "AgreedAnswer", "coat") in found(answer["HITReviewReport"])
    assert done(answer["HITReviewReport"]) == [
        ("review", "Succeeded"),
        ("approve", "Succeeded"),
        ("approve", "Succeeded"),
        ("reject", "Succeeded"),
    ]


def test_results_come_in_pages_and_by_choice(mturk: Any, crowd: Crowd) -> None:
    # §5.3; botocore has no paginator for this operation.
    hit = a_hit(mturk, AssignmentReviewPolicy=known_answers(), HITReviewPolicy=plurality())
    crowd().answer(hit["HITId"], {"q": "a"})
    seen, asked = [], {"MaxResults": 2}
    for _ in range(20):
        page = results(mturk, hit, **asked)
        reports = [page["AssignmentReviewReport"], page["HITReviewReport"]]
        rows = [row for its in reports for row in its["ReviewResults"] + its["ReviewActions"]]
        assert len(rows) <= 2
        seen += [row.get("Key", row.get("ActionName")) for row in rows]
        if "NextToken" not in page:
            break
        asked["NextToken"] = page["NextToken"]
    assert seen == [
        "KnownAnswerCorrect",
        "KnownAnswerScore",
        "review",
        "AgreedAnswerFound",
        "AgreedAnswer",
        "AnswerAgreementScore",
        "WorkerAgreementScore",
        "PluralityAnswersCorrect",
        "PluralityAnswersIncorrect",
        "HitAgreementScore",
        "review",
    ]
    chosen = results(mturk, hit, PolicyLevels=["Assignment"], RetrieveActions=False)
    assert "HITReviewReport" not in chosen
    assert len(chosen["AssignmentReviewReport"]["ReviewResults"]) == 2
    assert not chosen["AssignmentReviewReport"]["ReviewActions"]


def test_a_hit_without_policies_has_no_reports(mturk: Any) -> None:
    answer = results(mturk, a_hit(mturk))
    assert set(answer) == {"HITId", "ResponseMetadata"}


def test_nobody_sees_the_results_of_another_requester(mturk: Any, mturk_of: Any, ben: Requester) -> None:
    hit = a_hit(mturk, HITReviewPolicy=plurality())
    other = mturk_of(ben)
    with pytest.raises(other.exceptions.RequestError) as refusal:
        results(other, hit)
    assert refusal.value.response["TurkErrorCode"] == "AWS.MechanicalTurk.HITDoesNotExist"


@pytest.mark.parametrize(
    "policies",
    [
        {"AssignmentReviewPolicy": plurality()},
        {"HITReviewPolicy": known_answers()},
        {"HITReviewPolicy": {"PolicyName": "SimplePlurality/2011-09-01"}},
        {"AssignmentReviewPolicy": known_answers(ApproveIfKnownAnswerScoreIsAtLeast="102")},
    ],
)
def test_a_policy_that_is_wrong_makes_no_hit(mturk: Any, policies: dict[str, Any]) -> None:
    with pytest.raises(mturk.exceptions.ClientError) as refusal:
        a_hit(mturk, **policies)
    assert refusal.value.response["Error"]["Code"] == "ParameterValidationError"
    assert mturk.list_hits()["NumResults"] == 0
