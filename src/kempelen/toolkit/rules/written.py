"""Rules as people write them: `majority:label`, `gold:label=right`, `time:20s`, `expr:…`."""

from collections.abc import Callable

from kempelen.toolkit.quantities import span
from kempelen.toolkit.rules.expressions import Expression
from kempelen.toolkit.rules.judging import Gold, Majority, WorkTime
from kempelen.toolkit.rules.work import Rule
from kempelen.toolkit.troubles import Trouble

_REMEDY = "Write majority:FIELD, gold:FIELD=COLUMN, time:20s (or time:20s..1h), or expr:EXPRESSION."


def read(text: str) -> Rule:
    """Give a rule as it is written; refuses (`Trouble`) what is none."""
    kind, _, rest = text.partition(":")
    make = _KINDS.get(kind.strip().lower())
    if make is None or not rest.strip():
        raise Trouble(f"{text!r} is no rule. {_REMEDY}")
    return make(rest.strip())


def _gold(text: str) -> Rule:
    field, equals, column = (part.strip() for part in text.partition("="))
    if not (field and equals and column):
        raise Trouble(f"gold:{text} names no column. Write gold:FIELD=COLUMN, with a column of the data.")
    return Gold(field, column)


def _time(text: str) -> Rule:
    least, dots, most = (part.strip() for part in text.partition(".."))
    try:
        rule = WorkTime(span(least) if least else 0, span(most) if dots and most else None)
    except ValueError as error:
        raise Trouble(f"time:{text}: {error}") from error
    if rule.most is not None and rule.most < rule.least:
        raise Trouble(f"time:{text} is met by nothing: the shorter time stands first.")
    return rule


_KINDS: dict[str, Callable[[str], Rule]] = {
    "majority": Majority,
    "gold": _gold,
    "time": _time,
    "expr": Expression.read,
}
