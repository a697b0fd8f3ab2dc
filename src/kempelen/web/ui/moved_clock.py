"""What pages say where the clock of a sandbox is not the world's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kempelen.domain import clock
from kempelen.web.ui import words

# Less is how long it takes to ask.
_APART = timedelta(seconds=1)


@dataclass(frozen=True)
class MovedClock:
    """What it shows, in words how that differs, and what scripts need to follow it (domain-clock.js)."""

    now: datetime
    difference: str
    course: str


def moved_clock() -> MovedClock | None:
    """Give what there is to say; None where the domain's time is the world's."""
    course = clock.course()
    if course is None:
        return None
    real = clock.real_now()
    now = course.at(real)
    parts = [_distance(now - real), _speed(course.factor)]
    in_milliseconds = [round(moment.timestamp() * 1000) for moment in (real, now)]
    numbers = " ".join(map(str, [*in_milliseconds, course.factor]))
    return MovedClock(now, " and ".join(filter(None, parts)), numbers)


def _distance(ahead: timedelta) -> str:
    if abs(ahead) < _APART:
        return ""
    return f"is {words.duration(abs(ahead).total_seconds())} {'ahead' if ahead > timedelta() else 'behind'}"


def _speed(factor: float) -> str:
    if factor == 1:
        return ""
    return f"runs {factor:,.6g} times as fast" if factor else "stands still"
