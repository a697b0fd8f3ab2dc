"""Moving the clock of a sandbox.

Time does not go back over what has happened: what was submitted tomorrow cannot be approved today.  So the
clock may be set back only as far as to the last thing that happened.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction

from kempelen.domain import clock
from kempelen.domain.actions import clock_following, overdue_tests, settling
from kempelen.domain.clock_file import FIRST, LAST, MOST_FACTOR, Course
from kempelen.domain.errors import InvalidValue, NotAllowed, OutOfRange, WrongState
from kempelen.domain.models import Delivery, Event, Job, MovedClock

_SETTLING_SECONDS = 10
ONLY_A_SANDBOX = "Only a sandbox has a clock that moves; this server is in production (KEMPELEN_MODE)."


def advance(by: timedelta) -> Course:
    """Move the clock forward; it goes on at the speed it had."""
    if by < timedelta(0):
        raise InvalidValue("advance", "The clock advances, so give a span that is not negative.")
    return _move(lambda course, real: _shifted(course, real, by))


def set_to(moment: datetime) -> Course:
    """Let the clock show this moment now; it goes on at the speed it had."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return _move(lambda course, real: Course(real, _known(moment), course.factor))


def run(factor: float) -> Course:
    """Let the clock run so many times as fast as the world's from now on; 0 lets it stand still."""
    if not 0 <= factor <= MOST_FACTOR:  # nor is NaN
        raise OutOfRange(
            "run", factor, (0, MOST_FACTOR), message=f"The clock runs 0 to {MOST_FACTOR:,} times as fast."
        )
    return _move(lambda course, real: Course(real, course.at(real), float(factor)))


def reset() -> Course:
    """Let the clock show the world's time again, and run at its speed."""
    return _move(lambda course, real: Course(real, real))


def _known(moment: datetime) -> datetime:
    if not FIRST <= moment <= LAST:
        raise InvalidValue("set", f"The clock knows the years {FIRST.year} to {LAST.year - 1}.")
    return moment.astimezone(UTC)


def _shifted(course: Course, real: datetime, by: timedelta) -> Course:
    try:
        there = course.at(real) + by
    except OverflowError:
        there = LAST + timedelta(days=1)
    return Course(real, _known(there), course.factor)


def _move(to: Callable[[Course, datetime], Course]) -> Course:
    """Let the clock run as `to` says of its present course and the world's time; gives its new course.

    When this has returned all processes of this node follow; others do within a second or so.  What is due by
    the new time has happened, unless it is much: then jobs go on.  What jobs do by themselves follows soon.
    """
    if settings.KEMPELEN_MODE != "sandbox":
        raise NotAllowed(ONLY_A_SANDBOX)
    with transaction.atomic():
        row, real = _locked_row(), clock.real_now()
        course = Course(row.real_at, row.domain_at, row.factor)
        moved = to(course, real)
        if moved.domain_at < course.at(real):
            _refuse_over_what_has_happened(moved.domain_at)
        row.real_at, row.domain_at, row.factor = moved.real_at, moved.domain_at, moved.factor
        row.save()
    clock_following.refresh()
    until = time.monotonic() + _SETTLING_SECONDS
    while settling.settle_page() and time.monotonic() < until:
        pass
    overdue_tests.settle()
    clock_following.wake()
    return moved


def _locked_row() -> MovedClock:
    """Give the row, made unless it is there, which nobody else changes until the transaction ends."""
    real = clock.real_now()
    new = MovedClock(pk=MovedClock.ONLY, real_at=real, domain_at=real, factor=1)
    MovedClock.objects.bulk_create([new], ignore_conflicts=True)
    return MovedClock.objects.select_for_update().get(pk=MovedClock.ONLY)


def _refuse_over_what_has_happened(there: datetime) -> None:
    """Refuse to set the clock back over what has happened, or was asked for."""
    lasts = [
        Event.objects.order_by("-pk").values_list("at", flat=True).first(),
        Job.objects.order_by("-pk").values_list("created_at", flat=True).first(),
        Delivery.objects.order_by("-pk").values_list("created_at", flat=True).first(),
    ]
    last = max((moment for moment in lasts if moment is not None), default=there)
    if last > there:
        raise WrongState(
            "Time does not go back over what has happened, which was last at "
            f"{last:%Y-%m-%dT%H:%M:%SZ}. Set the clock no earlier, let it run on (run 1), or begin anew: "
            "with a snapshot or an empty server."
        )
