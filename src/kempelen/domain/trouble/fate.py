"""What trouble does to the n-th request of an operation, or n-th message: the same for the same seed."""

import hashlib
from dataclasses import dataclass

from kempelen.domain.trouble.wanted import AFTER, BEFORE, MOMENTS, NOTIFICATIONS, Wanted

THROTTLING = "throttling"
ERROR = {BEFORE: "errors before", AFTER: "errors after"}
DROPPED = {moment: f"dropped {moment}" for moment in MOMENTS}
SLOW, DOUBLED, LATE = "slow", "doubled", "late"


@dataclass(frozen=True)
class Fate:
    """What becomes of one request: an answer of that kind instead of its own, unless empty, and a delay.

    `coin` decides where a kind can be told in two ways.
    """

    kind: str = ""
    wait_seconds: float = 0.0
    coin: bool = False

    @property
    def kinds(self) -> list[str]:
        """The kinds of trouble that are counted."""
        return [kind for kind in (self.kind, SLOW if self.wait_seconds else "") if kind]


@dataclass(frozen=True)
class MessageFate:
    """What becomes of one message: sent twice, or sent this much later."""

    is_doubled: bool = False
    late_seconds: float = 0.0

    @property
    def kinds(self) -> list[str]:
        """The kinds of trouble that are counted."""
        return [
            kind for kind, is_so in ((DOUBLED, self.is_doubled), (LATE, bool(self.late_seconds))) if is_so
        ]


def of_request(wanted: Wanted, target: str, number: int) -> Fate:
    """Give the fate of the request that is the `number`-th of its target since trouble was set."""
    wait = 0.0
    if _draw(wanted, target, number, "slow") < wanted.slow:
        wait = _between(wanted.slow_seconds, _draw(wanted, target, number, "seconds"))
    return Fate(_kind(wanted, target, number), wait, _draw(wanted, target, number, "coin") < 1 / 2)


def of_message(wanted: Wanted, number: int) -> MessageFate:
    """Give the fate of the `number`-th message since trouble was set."""
    late = 0.0
    if _draw(wanted, NOTIFICATIONS, number, "late") < wanted.late:
        late = _between(wanted.late_seconds, _draw(wanted, NOTIFICATIONS, number, "seconds"))
    return MessageFate(_draw(wanted, NOTIFICATIONS, number, "doubled") < wanted.doubled, late)


def _kind(wanted: Wanted, target: str, number: int) -> str:
    drawn = _draw(wanted, target, number, "kind")
    moment = _draw(wanted, target, number, "moment")
    if drawn < wanted.throttling:
        return THROTTLING
    if drawn < wanted.throttling + wanted.errors:
        return ERROR[_one_of(wanted.moments_of_errors, moment)]
    if drawn < wanted.throttling + wanted.errors + wanted.dropped:
        return DROPPED[_one_of(wanted.when, moment)]
    return ""


def _one_of(moments: tuple[str, ...], drawn: float) -> str:
    return moments[int(drawn * len(moments))]


def _between(seconds: tuple[float, float], drawn: float) -> float:
    return seconds[0] + (seconds[1] - seconds[0]) * drawn


def _draw(wanted: Wanted, target: str, number: int, what: str) -> float:
    """Give a number from 0 to below 1.  A digest, since it needs no state and is the same everywhere."""
    digest = hashlib.blake2b(f"{wanted.seed} {target} {number} {what}".encode(), digest_size=8).digest()
    # 53 bits are what a float has: more could be rounded up to 1.
    return (int.from_bytes(digest, "big") >> 11) / 2**53
