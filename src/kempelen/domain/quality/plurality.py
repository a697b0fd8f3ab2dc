"""SimplePlurality/2011-09-01: answers are judged by how many workers gave the same.

mturk-api.md §5.2.  Percentages are cut off, not rounded, as in the documented example.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kempelen.domain.errors import InvalidParameter
from kempelen.domain.quality import given
from kempelen.domain.quality.given import Answers
from kempelen.domain.quality.parameters import YEAR_SECONDS, Parameters, is_question_id

NAME = "SimplePlurality/2011-09-01"

_QUESTIONS = ("QuestionIds", "QuestionIDs")
_THRESHOLD = "QuestionAgreementThreshold"
_IGNORE_REJECTED = "DisregardAssignmentIfRejected"
_IGNORE_BELOW = "DisregardAssignmentIfKnownAnswerScoreIsLessThan"
_EXTEND = "ExtendIfHITAgreementScoreIsLessThan"
_MOST = "ExtendMaximumAssignments"
_LEAST_SECONDS = "ExtendMinimumTimeInSeconds"
_APPROVE = ("ApproveIfWorkerAgreementScoreIsAtLeast", "ApproveIfWorkerAgreementScoreIsNotLessThan")
_REJECT = "RejectIfWorkerAgreementScoreIsLessThan"
_REJECT_REASON = "RejectReason"
_KEYS = frozenset(
    {
        *_QUESTIONS,
        _THRESHOLD,
        _IGNORE_REJECTED,
        _IGNORE_BELOW,
        _EXTEND,
        _MOST,
        _LEAST_SECONDS,
        *_APPROVE,
        _REJECT,
        _REJECT_REASON,
    }
)

MOST_QUESTIONS = 15
LONGEST_ANSWER = 256
_ALL = 100
_MOST_ASSIGNMENTS = 1_000_000_000


@dataclass(frozen=True)
class Plurality:
    """The policy: which questions are compared, and what agreement leads to; None leads to nothing."""

    questions: tuple[str, ...]
    threshold: int
    ignores_rejected: bool = False
    ignores_below: int | None = None
    extend_below: int | None = None
    most_assignments: int = 0
    least_seconds: int = 0
    approve_at_least: int | None = None
    reject_below: int | None = None
    reject_reason: str = ""


@dataclass(frozen=True)
class Agreement:
    """How far workers agree on a question: the percentage who gave the most common answer.

    `answer` is None where nothing is agreed; it may be empty where workers agree on giving nothing.
    """

    question: str
    percent: int
    answer: str | None


@dataclass(frozen=True)
class Standing:
    """How an assignment stands to what is agreed."""

    correct: int
    incorrect: int

    @property
    def percent(self) -> int | None:
        """The Worker Agreement Score; None where nothing is agreed, so that nobody is judged by it."""
        agreed = self.correct + self.incorrect
        return 100 * self.correct // agreed if agreed else None


@dataclass(frozen=True)
class Judgement:
    """What the policy finds about a HIT: by question, as a whole, and by assignment."""

    questions: tuple[Agreement, ...]
    standings: Mapping[str, Standing]

    @property
    def percent(self) -> int:
        """The HIT Agreement Score: how many of the questions have an agreed answer."""
        agreed = sum(1 for question in self.questions if question.answer is not None)
        return 100 * agreed // len(self.questions)


def read(policy: Mapping[str, Any]) -> Plurality:
    """Read the policy as the API has it; what is wrong with it is `InvalidValue`, which names it."""
    parameters = Parameters(policy, _KEYS)
    questions, approve = parameters.first_of(*_QUESTIONS), parameters.first_of(*_APPROVE)
    parameters.require(questions, _THRESHOLD)
    if parameters.has(_EXTEND):
        parameters.require(_MOST, _LEAST_SECONDS)
    named = parameters.texts(questions)
    if (
        not 1 <= len(named) <= MOST_QUESTIONS
        or len(set(named)) < len(named)
        or not all(map(is_question_id, named))
    ):
        raise InvalidParameter(questions, ",".join(named))
    return Plurality(
        questions=tuple(named),
        threshold=parameters.integer(_THRESHOLD, 0, _ALL) or 0,
        ignores_rejected=parameters.flag(_IGNORE_REJECTED),
        ignores_below=parameters.integer(_IGNORE_BELOW, 0, 101),
        extend_below=parameters.integer(_EXTEND, 1, _ALL),
        most_assignments=parameters.integer(_MOST, 2, _MOST_ASSIGNMENTS) or 0,
        least_seconds=parameters.integer(_LEAST_SECONDS, 60, YEAR_SECONDS) or 0,
        approve_at_least=parameters.integer(approve, 0, 101),
        reject_below=parameters.integer(_REJECT, 0, 101),
        reject_reason=parameters.reason(_REJECT_REASON),
    )


def judge(policy: Plurality, answers_by_assignment: Mapping[str, Answers]) -> Judgement:
    """Compare the answers of a HIT's assignments with each other."""
    texts = {
        assignment: {question: _text(answers, question) for question in policy.questions}
        for assignment, answers in answers_by_assignment.items()
    }
    questions = tuple(
        _agreement(question, [its[question] for its in texts.values()], policy.threshold)
        for question in policy.questions
    )
    agreed = {its.question: its.answer for its in questions if its.answer is not None}
    return Judgement(questions, {assignment: _standing(its, agreed) for assignment, its in texts.items()})


def _text(answers: Answers, question: str) -> str | None:
    """Give the answer as it is compared; None if it is too long to count."""
    text = given.in_one(given.values_of(answers, question))
    return text if len(text) <= LONGEST_ANSWER else None


def _agreement(question: str, texts: list[str | None], threshold: int) -> Agreement:
    """Find the most common answer; where two are equally common, none is agreed."""
    counts = Counter(text for text in texts if text is not None)
    if not counts:
        return Agreement(question, 0, None)
    most = counts.most_common(2)
    answer, count = most[0]
    percent = 100 * count // counts.total()
    is_tie = len(most) > 1 and most[1][1] == count
    # Nothing is more than 100: that threshold, which real requests use, means that all agree.
    is_agreed = percent > threshold or percent == _ALL
    return Agreement(question, percent, answer if is_agreed and not is_tie else None)


def _standing(texts: Mapping[str, str | None], agreed: Mapping[str, str]) -> Standing:
    correct = sum(1 for question, answer in agreed.items() if texts[question] == answer)
    return Standing(correct, len(agreed) - correct)
