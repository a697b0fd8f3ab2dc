"""mturk-api.md §4.2 and §4.3: what meets a requirement."""

import operator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.domain.qualifications.comparing import Fact, holds

pytestmark = pytest.mark.once


def compared(comparator: str, *integers: int) -> dict[str, Any]:
    return {"Comparator": comparator, "IntegerValues": list(integers)}


def placed(comparator: str, *places: str) -> dict[str, Any]:
    """A requirement of places written as `US` or `US-CA`."""
    values = [
        {"Country": country} | ({"Subdivision": state} if state else {})
        for country, _, state in (place.partition("-") for place in places)
    ]
    return {"Comparator": comparator, "LocaleValues": values}


def fact_of(place: str) -> Fact:
    country, _, state = place.partition("-")
    return Fact(country=country, state=state)


ORACLE = {
    "LessThan": lambda value, wanted: value < wanted[0],
    "LessThanOrEqualTo": lambda value, wanted: value <= wanted[0],
    "GreaterThan": lambda value, wanted: value > wanted[0],
    "GreaterThanOrEqualTo": lambda value, wanted: value >= wanted[0],
    "EqualTo": lambda value, wanted: value == wanted[0],
    "NotEqualTo": lambda value, wanted: value != wanted[0],
    "In": lambda value, wanted: any(value == one for one in wanted),
    "NotIn": lambda value, wanted: all(value != one for one in wanted),
}
COMPARATORS = list(ORACLE)
SMALL = st.integers(-3, 3)


@given(st.sampled_from(COMPARATORS), st.one_of(st.none(), SMALL), st.lists(SMALL, min_size=1, max_size=15))
def test_values_compare_as_a_naive_reading_says(
    comparator: str, value: int | None, wanted: list[int]
) -> None:
    wanted = wanted if comparator in ("In", "NotIn") else wanted[:1]
    fact = None if value is None else Fact(value)
    expected = value is not None and ORACLE[comparator](value, wanted)
    assert holds(compared(comparator, *wanted), fact) is expected


def test_what_is_missing_meets_only_that_it_should_not_be_there() -> None:
    for comparator in COMPARATORS:
        assert not holds(compared(comparator, 1), None)
    assert not holds({"Comparator": "Exists"}, None)
    assert holds({"Comparator": "DoesNotExist"}, None)


def test_a_qualification_without_a_value_only_exists() -> None:
    assert holds({"Comparator": "Exists"}, Fact())
    assert not holds({"Comparator": "DoesNotExist"}, Fact())
    assert not any(holds(compared(comparator, 1), Fact()) for comparator in COMPARATORS)


@pytest.mark.parametrize(
    ("comparator", "wanted", "place", "expected"),
    [
        ("EqualTo", ["US"], "US-CA", True),
        ("EqualTo", ["US"], "US", True),
        ("EqualTo", ["US-CA"], "US-NY", False),
        ("NotEqualTo", ["US-CA"], "US-NY", True),
        ("NotEqualTo", ["US-CA"], "IN", True),
        ("NotEqualTo", ["US-CA"], "US-CA", False),
        ("NotEqualTo", ["US"], "US-NY", False),
        ("In", ["DE", "US-CA"], "US-CA", True),
        ("In", ["DE", "US-CA"], "FR", False),
        ("NotIn", ["DE", "US-CA"], "FR", True),
        ("NotIn", ["DE", "US-CA"], "DE", False),
    ],
)
def test_places_compare_by_as_much_as_is_asked(
    comparator: str, wanted: list[str], place: str, expected: bool
) -> None:
    assert holds(placed(comparator, *wanted), fact_of(place)) is expected


@pytest.mark.parametrize("comparator", ["EqualTo", "NotEqualTo", "In", "NotIn"])
def test_a_state_that_is_not_told_may_be_any(comparator: str) -> None:
    assert not holds(placed(comparator, "US-CA"), fact_of("US"))


PLACES = st.sampled_from(["US-CA", "US-NY", "DE", "FR"])


@given(st.lists(PLACES, min_size=1, max_size=30), PLACES)
def test_in_and_not_in_are_opposites_for_a_place_that_is_told(wanted: list[str], place: str) -> None:
    assert holds(placed("In", *wanted), fact_of(place)) is (place in wanted)
    assert holds(placed("NotIn", *wanted), fact_of(place)) is operator.not_(place in wanted)
