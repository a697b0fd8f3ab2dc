"""Who comes and how they work: a crowd's plan, from a file that people write or from defaults.

The numbers of the defaults are no measurements: they are a mixed crowd, such as requesters tell of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Answers(StrEnum):
    """What somebody answers: as well as they can, anything, or always the same."""

    TRUTH = "truth"
    RANDOM = "random"
    SAME = "same"


@dataclass(frozen=True)
class Kind:
    """How a kind of worker works; chances from 0 to 1, times in seconds."""

    # How many of the crowd are of this kind, beside the shares of the other kinds.
    share: float = 1.0
    answers: Answers = Answers.TRUTH
    # The chance that an answer is right.
    skill: float = 0.9
    # By right answer: the chance to see it as such, or the chances of all that it is taken for.
    confusion: Mapping[str, Mapping[str, float] | float] = field(default_factory=dict)
    # How long a task takes: half take less, half more; `spread` is the sigma of the log-normal distribution.
    seconds: float = 45.0
    spread: float = 0.4
    # After how many tasks half of them have left; each worker does at least one.
    tasks: int = 30
    # The chances to look at a task and give it back, to walk away from it, to put it off.
    returns: float = 0.02
    abandons: float = 0.01
    skips: float = 0.01
    # The chances to look before accepting, to have the next task come by itself, to leave out what one may.
    previews: float = 0.5
    goes_on: float = 0.8
    blanks: float = 0.1
    # The chance to ask for a qualification that work needs, and the chance that a test's answer is right.
    asks: float = 0.6
    test_skill: float = 0.8


@dataclass(frozen=True)
class Plan:
    """A crowd: how many, of which kinds, when they come and from where."""

    workers: int = 50
    kinds: Mapping[str, Kind] = field(default_factory=lambda: dict(DEFAULT_KINDS))
    # Workers come within this span from the beginning, which is at this hour of a day.
    span: int = 2 * 3600
    starts_at: int = 9
    # Whether fewer come at night.
    daily: bool = True
    # Whoever finds no work, or walked away from a task, looks again so often, after about so long.
    looks: int = 3
    looks_after: int = 1800
    # Whether everybody does more or fewer tasks than planned: all kinds get some, and the work is done.
    fit: bool = True
    # The share of rows that are hard: there answers are no better than guessed.
    hard: float = 0.05
    # Countries by the share of workers who say that they live there; the rest say nothing.
    countries: Mapping[str, float] = field(default_factory=dict)
    # Qualifications by id that a share of the workers holds from the beginning, with this score.
    holds: Mapping[str, "Held"] = field(default_factory=dict)
    # What is right in qualification tests, by the name of the question.
    tests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """A qualification that a share of the workers has."""

    share: float = 1.0
    score: int = 1


DEFAULT_KINDS: Mapping[str, Kind] = {
    "diligent": Kind(share=60, skill=0.93, seconds=45, tasks=30),
    "hasty": Kind(share=20, skill=0.8, seconds=18, spread=0.5, tasks=40, previews=0.2, blanks=0.5),
    "careless": Kind(
        share=10,
        skill=0.6,
        seconds=30,
        spread=0.6,
        tasks=20,
        returns=0.06,
        abandons=0.06,
        skips=0.05,
        blanks=0.7,
    ),
    "spammer": Kind(
        share=7, answers=Answers.RANDOM, seconds=7, spread=0.5, tasks=80, previews=0.0, blanks=0.9, skips=0.0
    ),
    "bot": Kind(
        share=3,
        answers=Answers.SAME,
        seconds=2,
        spread=0.1,
        tasks=150,
        returns=0.0,
        abandons=0.0,
        skips=0.0,
        previews=0.0,
        goes_on=1.0,
        blanks=1.0,
    ),
}


def sized(plan: Plan, workers: int) -> Plan:
    """Give the plan for a crowd of another size."""
    return replace(plan, workers=workers)
