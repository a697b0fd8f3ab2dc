"""Values that a control takes, made at random: words, numbers, dates, files."""

from datetime import date
from random import Random

from kempelen.rehearsal.filling import dates, pattern_samples
from kempelen.rehearsal.filling.controls import Control, Entered, File
from kempelen.rehearsal.filling.faults import fault_of, units

_WORDS = ["a", "bird", "by", "the", "water", "where", "nobody", "has", "been", "since", "early", "spring"]
# Tried where a pattern is too hard to be followed: what people ask for most.
_USUAL = [
    *("1", "12", "123", "1234", "12345", "123456", "1234567890", "0.5", "3.14"),
    *("a", "A", "ab", "abc", "Abc", "ABC", "yes", "no", "Yes", "No", "true", "x", "A1B2C3"),
    *("a@example.com", "https://example.com/a", "2024-05-06", "05/06/2024", "12:34", "555-123-4567"),
]
_TRIES = 60
_MOST_WORDS = 12
_LONGEST = 1_000_000
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2030, 12, 28)


def text(control: Control, random: Random) -> str | None:
    """Give a text; None if none was found that the control takes."""
    if (control.shortest or 0) > _LONGEST:
        return None
    for attempt in range(_TRIES):
        found = _text(control, random, attempt)
        if found is not None and not fault_of(control, Entered(found)):
            return found
    return next((one for one in _USUAL if not fault_of(control, Entered(one))), None)


def _text(control: Control, random: Random, attempt: int) -> str | None:
    if control.is_numeric:
        return dates.shown(_between(control.lowest, control.highest, random))
    if control.patterns:
        pattern = control.patterns[attempt % len(control.patterns)]
        return pattern_samples.sample(pattern.regex, random)
    if allowed := control.settings.get("allowed"):
        fewest = max(control.shortest or 1, 1)
        count = random.randint(fewest, min(max(control.longest or fewest + 8, fewest), fewest + 8))
        return pattern_samples.sample(f"(?:{allowed}){{{count}}}", random)
    match control.type:
        case "email":
            return f"{random.choice(_WORDS)}{random.randrange(1000)}@example.com"
        case "url":
            return f"https://example.com/{random.choice(_WORDS)}/{random.randrange(1000)}"
        case "tel":
            return _fitted(control, f"555{random.randrange(10**7):07d}")
    words = (random.choice(_WORDS) for _ in range(random.randint(1, _MOST_WORDS)))
    return _fitted(control, " ".join(words))


def _fitted(control: Control, found: str) -> str:
    """Make a text long enough, of words, and no longer than it may be."""
    lacking = (control.shortest or 0) - units(found)
    if lacking > 0:
        found += f" {' '.join(_WORDS)}" * (lacking // 20 + 1)
    return found if control.longest is None else found[: control.longest]


def number(control: Control, random: Random) -> str:
    """Give a number within the bounds and on a step."""
    found = _between(control.lowest, control.highest, random)
    if control.step is None:
        found = round(found + random.random(), 2)
        return dates.shown(dates.fitted(found, control.lowest, control.highest, None, 0))
    return dates.shown(dates.fitted(found, control.lowest, control.highest, control.step, control.step_base))


def moment(control: Control, random: Random) -> str:
    """Give a date or a time within the bounds and on a step."""
    kind = control.type
    if kind == "time":
        first, last = 0.0, 86_340_000.0
    else:
        usual = "month" if kind == "month" else "date"
        days = (_FIRST_DAY.isoformat(), _LAST_DAY.isoformat())
        first, last = (dates.number_of(usual, one[:7] if kind == "month" else one) or 0.0 for one in days)
    lowest = control.lowest
    highest = control.highest
    low = lowest if lowest is not None else min(first, highest if highest is not None else first)
    high = highest if highest is not None else max(last, low)
    found = random.uniform(low, high) if low < high else low
    if control.step is not None:
        found = dates.fitted(found, lowest, highest, control.step, control.step_base)
    return dates.text_of(kind, float(int(found)))


def file(control: Control, random: Random) -> File:
    """Give a small file of a kind that is asked for."""
    size = max(control.shortest or 0, 1)
    content = bytes(random.randrange(32, 127) for _ in range(min(max(size, 20), control.longest or 20)))
    content += b" " * max(0, min(size, 10_000_000) - len(content))
    accepted = [one.strip().lower() for one in control.accepts.split(",") if one.strip()]
    ending = next((one for one in accepted if one.startswith(".")), "")
    kind = next((one for one in accepted if "/" in one), "text/plain")
    kind = {"image/*": "image/png", "audio/*": "audio/mpeg", "video/*": "video/mp4"}.get(kind, kind)
    return File(f"file{ending or '.' + kind.partition('/')[2].partition('+')[0]}", content, kind)


def _between(lowest: float | None, highest: float | None, random: Random) -> float:
    low = lowest if lowest is not None else min(0.0, (highest if highest is not None else 0.0) - 100)
    high = highest if highest is not None else max(100.0, low + 100)
    if low >= high:
        return low
    whole = (int(-(-low // 1)), int(high // 1)) if abs(low) < 1e15 and abs(high) < 1e15 else (1, 0)
    return float(random.randint(*whole)) if whole[0] <= whole[1] else random.uniform(low, high)
