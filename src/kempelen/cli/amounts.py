"""Spans of time and sums of money as people type them, and numbers as they read them."""

import re
from decimal import Decimal, InvalidOperation

import typer

_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}


def seconds(text: str) -> int:
    """Seconds, from `90`, `45min`, `1h 30min` or `7d`."""
    if text.strip().isdecimal():
        return int(text)
    parts = re.findall(r"(\d+)\s*(s|min|h|d|w)\b", text)
    if not parts or re.sub(r"(\d+)\s*(s|min|h|d|w)\b", "", text).strip():
        raise typer.BadParameter(f"{text!r} is no span of time; write 45min, 1h 30min, 7d or seconds.")
    return sum(int(count) * _SECONDS[unit] for count, unit in parts)


def counted(count: int, one: str, several: str) -> str:
    """`1 HIT`, `1,200 HITs`."""
    return f"{count:,} {one if count == 1 else several}"


def cents(text: str) -> int:
    """Cents, from `0.05` or `$1`."""
    try:
        amount = Decimal(text.strip().removeprefix("$")) * 100
    except InvalidOperation as error:
        raise typer.BadParameter(f"{text!r} is no sum of money; write 0.05 for five cents.") from error
    if amount != amount.to_integral_value() or amount < 0:
        raise typer.BadParameter(f"{text!r} is no sum in whole cents; write 0.05 for five cents.")
    return int(amount)
