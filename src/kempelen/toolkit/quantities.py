"""Spans of time and sums of money as people write them."""

from decimal import Decimal, InvalidOperation

from kempelen.domain.spans import span as span

_CENT = Decimal("0.01")
_MOST = Decimal(10**12)


def money(text: str | float) -> str:
    """Give dollars as MTurk takes them, such as `0.05`; `ValueError` for what are no whole cents."""
    said = str(text).strip().removeprefix("$")
    try:
        amount = Decimal(said)
    except InvalidOperation as error:
        raise ValueError(f"{said[:40]!r} is no sum of money; write 0.05 for five cents.") from error
    # Not counted with: sums beyond all sense would be rounded, or never end.
    if not amount.is_finite() or amount < 0 or amount > _MOST:
        raise ValueError(f"{said[:40]!r} is no sum of money; write 0.05 for five cents.")
    in_cents = amount.quantize(_CENT)
    if in_cents != amount:
        raise ValueError(f"{said[:40]!r} is no sum in whole cents; write 0.05 for five cents.")
    return str(abs(in_cents))


def cents(text: str | float) -> int:
    """Give cents, from what `money` takes."""
    return int(Decimal(money(text)) * 100)
