"""HTML's dates, times and numbers: between their texts and the numbers that their bounds are counted in."""

import math
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400_000.0
_FLOAT = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MONTH = re.compile(r"(\d{4,})-(\d\d)", re.ASCII)
_WEEK = re.compile(r"(\d{4,})-W(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?", re.ASCII)
# By type: how long one step is in its numbers, the usual step, and where steps are counted from.
TYPES = {
    "date": (_DAY, 1.0, 0.0),
    "month": (1.0, 1.0, 0.0),
    "week": (7 * _DAY, 1.0, -259_200_000.0),
    "time": (1000.0, 60.0, 0.0),
    "datetime-local": (1000.0, 60.0, 0.0),
}


def steps_of(kind: str) -> tuple[float, float, float]:
    """Give the length of a step of 1, how many are usual, and their base."""
    return TYPES[kind]


def float_of(text: str) -> float | None:
    """Read a number as HTML does (no plus sign, no spaces within); None for what is none."""
    if not _FLOAT.fullmatch(text.strip()):
        return None
    number = float(text)
    return None if math.isinf(number) else number


def number_of(kind: str, text: str) -> float | None:
    """Read a date as its number: milliseconds since 1970, of a month months, of a time since midnight."""
    try:
        match kind:
            case "date":
                return _days(date.fromisoformat(text)) if len(text) == 10 and text[4] == "-" else None
            case "month":
                return _month(text)
            case "week":
                return _week(text)
            case "time":
                return _time(text)
            case _:
                return _moment(text)
    except ValueError:
        return None


def text_of(kind: str, number: float) -> str:
    """Write such a number as its field has it."""
    if kind == "month":
        return f"{1970 + int(number) // 12:04d}-{int(number) % 12 + 1:02d}"
    if kind == "time":
        return _clock(int(number) % int(_DAY))
    moment = _EPOCH + timedelta(milliseconds=number)
    if kind == "week":
        year, week, _ = moment.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if kind == "date":
        return moment.date().isoformat()
    return f"{moment.date().isoformat()}T{_clock(int(number % _DAY))}"


def fitted(
    number: float, lowest: float | None, highest: float | None, step: float | None, base: float
) -> float:
    """Give the nearest number within the bounds that is on a step, as far as there is one."""
    if highest is not None and (lowest is None or highest >= lowest):
        number = min(number, highest)
    if lowest is not None:
        number = max(number, lowest)
    if step is None:
        return number
    exact, by, start = (Decimal(repr(one)) for one in (number, step, base))
    steps = ((exact - start) / by).to_integral_value(rounding="ROUND_HALF_UP")
    nearest = float(start + steps * by)
    if highest is not None and nearest > highest:
        nearest = float(start + (steps - 1) * by)
    if lowest is not None and nearest < lowest:
        nearest = float(start + (steps + 1) * by)
    return nearest


def is_on_step(number: float, step: float | None, base: float) -> bool:
    """Tell whether a number is a whole number of steps from the base."""
    if step is None:
        return True
    exact, by, start = (Decimal(repr(one)) for one in (number, step, base))
    return (exact - start) % by == 0


def shown(number: float) -> str:
    """Write a number as JavaScript does: without a decimal point where it is whole."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e21 else repr(float(number))


def _days(day: date) -> float:
    return (day - _EPOCH.date()).days * _DAY


def _month(text: str) -> float | None:
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12 or not 1 <= int(found[1]) <= 9999:
        return None
    return float((int(found[1]) - 1970) * 12 + int(found[2]) - 1)


def _week(text: str) -> float | None:
    found = _WEEK.fullmatch(text)
    return _days(date.fromisocalendar(int(found[1]), int(found[2]), 1)) if found else None


def _time(text: str) -> float | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return ((hours * 60 + minutes) * 60 + seconds) * 1000.0 + int((found[4] or "0").ljust(3, "0"))


def _moment(text: str) -> float | None:
    day, sign, rest = text.partition("T") if "T" in text else text.partition(" ")
    start, time = number_of("date", day), _time(rest)
    return None if not sign or start is None or time is None else start + time


def _clock(milliseconds: int) -> str:
    minutes, rest = divmod(milliseconds, 60_000)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    if not rest:
        return text
    seconds, parts = divmod(rest, 1000)
    return f"{text}:{seconds:02d}" + (f".{parts:03d}" if parts else "")
