"""A year of days with what was done on each, as squares to draw and as months to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from kempelen.web.ui import formats

WEEKS = 53
SQUARE, STEP, LEFT, TOP = 11, 14, 30, 18
# As many shades as squares have; 0 is a day without work.
SHADES = 4
_FIRST_WEEKDAY = 0
_NARROWEST_MONTH = 3


@dataclass(frozen=True)
class Day:
    """A square: where it stands, and how much was done."""

    date: date
    count: int
    x: int
    y: int
    shade: int

    @property
    def words(self) -> str:
        """What the square says when it is pointed at."""
        return f"{formats.number(self.count) if self.count else 'Nothing'} on {formats.day(self.date)}"


@dataclass(frozen=True)
class Label:
    """A word beside the squares."""

    text: str
    x: int
    y: int


@dataclass(frozen=True)
class Month:
    """A month in figures, for those who read rather than look."""

    first: date
    count: int
    days: int
    best: Day | None


@dataclass(frozen=True)
class Calendar:
    """A year that ends with the week of `last`."""

    days: list[Day]
    months: list[Label]
    weekdays: list[Label]
    by_month: list[Month]

    width = LEFT + WEEKS * STEP
    height = TOP + 7 * STEP

    @property
    def squares(self) -> SafeString:
        """The squares as SVG; hundreds of them, which a template would take long to write."""
        return format_html_join(
            "",
            '<rect class="shade-{}" x="{}" y="{}" width="{}" height="{}" rx="2"><title>{}</title></rect>',
            ((day.shade, day.x, day.y, SQUARE, SQUARE, day.words) for day in self.days),
        )

    @property
    def total(self) -> int:
        """How much was done in all of it."""
        return sum(day.count for day in self.days)

    @property
    def active_days(self) -> int:
        """On how many days anything was done."""
        return sum(1 for day in self.days if day.count)

    @property
    def shades(self) -> list[Label]:
        """The key: a square of each shade."""
        return [Label(str(shade), shade * STEP, 0) for shade in range(SHADES + 1)]


def first_day(last: date) -> date:
    """Give the first day of the year that ends with `last`: a Monday."""
    return last - timedelta(days=last.weekday(), weeks=WEEKS - 1)


def make(counts: Mapping[date, int], last: date) -> Calendar:
    """Draw the year up to `last` from the number of answers on each day."""
    first = first_day(last)
    dates = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    most = max((counts.get(day, 0) for day in dates), default=0)
    days = [_day(day, counts.get(day, 0), number, most) for number, day in enumerate(dates)]
    return Calendar(days, _months(days), _weekdays(first), _by_month(days))


def _day(day: date, count: int, number: int, most: int) -> Day:
    week, weekday = divmod(number, 7)
    return Day(day, count, LEFT + week * STEP, TOP + weekday * STEP, _shade(count, most))


def _shade(count: int, most: int) -> int:
    """Give the shade: the most of any day is the darkest, and any work at all is seen."""
    return -(-count * SHADES // most) if count else 0


def _months(days: list[Day]) -> list[Label]:
    """Name each month over its first whole week, where there is room for the name."""
    mondays = [day for day in days if day.date.weekday() == _FIRST_WEEKDAY]
    groups = [list(group) for _, group in groupby(mondays, key=lambda day: (day.date.year, day.date.month))]
    starts = [group[0] for group in groups if len(group) >= _NARROWEST_MONTH]
    return [Label(formats.month(day.date), day.x, TOP - 7) for day in starts]


def _weekdays(first: date) -> list[Label]:
    shown = (first + timedelta(days=number) for number in (0, 2, 4))
    return [Label(formats.weekday(day), 0, TOP + day.weekday() * STEP + SQUARE - 2) for day in shown]


def _by_month(days: list[Day]) -> list[Month]:
    months = []
    for (year, month), group in groupby(days, key=lambda day: (day.date.year, day.date.month)):
        busy = [day for day in group if day.count]
        best = max(busy, key=lambda day: day.count, default=None)
        months.append(Month(date(year, month, 1), sum(day.count for day in busy), len(busy), best))
    return months[::-1]
