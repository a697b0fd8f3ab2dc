"""How long answers took, as bars on a scale that doubles."""

from collections.abc import Mapping
from dataclasses import dataclass

from kempelen.domain.statistics import work_times
from kempelen.web.ui import formats, words
from kempelen.web.ui.charts import scales
from kempelen.web.ui.charts.scales import Size, Tick

_BARS_AT_MOST = {"chart-wide": 28, "chart-narrow": 16}
_GAP = 2
_SHOWN_SECONDS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000, 86400, 604800)
_SIZES = ((scales.Size(880, 230, left=0), "chart-wide"), (scales.Size(340, 190, left=0), "chart-narrow"))


@dataclass(frozen=True)
class Bar:
    """How many answers took from so long to so long, and where that stands."""

    x: str
    y: str
    width: str
    height: str
    words: str


@dataclass(frozen=True)
class Drawing:
    """The bars at one size, as attributes of SVG."""

    size: Size
    css: str
    bars: list[Bar]
    median: str
    rows: list[Tick]
    columns: list[Tick]


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    words: str
    count: int
    percent: float


@dataclass(frozen=True)
class WorkTimes:
    """Answers by how long they took: bins of `domain.statistics.work_times`."""

    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        """How many answers there are."""
        return sum(self.counts.values())

    @property
    def median(self) -> float | None:
        """The seconds that half of them took at most."""
        return work_times.quantile(self.counts, 0.5)

    @property
    def quarter(self) -> float | None:
        """The seconds that the quickest quarter took at most."""
        return work_times.quantile(self.counts, 0.25)

    @property
    def three_quarters(self) -> float | None:
        """The seconds that all but the slowest quarter took at most."""
        return work_times.quantile(self.counts, 0.75)

    def drawings(self) -> list[Drawing]:
        """Draw it for desks and for phones."""
        return [self._drawn(size, css) for size, css in _SIZES] if self.counts else []

    def rows(self) -> list[Row]:
        """Say it in a table, as coarse as the narrow picture."""
        width = self._width(_BARS_AT_MOST["chart-narrow"])
        bins = sorted(work_times.joined(self.counts, width).items())
        return [Row(_words(first, width), count, 100 * count / self.total) for first, count in bins]

    def _width(self, most: int) -> int:
        span = max(self.counts) - min(self.counts) + 1
        return next((width for width in (1, 2, 4, 8, 16) if span <= (most - 1) * width), 32)

    def _drawn(self, size: Size, css: str) -> Drawing:
        width = self._width(_BARS_AT_MOST[css])
        bins = work_times.joined(self.counts, width)
        first, last = min(bins), max(bins)
        top, step = scales.round_top(max(bins.values()))
        named = scales.steps(top, step)
        size = scales.fitted(size, named)
        # Bin 0 has a place of its own, as wide as the others.
        begin = first if first else 1 - width
        of_bin = size.inner_width / ((last - begin) // width + 1)

        def x(number: float) -> float:
            return size.left + of_bin * (number - begin) / width

        bars = [
            self._bar(size, x(number or 1 - width), of_bin, count / top, f"{_words(number, width)}: ", count)
            for number, count in sorted(bins.items())
        ]
        shown = [(seconds, x(work_times.place_of(seconds))) for seconds in _SHOWN_SECONDS]
        median = self.median
        return Drawing(
            size=size,
            css=css,
            bars=bars,
            median=scales.at(x(work_times.place_of(median))) if median and median >= 1 else "",
            rows=[
                Tick(scales.at(size.floor - size.inner_height * count / top), scales.short(count))
                for count in named
            ],
            columns=_with_room(
                [(words.duration(seconds, short=True), place) for seconds, place in shown], size
            ),
        )

    def _bar(self, size: Size, x: float, of_bin: float, share: float, words: str, count: int) -> Bar:
        height = max(size.inner_height * share, 1.0)
        gap = _GAP if of_bin > 3 * _GAP else 0.5
        return Bar(
            x=scales.at(x + gap / 2),
            y=scales.at(size.floor - height),
            width=scales.at(of_bin - gap),
            height=scales.at(height),
            words=words + formats.number(count),
        )


def _words(first: int, width: int) -> str:
    """Say how long the answers of a bin took."""
    if first == 0:
        return "under 1 s"
    low, high = work_times.bounds(first)[0], work_times.bounds(first + width - 1)[1]
    return f"{_exactly(low)} to {_exactly(high)}"


def _exactly(seconds: float) -> str:
    if seconds < 10:
        return f"{formats.number(seconds, places=1)} s"
    return words.duration(seconds, short=True)


def _with_room(labels: list[tuple[str, float]], size: Size) -> list[Tick]:
    """Leave out labels that would lie over each other, or beyond the edges."""
    found: list[Tick] = []
    free_from = float(size.left - 8)
    for label, place in labels:
        half = 3.5 * len(label)
        if place - half >= free_from and place + half <= size.width:
            found.append(Tick(scales.at(place), label))
            free_from = place + half + 8
    return found
