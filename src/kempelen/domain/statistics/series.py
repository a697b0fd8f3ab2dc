"""Counts by the hour, put together by hour, day or week of a time zone: pure functions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum

from kempelen.domain.statistics.hours import hour_of, start_of

_HOURS_AT_MOST = 48
_DAYS_AT_MOST = 120


class Step(Enum):
    """How much time one number is for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True)
class Part:
    """How much there was from a moment on, up to the next part, and how much by its end."""

    begins_at: datetime
    count: int
    total: int


def step_for(first: datetime, last: datetime) -> Step:
    """Give the step that makes a readable number of parts."""
    if last - first <= timedelta(hours=_HOURS_AT_MOST):
        return Step.HOUR
    return Step.DAY if last - first <= timedelta(days=_DAYS_AT_MOST) else Step.WEEK


def parts(by_hour: Mapping[int, int], *, until: datetime, step: Step, zone: tzinfo) -> list[Part]:
    """Give all parts from the first that has anything until a moment, also those without anything.

    In zones that are not whole hours off, an hour counts to the day in which it begins.
    """
    if not by_hour:
        return []
    counts: dict[datetime, int] = {}
    for hour, count in by_hour.items():
        start = _start(start_of(hour).astimezone(zone), step)
        counts[start] = counts.get(start, 0) + count
    found, total = [], 0
    for start in _starts(min(counts), max(until, max(counts)), step, zone):
        total += counts.get(start, 0)
        found.append(Part(start.astimezone(zone), counts.get(start, 0), total))
    return found


def by_day(by_hour: Mapping[int, int], zone: tzinfo) -> dict[date, int]:
    """Give the counts of days."""
    days: dict[date, int] = {}
    for hour, count in by_hour.items():
        day = start_of(hour).astimezone(zone).date()
        days[day] = days.get(day, 0) + count
    return days


def climb(by_hour: Mapping[int, int], *, until: datetime) -> list[tuple[datetime, int]]:
    """Give how many there were at the end of each hour, from the beginning of the first; for a curve."""
    if not by_hour:
        return []
    points = [(start_of(min(by_hour)), 0)]
    total = 0
    for hour in sorted(by_hour):
        if start_of(hour) > points[-1][0]:
            points.append((start_of(hour), total))
        total += by_hour[hour]
        points.append((min(start_of(hour + 1), until), total))
    if until > points[-1][0]:
        points.append((until, total))
    return points


def _start(at: datetime, step: Step) -> datetime:
    """Give the moment in UTC: in its own zone the hour that comes twice in autumn would be one."""
    if step is Step.HOUR:
        return start_of(hour_of(at))
    day = at.date() if step is Step.DAY else at.date() - timedelta(days=at.weekday())
    return _midnight(day, at.tzinfo)


def _starts(first: datetime, last: datetime, step: Step, zone: tzinfo) -> Iterator[datetime]:
    start, day = first, first.astimezone(zone).date()
    while start <= last:
        yield start
        if step is Step.HOUR:
            start += timedelta(hours=1)
        else:
            day += timedelta(days=7 if step is Step.WEEK else 1)
            start = _midnight(day, zone)


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
