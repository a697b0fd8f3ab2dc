"""What is measured, as rows that can be kept, compared and shown."""

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.watching import Use


@dataclass
class Figure:
    """One measured thing: a part (`publish`), a case of it (`1,000 rows`), who did it, on which database."""

    part: str
    case: str
    who: str
    database: str
    # The median of one operation, and where many ran at once or in a row, how many a second.
    seconds: float = 0.0
    per_second: float = 0.0
    slow_seconds: float = 0.0
    count: int = 0
    cpu_seconds: float = 0.0
    pss_mb: float = 0.0
    rss_mb: float = 0.0
    # What went wrong: errors by name, answers lost, work given twice.
    problems: dict[str, int] = field(default_factory=dict)
    note: str = ""

    def took(self, seconds: Sequence[float]) -> "Figure":
        """Take over the times of all operations."""
        ordered = sorted(seconds)
        self.count = len(ordered)
        if ordered:
            self.seconds = statistics.median(ordered)
            self.slow_seconds = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        return self

    def used(self, use: Use, operations: int = 1) -> "Figure":
        """Take over what the server used: processor time for each operation, memory at its highest."""
        self.cpu_seconds = use.cpu_seconds / max(operations, 1)
        self.pss_mb, self.rss_mb = use.largest_pss_mb, use.largest_rss_mb
        return self

    def missed(self, problems: Iterable[str]) -> "Figure":
        """Take over what went wrong."""
        self.problems = dict(Counter(problem for problem in problems if problem))
        return self

    def as_row(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        return asdict(self)


class Figures(list[Figure]):
    """All figures of a run."""

    def find(self, part: str, case: str, who: str, database: str) -> Figure | None:
        """Give one figure, if it was measured."""
        wanted = (part, case, who, database)
        return next((one for one in self if (one.part, one.case, one.who, one.database) == wanted), None)

    def cases(self, part: str) -> list[str]:
        """Give the cases of a part in the order in which they were measured."""
        return list(dict.fromkeys(one.case for one in self if one.part == part))

    def databases(self) -> list[str]:
        """Give the databases that figures are of."""
        return list(dict.fromkeys(one.database for one in self))


Measure = Callable[..., Iterator[Figure]]


def rows(count: int) -> str:
    """Name a number of rows."""
    return f"{count:,} rows" if count != 1 else "1 row"
