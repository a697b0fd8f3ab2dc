"""Money: whole cents in tables, `Decimal` dollars at the faces."""

import re
from decimal import Decimal

_CENTS_IN_A_DOLLAR = 100
# The pattern that MTurk's model gives for amounts: dollars, and at most two decimals.
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{0,2})?")


class NotAnAmount(ValueError):
    """The text is not an amount of dollars such as `0.05`."""


def cents_of(text: str) -> int:
    """Read an amount of dollars as MTurk writes it (`0.05`, `1`, `$0.10`), or raise `NotAnAmount`."""
    amount = text.strip().removeprefix("$")
    if not _AMOUNT.fullmatch(amount):
        raise NotAnAmount(f"“{text}” is not an amount; write dollars and cents, such as 0.05.")
    return int(Decimal(amount) * _CENTS_IN_A_DOLLAR)


def dollars_of(cents: int) -> Decimal:
    """Give an amount of cents in dollars, with two decimals."""
    return (Decimal(cents) / _CENTS_IN_A_DOLLAR).quantize(Decimal("0.01"))


def cost_of(rows: int, places: int, reward_cents: int) -> int:
    """Give in cents what so many rows cost if every place is approved; this server adds no fee to rewards."""
    return rows * places * reward_cents
