"""What the crowd did, in its order: the rehearsal's own book, in simulated seconds from the beginning."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Ended(StrEnum):
    """How a place that somebody took came to its end."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ABANDONED = "abandoned"
    SKIPPED = "skipped"
    LATE = "late"
    REFUSED = "refused"
    # What was in somebody's hands when the rehearsal was ended.
    OPEN = "open"


@dataclass
class Try:
    """One worker with one HIT, from accepting to its end."""

    worker: int
    row: int
    hit_id: str
    assignment_id: str
    began_at: float
    ended_at: float = 0.0
    ended: Ended = Ended.OPEN
    # What was sent, and what would have been right, by field.
    sent: list[tuple[str, str]] = field(default_factory=list)
    right: Mapping[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.ended_at - self.began_at


@dataclass
class Journal:
    """Everything that happened."""

    tries: list[Try] = field(default_factory=list)
    # Rows whose page could not be filled in, with why, and how many met it.
    faults: Counter[tuple[int, str]] = field(default_factory=Counter)
    # Which numbers of workers the server knows by which id.
    worker_ids: dict[str, int] = field(default_factory=dict)
    # What became of those who lacked a qualification, and who never found work.
    unqualified: set[int] = field(default_factory=set)
    idle: set[int] = field(default_factory=set)
    ended_at: float = 0.0
    requests: int = 0

    def submitted(self) -> list[Try]:
        """Give what was submitted, in its order."""
        return [one for one in self.tries if one.ended is Ended.SUBMITTED]

    def count(self, ended: Ended) -> int:
        """Count how many ended so."""
        return sum(one.ended is ended for one in self.tries)
