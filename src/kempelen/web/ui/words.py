"""How amounts, spans of time and moments read; pure functions behind the template tags."""

from datetime import datetime, timedelta

from django.utils import timezone

from kempelen.web.ui import formats

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_UNITS = (("day", _DAY), ("hour", _HOUR), ("minute", _MINUTE), ("second", 1))
_SHORT = {"day": "d", "hour": "h", "minute": "min", "second": "s"}
# After a month "37 days ago" says less than the date.
_DATED_AFTER = timedelta(days=30)


def money(cents: int) -> str:
    """Give cents as dollars: `$0.05`, `−$1,200.00`."""
    sign = "−" if cents < 0 else ""
    return f"{sign}${formats.number(abs(cents) / 100, places=2)}"


def per_hour(cents: int, seconds: float) -> str:
    """Say what the amount means per hour if it takes so many seconds; nothing if that is unknown."""
    if not seconds or seconds <= 0:
        return ""
    return f"{money(round(cents * _HOUR / seconds))} an hour"


def number(value: int) -> str:
    """Give a whole number with its thousands apart: `12,345`."""
    return formats.number(value)


def duration(seconds: float, *, short: bool = False) -> str:
    """Give a span in its two largest units: `1 hour 30 minutes`, or short: `1 h 30 min`."""
    rest = max(0, round(seconds))
    parts: list[str] = []
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(_counted(count, unit, short))
        if len(parts) == 2 or (parts and not count):
            break
    return " ".join(parts) or _counted(0, "second", short)


def _counted(count: int, unit: str, short: bool) -> str:
    if short:
        return f"{count} {_SHORT[unit]}"
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def exact(moment: datetime) -> str:
    """Give a moment in full, in the server's time zone: `21 Nov 2026, 21:05 UTC`."""
    local = timezone.localtime(moment)
    return f"{formats.day(local.date())}, {formats.time_of_day(local.time())} {local.tzname()}"


def relative(moment: datetime, now: datetime) -> str:
    """Say how far a moment is from now: `5 minutes ago`, `in 2 hours`, `just now`, or its date."""
    distance = abs(now - moment)
    if distance < timedelta(seconds=45):
        return "just now"
    if distance > _DATED_AFTER:
        return formats.day(timezone.localtime(moment).date())
    unit, size = next((u, s) for u, s in _UNITS if distance.total_seconds() >= s or u == "minute")
    words = _counted(max(1, round(distance.total_seconds() / size)), unit, False)
    return f"{words} ago" if moment < now else f"in {words}"
