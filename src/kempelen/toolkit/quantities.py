"""Spans of time and sums of money as people write them."""

from decimal import Decimal, InvalidOperation

from kempelen.domain.spans import span as span


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
