"""What a rehearsal found out, in numbers; nothing in it is of the server's making or of real time."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Cost:
    """What it costs, in cents; this server adds no fee to rewards."""

    if_all_approved: int
    approved: int
    rejected: int
    left_to_you: int
    bonuses: int = 0
    fees: int = 0


@dataclass(frozen=True)
class Duration:
    """When how much was done, in seconds from the beginning; None for what never was."""

    half: float | None
    nine_tenths: float | None
    all: float | None
    # Until the last thing happened.
    ended: float
    # Answers in each hour, as long as there was work.
    per_hour: float


@dataclass(frozen=True)
class Quality:
    """How right the answers are, parts of 1; None where nothing can be told."""

    # Whether the data say what is right; else it was made up.
    is_known: bool
    fields: Sequence[str]
    right: float | None
    agreement: float | None
    # Of the questions on which more than half agree: on how many they are right.
    majority_right: float | None
    without_majority: float | None


@dataclass(frozen=True)
class Group:
    """How those of a kind, or one worker, did."""

    name: str
    workers: int
    answers: int
    right: float | None
    agreement: float | None
    seconds: float
    hourly_cents: float | None
    rejected: int
    returned: int
    abandoned: int
    late: int


@dataclass(frozen=True)
class RuleScore:
    """What a rule says, and how well it tells good answers from bad ones."""

    rule: str
    approves: int
    rejects: int
    open: int
    # Of those that it rejects and approves: how many were right and wrong.
    right_rejected: int
    wrong_rejected: int
    wrong_approved: int
    spam_approved: int
    # Workers of whose answers it rejects most: by kind.
    workers_rejected: dict[str, int]


@dataclass(frozen=True)
class Pay:
    """What an hour brings, in cents, if all answers are approved; of those who answer as well as they can."""

    median: float | None
    worst: float | None
    worst_worker: int | None
    wanted: int


@dataclass(frozen=True)
class Finding:
    """Something that would have gone wrong: what, how often, and in which rows."""

    what: str
    # 0 where nothing is counted.
    count: int = 0
    rows: Sequence[int] = ()
    remedy: str = ""


@dataclass(frozen=True)
class Report:
    """A rehearsal's report."""

    name: str
    seed: int
    hits: int
    places: int
    # Of an answer: the highest and, where HITs differ, the lowest.
    reward_cents: int
    least_reward_cents: int
    answers: int
    workers: int
    cost: Cost
    duration: Duration
    quality: Quality
    pay: Pay
    kinds: Sequence[Group]
    rules: Sequence[RuleScore] = ()
    findings: Sequence[Finding] = ()
    people: Sequence[Group] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        """Give it for programs: shares to four places, seconds and cents to one."""
        found: dict[str, Any] = _rounded(asdict(self))
        return found


def _rounded(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one, key) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one, name) for one in value]
    if isinstance(value, float):
        return round(value, 4 if value <= 1 else 1)
    return value
