"""Properties as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.toolkit import quantities
from kempelen.toolkit.properties import Properties, changed
from kempelen.toolkit.troubles import Trouble

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), (90, 90), ("45min", 2700), ("1h 30min", 5400), ("7d", 604_800)]
)
def test_spans_of_time(text: str | int, seconds: int) -> None:
    assert quantities.span(text) == seconds


@given(st.integers(0, 10**7))
def test_whole_cents_survive_as_money(cents: int) -> None:
    text = quantities.money(f"${cents / 100:.2f}")
    assert Properties(reward=text).cents() == cents


@pytest.mark.parametrize(
    "text",
    [
        "0.005",
        "-1",
        "five",
        "",
        "NaN",
        "Infinity",
        "1e999999",
        "1e400000000",
        "0.0100000000000000000000000000000000000001",
    ],
)
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write 0\.05"):
        quantities.money(text)


def test_mturks_own_names_are_understood() -> None:
    said = {"Title": "A", "Reward": 0.5, "AssignmentDurationInSeconds": 600, "MaxAssignments": 3}
    found = changed(Properties(), said, where="a file")
    assert (found.title, found.reward, found.duration, found.assignments) == ("A", "0.50", 600, 3)


@given(
    st.dictionaries(st.text(max_size=20), st.one_of(st.none(), st.text(), st.integers(), st.lists(st.none())))
)
def test_whatever_a_file_says_it_is_understood_or_refused(said: dict[str, object]) -> None:
    try:
        changed(Properties(), said, where="a file")
    except Trouble as trouble:
        assert str(trouble).startswith("a file: ")
