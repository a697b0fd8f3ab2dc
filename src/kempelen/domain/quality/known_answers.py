"""ScoreMyKnownAnswers/2011-09-01: an answer is judged by questions whose answers are known.

mturk-api.md §5.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kempelen.domain.errors import MissingParameter
from kempelen.domain.quality import given
from kempelen.domain.quality.given import Answers
from kempelen.domain.quality.parameters import YEAR_SECONDS, Parameters

NAME = "ScoreMyKnownAnswers/2011-09-01"

_ANSWER_KEY = "AnswerKey"
_APPROVE = "ApproveIfKnownAnswerScoreIsAtLeast"
_APPROVE_REASON = "ApproveReason"
_REJECT = "RejectIfKnownAnswerScoreIsLessThan"
_REJECT_REASON = "RejectReason"
_EXTEND = "ExtendIfKnownAnswerScoreIsLessThan"
_MOST = "ExtendMaximumAssignments"
_LEAST_SECONDS = "ExtendMinimumTimeInSeconds"
_KEYS = frozenset(
    {_ANSWER_KEY, _APPROVE, _APPROVE_REASON, _REJECT, _REJECT_REASON, _EXTEND, _MOST, _LEAST_SECONDS}
)

_MOST_BY_DEFAULT = 5


@dataclass(frozen=True)
class KnownAnswers:
    """The policy: which answers are right, and what the percentage of right ones leads to.

    A limit that is None leads to nothing.  `most_assignments` is a total, `least_seconds` how long the
    HIT is at least given out once it is extended.
    """

    key: Mapping[str, frozenset[str]]
    approve_at_least: int | None = None
    approve_reason: str = ""
    reject_below: int | None = None
    reject_reason: str = ""
    extend_below: int | None = None
    most_assignments: int = _MOST_BY_DEFAULT
    least_seconds: int = 0


@dataclass(frozen=True)
class Score:
    """Which of the known answers were given; `percent` is cut off, not rounded."""

    right: Mapping[str, bool]

    @property
    def count(self) -> int:
        """How many were right."""
        return sum(self.right.values())

    @property
    def percent(self) -> int:
        """The KnownAnswerScore, 0 to 100."""
        return 100 * self.count // len(self.right)


def read(policy: Mapping[str, Any]) -> KnownAnswers:
    """Read the policy as the API has it; what is wrong with it is `InvalidValue`, which names it."""
    parameters = Parameters(policy, _KEYS)
    parameters.require(_ANSWER_KEY)
    key = parameters.entries(_ANSWER_KEY)
    if not key:
        raise MissingParameter(_ANSWER_KEY, f"{_ANSWER_KEY} needs at least one entry in MapEntries.")
    return KnownAnswers(
        key={question: given.compared(values) for question, values in key.items()},
        approve_at_least=parameters.integer(_APPROVE, 0, 101),
        approve_reason=parameters.reason(_APPROVE_REASON),
        reject_below=parameters.integer(_REJECT, 0, 101),
        reject_reason=parameters.reason(_REJECT_REASON),
        extend_below=parameters.integer(_EXTEND, 0, 101),
        most_assignments=parameters.integer(_MOST, 2, 25) or _MOST_BY_DEFAULT,
        least_seconds=parameters.integer(_LEAST_SECONDS, 60, YEAR_SECONDS) or 0,
    )


def score(policy: KnownAnswers, answers: Answers) -> Score:
    """Compare an answer with the known ones; all values of an entry must be there, and no others."""
    return Score({question: _is_right(known, answers, question) for question, known in policy.key.items()})


def _is_right(known: frozenset[str], answers: Answers, question: str) -> bool:
    """Whether the sets are equal; known answers may also be written joined by bars, as MTurk had them."""
    found = given.values_of(answers, question)
    return found == known or (len(known) == 1 and len(found) > 1 and frozenset(_parts(known)) == found)


def _parts(known: frozenset[str]) -> frozenset[str]:
    return given.compared(part for value in known for part in value.split("|"))
