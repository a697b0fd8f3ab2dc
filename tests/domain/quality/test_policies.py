"""Which review policies are accepted when a HIT is made (mturk-api.md §5)."""

from typing import Any

import pytest

from kempelen.domain.errors import InvalidValue
from kempelen.domain.quality import policies
from tests.domain.quality.policies import a_policy, known_answers, plurality

KNOWN_ANSWERS_IN_FULL = known_answers(
    AnswerKey={"q": ["a"], "r": ["b", "c"]},
    ApproveIfKnownAnswerScoreIsAtLeast="101",
    ApproveReason="Well done",
    RejectIfKnownAnswerScoreIsLessThan="0",
    RejectReason="Read the instructions",
    ExtendIfKnownAnswerScoreIsLessThan="50",
    ExtendMaximumAssignments="25",
    ExtendMinimumTimeInSeconds="60",
)
PLURALITY_IN_FULL = plurality(
    QuestionIds=[f"q{number}" for number in range(15)],
    QuestionAgreementThreshold="100",
    DisregardAssignmentIfRejected="T",
    DisregardAssignmentIfKnownAnswerScoreIsLessThan="50",
    ExtendIfHITAgreementScoreIsLessThan="100",
    ExtendMaximumAssignments="7",
    ExtendMinimumTimeInSeconds="31536000",
    ApproveIfWorkerAgreementScoreIsAtLeast="60",
    RejectIfWorkerAgreementScoreIsLessThan="30",
    RejectReason="Others saw it otherwise",
)


@pytest.mark.parametrize(
    ("policy", "level"),
    [
        (known_answers(), "Assignment"),
        (KNOWN_ANSWERS_IN_FULL, "Assignment"),
        (plurality(), "HIT"),
        (PLURALITY_IN_FULL, "HIT"),
        (
            a_policy("SimplePlurality/2011-09-01", QuestionIDs=["q"], QuestionAgreementThreshold="49"),
            "HIT",
        ),
        (plurality(ApproveIfWorkerAgreementScoreIsNotLessThan="60"), "HIT"),
    ],
)
def test_whole_policies_are_accepted(policy: dict[str, Any], level: str) -> None:
    policies.check(policy, level)


@pytest.mark.parametrize(
    ("policy", "level", "named"),
    [
        (known_answers(), "HIT", "PolicyName"),
        (plurality(), "Assignment", "PolicyName"),
        (a_policy("ScoreMyKnownAnswers/2011-09-02"), "Assignment", "PolicyName"),
        (a_policy("ScoreMyKnownAnswers/2011-09-01"), "Assignment", "AnswerKey"),
        (known_answers(AnswerKey={}), "Assignment", "AnswerKey"),
        (known_answers(AnswerKey={"q" * 129: ["a"]}), "Assignment", "AnswerKey"),
        (plurality(QuestionIds=["q" * 129]), "HIT", "QuestionIds"),
        (plurality(QuestionIds=["q", "q"]), "HIT", "QuestionIds"),
        (known_answers(ApproveIfKnownAnswerScoreIsAtLeast="102"), "Assignment", "ApproveIfKnown"),
        (known_answers(RejectIfKnownAnswerScoreIsLessThan="-1"), "Assignment", "RejectIfKnown"),
        (known_answers(RejectIfKnownAnswerScoreIsLessThan="5.5"), "Assignment", "RejectIfKnown"),
        (known_answers(RejectIfKnownAnswerScoreIsLessThan=["5", "6"]), "Assignment", "RejectIfKnown"),
        (known_answers(ExtendMaximumAssignments="26"), "Assignment", "ExtendMaximumAssignments"),
        (known_answers(ExtendMinimumTimeInSeconds="59"), "Assignment", "ExtendMinimumTimeInSeconds"),
        (known_answers(RejectReason="x" * 1025), "Assignment", "RejectReason"),
        (known_answers(RejectReason="bell \a"), "Assignment", "RejectReason"),
        (known_answers(AproveReason="typed wrong"), "Assignment", "Key"),
        (plurality(QuestionIds=[]), "HIT", "QuestionIds"),
        (plurality(QuestionIds=[str(number) for number in range(16)]), "HIT", "QuestionIds"),
        (plurality(QuestionIDs=["q"]), "HIT", "Key"),
        (plurality(QuestionAgreementThreshold="101"), "HIT", "QuestionAgreementThreshold"),
        (plurality(DisregardAssignmentIfRejected="perhaps"), "HIT", "DisregardAssignmentIfRejected"),
        (plurality(ExtendIfHITAgreementScoreIsLessThan="50"), "HIT", "ExtendMaximumAssignments"),
        (plurality(ExtendIfHITAgreementScoreIsLessThan="0"), "HIT", "ExtendMaximumAssignments"),
    ],
)
def test_a_policy_that_is_wrong_is_refused_by_name(policy: dict[str, Any], level: str, named: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        policies.check(policy, level)
    assert named in refused.value.field
