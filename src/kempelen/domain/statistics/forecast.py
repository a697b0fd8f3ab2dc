"""When work will be done, from how fast it went: pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from kempelen.domain.statistics.hours import hour_of, start_of

# Less than this says nothing of how fast work goes.
ANSWERS_NEEDED = 10
_DAY = 24
# Whole days, so that a night among them misleads nobody.
_WINDOWS = (_DAY, 3 * _DAY, 7 * _DAY)
_FARTHEST = timedelta(days=366)


class Unknown(Enum):
    """Why there is no forecast; the value says so to whoever looks."""

    NOTHING_LEFT = "Everything that was asked for is in."
    NOT_GIVEN_OUT = "No forecast: the work is not given out at the moment."
    TOO_FEW = f"No forecast: fewer than {ANSWERS_NEEDED} answers came in the last seven days."
    QUIET = "No forecast: nobody has submitted anything for a day."
    TOO_FAR = "At this pace it takes more than a year."


@dataclass(frozen=True)
class Forecast:
    """When the last answer will be in: most likely, and at the fastest and slowest pace of the last days."""

    likely: datetime
    earliest: datetime
    latest: datetime
    answers_per_day: float


def forecast(
    by_hour: Mapping[int, int], *, remaining: int, is_given_out: bool, now: datetime
) -> Forecast | Unknown:
    """Tell when so many more answers will be in, from how many came in each hour.

    The pace is that of the last day, or of the whole time if that is shorter; how it was over three and
    seven days gives the range.  Who works less at night, or only on weekdays, makes the range wide.
    """
    if remaining <= 0:
        return Unknown.NOTHING_LEFT
    if not is_given_out:
        return Unknown.NOT_GIVEN_OUT
    recent = {
        hour: count for hour, count in by_hour.items() if hour > hour_of(now) - _WINDOWS[-1] and count > 0
    }
    if sum(recent.values()) < ANSWERS_NEEDED:
        return Unknown.TOO_FEW
    began = start_of(min(hour for hour, count in by_hour.items() if count > 0))
    paces = [pace for window in _WINDOWS if (pace := _pace(recent, window, began, now)) is not None]
    if not paces[0]:
        return Unknown.QUIET
    slowest = now + _time_for(remaining, min(paces))
    if now + _time_for(remaining, paces[0]) > now + _FARTHEST:
        return Unknown.TOO_FAR
    return Forecast(
        likely=now + _time_for(remaining, paces[0]),
        earliest=now + _time_for(remaining, max(paces)),
        latest=min(slowest, now + _FARTHEST),
        answers_per_day=paces[0] * _DAY,
    )


def _pace(recent: Mapping[int, int], window: int, began: datetime, now: datetime) -> float | None:
    """Give the answers per hour of the last so many hours; None if nothing was asked for that long."""
    begins = max(start_of(hour_of(now) - window + 1), began)
    if window > _DAY and begins == began and now - began < timedelta(hours=window // 2):
        return None
    elapsed = max((now - begins).total_seconds() / 3600, 1 / 12)
    return sum(count for hour, count in recent.items() if start_of(hour) >= begins) / elapsed


def _time_for(remaining: int, per_hour: float) -> timedelta:
    return timedelta(hours=min(remaining / per_hour, 24 * 366 * 100)) if per_hour else _FARTHEST
