"""Where values stand in a picture, and which of them are named at its edges."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from kempelen.web.ui import formats

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_TIME_STEPS = (
    *(_HOUR * hours for hours in (1, 2, 3, 6, 12)),
    *(_DAY * days for days in (1, 2, 7, 14, 28, 91, 182, 365, 730, 1825)),
)


@dataclass(frozen=True)
class Tick:
    """A value that is named at the edge."""

    at: str
    label: str


@dataclass(frozen=True)
class Size:
    """A picture's size, and the room around what is drawn, in its own units, which are pixels."""

    width: int
    height: int
    left: int
    right: int = 12
    top: int = 12
    bottom: int = 26
    ticks: int = 6

    @property
    def inner_width(self) -> int:
        """How wide what is drawn is."""
        return self.width - self.left - self.right

    @property
    def inner_height(self) -> int:
        """How high it is."""
        return self.height - self.top - self.bottom

    @property
    def right_edge(self) -> int:
        """Where it ends."""
        return self.width - self.right

    @property
    def floor(self) -> int:
        """Where zero is."""
        return self.height - self.bottom

    @property
    def tick_floor(self) -> int:
        """Where marks below it end."""
        return self.floor + 4

    @property
    def label_floor(self) -> int:
        """Where labels below it stand."""
        return self.height - 8

    @property
    def label_edge(self) -> int:
        """Where labels left of it end."""
        return self.left - 6


WIDE = Size(880, 280, left=0)
NARROW = Size(340, 210, left=0, ticks=3)


def at(value: float) -> str:
    """Write a place as SVG takes it."""
    return f"{value:.1f}".removesuffix(".0")


def round_top(most: float) -> tuple[int, int]:
    """Give a round number that is not less, and the step of four or five ticks up to it."""
    if most <= 4:
        return max(1, math.ceil(most)), 1
    step = 10 ** math.floor(math.log10(most / 4))
    step = next(step * factor for factor in (1, 2, 2.5, 5, 10, 20) if step * factor * 5 >= most)
    step = max(1, math.ceil(step))
    return math.ceil(most / step) * step, step


def steps(top: int, step: int) -> list[int]:
    """Give the numbers that are named at the left edge."""
    return list(range(0, top + 1, step))


def fitted(size: Size, labels: Sequence[int]) -> Size:
    """Give the size with as much room on the left as its numbers need."""
    return replace(size, left=12 + 7 * max(len(short(one)) for one in labels))


def short(value: int) -> str:
    """Write a number so that it fits an edge: 12k, 1.5M."""
    for unit, sign in ((1_000_000, "M"), (10_000, "k")):
        if value >= unit:
            shown = value / (1000 if sign == "k" else unit)
            return f"{formats.number(shown, places=0 if shown == int(shown) else 1)}{sign}"
    return formats.number(value)


def time_ticks(first: datetime, last: datetime, *, most: int, zone: tzinfo) -> list[tuple[datetime, str]]:
    """Give at most so many round moments between two, each with how it is written."""
    span = last - first
    step = next((one for one in _TIME_STEPS if span / one <= most), _TIME_STEPS[-1])
    here = first.astimezone(zone)
    start = here.replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    while start <= last:
        if start >= first:
            found.append((start, _written(start, step)))
        start = _next(start, step, zone)
    return found


def _next(start: datetime, step: timedelta, zone: tzinfo) -> datetime:
    """Give the next moment, by the clock on the wall if it is days on."""
    if step >= _DAY:
        return (start.replace(tzinfo=None) + step).replace(tzinfo=zone)
    return (start + step).astimezone(zone)


def _written(moment: datetime, step: timedelta) -> str:
    if step < _DAY and moment.hour:
        return formats.time_of_day(moment.time())
    return (
        formats.month_and_year(moment.date()) if step >= _DAY * 91 else formats.day_and_month(moment.date())
    )


def path(points: Sequence[tuple[float, float]]) -> str:
    """Write a line through places."""
    return "M" + " L".join(f"{at(x)} {at(y)}" for x, y in points) if points else ""
