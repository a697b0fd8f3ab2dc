"""Whether what is known of a worker meets a requirement."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_ORDERED: dict[str, Callable[[int, int], bool]] = {
    "LessThan": operator.lt,
    "LessThanOrEqualTo": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanOrEqualTo": operator.ge,
}
_NEGATED = {"NotEqualTo", "NotIn"}


@dataclass(frozen=True)
class Fact:
    """What a worker has of a qualification type: a value, a place, or just that they have it."""

    value: int | None = None
    country: str = ""
    state: str = ""


def holds(requirement: Mapping[str, Any], fact: Fact | None) -> bool:
    """Tell whether the fact meets the requirement; None is a worker who lacks the qualification.

    What is missing meets nothing but DoesNotExist: not NotEqualTo, not NotIn (mturk-api.md §4.2).
    """
    comparator = requirement["Comparator"]
    if comparator == "DoesNotExist":
        return fact is None
    if fact is None:
        return False
    if comparator == "Exists":
        return True
    if "LocaleValues" in requirement:
        return _place_meets(comparator, requirement["LocaleValues"], fact)
    return fact.value is not None and _value_meets(comparator, requirement["IntegerValues"], fact.value)


def _value_meets(comparator: str, wanted: list[int], value: int) -> bool:
    if comparator in _ORDERED:
        return _ORDERED[comparator](value, wanted[0])
    return (value in wanted) != (comparator in _NEGATED)


def _place_meets(comparator: str, wanted: list[dict[str, str]], fact: Fact) -> bool:
    """Compare by as much as each wanted place says (mturk-api.md §4.3).

    Somebody in the United States who names no state may be in any: that is neither in a wanted state nor
    outside of it.
    """
    if not fact.country:
        return False
    of_country = [place.get("Subdivision", "") for place in wanted if place["Country"] == fact.country]
    if "" in of_country or (fact.state and fact.state in of_country):
        return comparator not in _NEGATED
    is_elsewhere = not of_country or bool(fact.state)
    return is_elsewhere and comparator in _NEGATED
