"""How many answers came in over time, and when the last is expected, as a curve."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from kempelen.domain.statistics.forecast import Forecast
from kempelen.web.ui.charts import scales
from kempelen.web.ui.charts.scales import Size, Tick

# What is expected gets at most so much of the width as has happened.
_FORECAST_SHARE = 1.5
_POINTS_AT_MOST = 400

_X = Callable[[datetime], float]
_Y = Callable[[float], float]


@dataclass(frozen=True)
class Drawing:
    """The curve at one size, as attributes of SVG."""

    size: Size
    css: str
    line: str
    area: str
    forecast: str
    spread: str
    target: str
    now: str
    rows: list[Tick]
    columns: list[Tick]


@dataclass(frozen=True)
class Progress:
    """What the picture shows: `climb` are moments with how many there were by then."""

    climb: Sequence[tuple[datetime, int]]
    asked: int
    expected: Forecast | None
    now: datetime
    zone: tzinfo

    def drawings(self) -> list[Drawing]:
        """Draw it for desks and for phones."""
        sizes = ((scales.WIDE, "chart-wide"), (scales.NARROW, "chart-narrow"))
        return [self._drawn(size, css) for size, css in sizes] if self.climb else []

    def _drawn(self, size: Size, css: str) -> Drawing:
        first, last = self._span()
        done = self.climb[-1][1]
        top, step = scales.round_top(max(self.asked, done))
        named = scales.steps(top, step)
        size = scales.fitted(size, named)

        def x(moment: datetime) -> float:
            return size.left + size.inner_width * ((moment - first) / (last - first))

        def y(count: float) -> float:
            return size.floor - size.inner_height * count / top

        curve = [(x(moment), y(count)) for moment, count in _thinned(self.climb)]
        ticks = scales.time_ticks(first, last, most=size.ticks, zone=self.zone)
        return Drawing(
            size=size,
            css=css,
            line=scales.path(curve),
            area=scales.path([*curve, (curve[-1][0], size.floor), (curve[0][0], size.floor)]) + " Z",
            forecast=scales.path(self._expected(x, y, last, "likely")),
            spread=self._spread(x, y, last),
            target=scales.at(y(self.asked)) if self.asked else "",
            now=scales.at(x(self.now)) if self.expected else "",
            rows=[Tick(scales.at(y(count)), scales.short(count)) for count in named],
            columns=[Tick(scales.at(x(moment)), label) for moment, label in _with_room(ticks, x, size)],
        )

    def _span(self) -> tuple[datetime, datetime]:
        first = self.climb[0][0]
        last = max(self.now, self.climb[-1][0], first + timedelta(minutes=5))
        if self.expected:
            last += min(self.expected.likely - last, (last - first) * _FORECAST_SHARE)
        return first, last

    def _expected(self, x: _X, y: _Y, last: datetime, which: str) -> list[tuple[float, float]]:
        """Give a straight line from now to when everything is in, cut off where the picture ends."""
        if self.expected is None:
            return []
        done = self.climb[-1][1]
        ends_at: datetime = getattr(self.expected, which)
        if ends_at <= self.now:
            return []
        shown = min(1.0, (last - self.now) / (ends_at - self.now))
        return [
            (x(self.now), y(done)),
            (x(self.now + (ends_at - self.now) * shown), y(done + (self.asked - done) * shown)),
        ]

    def _spread(self, x: _X, y: _Y, last: datetime) -> str:
        """Give the area between the fastest and the slowest pace."""
        fast, slow = self._expected(x, y, last, "earliest"), self._expected(x, y, last, "latest")
        if not fast or not slow:
            return ""
        corner = [(x(last), y(self.asked))] if fast[1][0] < x(last) else []
        return scales.path([fast[0], fast[1], *corner, slow[1]]) + " Z"


def _thinned(climb: Sequence[tuple[datetime, int]]) -> list[tuple[datetime, int]]:
    """Leave out points that nobody could see."""
    every = -(-len(climb) // _POINTS_AT_MOST)
    return [*climb[:-1:every], climb[-1]]


def _with_room(ticks: list[tuple[datetime, str]], x: _X, size: Size) -> list[tuple[datetime, str]]:
    """Leave out labels that would be cut off at the edges."""
    return [
        (moment, label)
        for moment, label in ticks
        if size.left - 2 <= x(moment) - 3 * len(label) + 8 and x(moment) + 3 * len(label) <= size.width + 4
    ]
