"""What review policies find and decide: the rules of mturk-api.md §5, written once more.

Answers here are to two questions, `a` and `b`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.domain.quality.policies import a_policy

QUESTIONS = ("a", "b")
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Limits:
    """What a percentage leads to; None leads to nothing.  `most` assignments is a total."""

    approve_from: int | None = None
    reject_below: int | None = None
    extend_below: int | None = None
    most: int = 3
    seconds: int | None = None

    def approves(self, percent: int) -> bool:
        """Whether work of so many percent is approved."""
        return self.approve_from is not None and percent >= self.approve_from

    def rejects(self, percent: int) -> bool:
        """Whether work of so many percent is rejected."""
        return self.reject_below is not None and percent < self.reject_below

    def extends(self, percent: int) -> bool:
        """Whether the HIT is to be done once more."""
        return self.extend_below is not None and percent < self.extend_below


@dataclass(frozen=True)
class KnownAnswers:
    """ScoreMyKnownAnswers: `yes` is right for `a`, and `b` has one of its own where it is asked for."""

    limits: Limits
    asks_for_b: bool = False

    @property
    def key(self) -> dict[str, list[str]]:
        """The right answers."""
        return {"a": ["yes"]} | ({"b": ["left"]} if self.asks_for_b else {})

    def score(self, answers: Answers) -> int:
        """The percentage of right answers (§5.1)."""
        right = [answers.get(question) == its[0] for question, its in self.key.items()]
        return 100 * sum(right) // len(right)

    def given(self) -> dict[str, Any]:
        """The policy as a request has it."""
        names = ("ApproveIfKnownAnswerScoreIsAtLeast", "RejectIfKnownAnswerScoreIsLessThan")
        return a_policy(
            "ScoreMyKnownAnswers/2011-09-01",
            AnswerKey=self.key,
            RejectReason="Known to be wrong.",
            **_given(self.limits, *names, "ExtendIfKnownAnswerScoreIsLessThan"),
        )


@dataclass(frozen=True)
class Plurality:
    """SimplePlurality over both questions."""

    limits: Limits
    threshold: int = 50
    disregards_rejected: bool = False
    disregards_below: int | None = None

    def given(self) -> dict[str, Any]:
        """The policy as a request has it."""
        names = ("ApproveIfWorkerAgreementScoreIsAtLeast", "RejectIfWorkerAgreementScoreIsLessThan")
        more = _given(self.limits, *names, "ExtendIfHITAgreementScoreIsLessThan")
        if self.disregards_below is not None:
            more["DisregardAssignmentIfKnownAnswerScoreIsLessThan"] = str(self.disregards_below)
        return a_policy(
            "SimplePlurality/2011-09-01",
            QuestionIds=list(QUESTIONS),
            QuestionAgreementThreshold=str(self.threshold),
            DisregardAssignmentIfRejected="T" if self.disregards_rejected else "F",
            RejectReason="Others say otherwise.",
            **more,
        )

    def agreed(self, answers: Sequence[Answers]) -> dict[str, str]:
        """The answers that enough workers gave, by question; of two equally common ones neither (§5.2)."""
        found = {}
        for question in QUESTIONS:
            most = Counter(its[question] for its in answers).most_common(2)
            if not most or (len(most) == 2 and most[0][1] == most[1][1]):
                continue
            percent = 100 * most[0][1] // len(answers)
            if percent > self.threshold or percent == 100:
                found[question] = most[0][0]
        return found


def agreement_of(answers: Answers, agreed: Answers) -> int | None:
    """The Worker Agreement Score; nobody is judged where nothing is agreed."""
    if not agreed:
        return None
    return 100 * sum(answers[question] == its for question, its in agreed.items()) // len(agreed)


def _given(limits: Limits, approve: str, reject: str, extend: str) -> dict[str, str]:
    named = {approve: limits.approve_from, reject: limits.reject_below, extend: limits.extend_below}
    if limits.extend_below is not None:
        named |= {"ExtendMaximumAssignments": limits.most, "ExtendMinimumTimeInSeconds": limits.seconds}
    return {name: str(value) for name, value in named.items() if value is not None}
