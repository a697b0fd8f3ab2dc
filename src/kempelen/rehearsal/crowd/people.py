"""The workers of a crowd: each the same whenever it is made from the same plan and seed.

Each has a chance of their own, so that what one does moves nobody else's dice.
"""

import hashlib
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kempelen.rehearsal.crowd.plan import Kind, Plan

_DAY = 86_400
# How many come at each hour of a day, beside the other hours.
_BY_HOUR = (2, 1, 1, 1, 1, 2, 4, 6, 9, 10, 10, 10, 9, 9, 10, 10, 10, 9, 9, 10, 10, 8, 6, 4)
_SLOT = 600
# Some come when what is left is what they have done already.
_ENOUGH = 1.5


@dataclass(eq=False)
class Person:
    """One worker: who they are, when they come, and the chance by which they do what they do."""

    number: int
    kind_name: str
    kind: Kind
    # Seconds from the beginning.
    comes_at: float
    # How many tasks they do before they leave.
    tasks: int
    # How much slower than others of their kind they are, 1 for the middle.
    slowness: float
    country: str
    chance: random.Random = field(repr=False)
    holds: tuple[str, ...] = ()

    def seconds(self) -> float:
        """Throw how long the next task takes."""
        spread = self.kind.spread
        return max(0.5, self.kind.seconds * self.slowness * math.exp(self.chance.gauss(0, spread)))

    def happens(self, chance: float) -> bool:
        """Throw whether something of this chance happens."""
        return self.chance.random() < chance


def fit(people: Sequence[Person], hits: int, places: int) -> None:
    """Let everybody do more or fewer tasks, in proportion, to fill so many places and some more."""
    planned = sum(min(person.tasks, hits) for person in people)
    for person in people:
        person.tasks = max(1, math.ceil(person.tasks * _ENOUGH * places / planned))


def dice(*facts: object) -> random.Random:
    """Give a chance that is the same for the same facts, on any machine and in any process."""
    text = "\0".join(map(str, facts))
    return random.Random(int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big"))


def people_of(plan: Plan, seed: int) -> list[Person]:
    """Give the crowd, by number from 1."""
    kinds = _kinds_of(plan, seed)
    return [_person(plan, seed, number, kinds[number - 1]) for number in range(1, plan.workers + 1)]


def _kinds_of(plan: Plan, seed: int) -> list[str]:
    """Give each worker's kind: as many of each as its share says, dealt out by chance."""
    total = sum(kind.share for kind in plan.kinds.values())
    wanted = {name: plan.workers * kind.share / total for name, kind in plan.kinds.items()}
    counts = {name: int(number) for name, number in wanted.items()}
    # The largest remainders get what is left.
    for name in sorted(wanted, key=lambda name: round(counts[name] - wanted[name], 9)):
        if sum(counts.values()) < plan.workers:
            counts[name] += 1
    dealt = [name for name in plan.kinds for _ in range(counts[name])]
    dice(seed, "kinds").shuffle(dealt)
    return dealt


def _person(plan: Plan, seed: int, number: int, kind_name: str) -> Person:
    chance, kind = dice(seed, "worker", number), plan.kinds[kind_name]
    tasks = max(1, math.ceil(-math.log(1 - chance.random()) * kind.tasks / math.log(2)))
    return Person(
        number=number,
        kind_name=kind_name,
        kind=kind,
        comes_at=_arrival(plan, chance),
        tasks=tasks,
        slowness=math.exp(chance.gauss(0, 0.2)),
        country=_drawn(plan.countries.items(), chance.random()),
        holds=tuple(name for name, held in plan.holds.items() if chance.random() < held.share),
        chance=chance,
    )


def _arrival(plan: Plan, chance: random.Random) -> float:
    if not plan.span:
        return 0.0
    if not plan.daily:
        return chance.uniform(0, plan.span)
    slots = range(0, plan.span, _SLOT)
    weights = [_BY_HOUR[(plan.starts_at * 3600 + slot) % _DAY // 3600] for slot in slots]
    slot = chance.choices(slots, weights)[0]
    return slot + chance.uniform(0, min(_SLOT, plan.span - slot))


def _drawn(shares: Iterable[tuple[str, float]], at: float) -> str:
    """Give the one whose part of 0 to 1 this number is in; nothing in the rest."""
    for name, share in shares:
        if at < share:
            return name
        at -= share
    return ""
