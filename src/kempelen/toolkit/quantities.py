"""Spans of time and sums of money as people write them."""

import re
from decimal import Decimal, InvalidOperation

_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SPAN = re.compile(r"(\d+)\s*(s|min|h|d|w)\b")


def span(text: str | int) -> int:
    """Give seconds, from `90`, `45min`, `1h 30min` or `7d`; `ValueError` for what is none."""
    if isinstance(text, int) or text.strip().isdecimal():
        return int(text)
    parts = _SPAN.findall(text)
    if not parts or _SPAN.sub("", text).strip():
        raise ValueError(f"{text!r} is no span of time; write 45min, 1h 30min, 7d or seconds.")
    return sum(int(count) * _SECONDS[unit] for count, unit in parts)


def money(text: str | float) -> str:
    """Give dollars as MTurk takes them, such as `0.05`; `ValueError` for what are no whole cents."""
    try:
        amount = Decimal(str(text).strip().removeprefix("$"))
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no sum of money; write 0.05 for five cents.") from error
    if not amount.is_finite() or amount < 0 or amount * 100 != (amount * 100).to_integral_value():
        raise ValueError(f"{text!r} is no sum in whole cents; write 0.05 for five cents.")
    return f"{amount:.2f}"


def cents(text: str | float) -> int:
    """Give cents, from what `money` takes."""
    return int(Decimal(money(text)) * 100)
