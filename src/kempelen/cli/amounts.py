"""Spans of time and sums of money as people type them, and numbers as they read them."""

from collections.abc import Callable

import typer

from kempelen.toolkit import quantities


def seconds(text: str) -> int:
    """Seconds, from `90`, `45min`, `1h 30min` or `7d`."""
    return _parameter(quantities.span, text)


def cents(text: str) -> int:
    """Cents, from `0.05` or `$1`."""
    return _parameter(quantities.cents, text)


def counted(count: int, one: str, several: str) -> str:
    """`1 HIT`, `1,200 HITs`."""
    return f"{count:,} {one if count == 1 else several}"


def _parameter(read: Callable[[str], int], text: str) -> int:
    """What an option says, read; refused as options are."""
    try:
        return read(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
