"""Which trouble can be asked for."""

from typing import Any

import pytest

from kempelen.domain.errors import InvalidValue
from kempelen.domain.trouble import wanted
from kempelen.domain.trouble.wanted import Wanted

OPERATIONS = ["CreateHIT", "GetHIT"]

pytestmark = pytest.mark.once


def test_what_is_not_said_has_its_default() -> None:
    assert wanted.read({"errors": 0.5}, OPERATIONS) == Wanted(errors=0.5, when=("before", "after", "midway"))


def test_what_is_kept_is_what_was_asked_for() -> None:
    asked = {"seed": -7, "slow": 1, "slow_seconds": [0, 0.5], "when": ["after"], "operations": ["pages"]}
    read = wanted.read(asked, OPERATIONS)
    assert wanted.kept(wanted.read({**read.as_json()}, OPERATIONS).as_json()) == read


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ([], ""),
        (None, ""),
        ({}, ""),
        ({"seed": 1}, ""),
        ({"eror": 1}, "eror"),
        ({"\0": 1}, "\0"),
        ({"errors": "1"}, "errors"),
        ({"errors": True}, "errors"),
        ({"errors": -0.1}, "errors"),
        ({"errors": 1.1}, "errors"),
        ({"errors": float("nan")}, "errors"),
        ({"errors": float("inf")}, "errors"),
        ({"errors": 10**400}, "errors"),
        ({"errors": None}, "errors"),
        ({"throttling": 0.5, "errors": 0.4, "dropped": 0.2}, "throttling"),
        ({"slow": 1, "slow_seconds": 3}, "slow_seconds"),
        ({"slow": 1, "slow_seconds": [2, 1]}, "slow_seconds"),
        ({"slow": 1, "slow_seconds": [0, 301]}, "slow_seconds"),
        ({"slow": 1, "slow_seconds": ["0", "1"]}, "slow_seconds"),
        ({"late": 1, "late_seconds": [1, 2, 3]}, "late_seconds"),
        ({"errors": 1, "seed": 1.5}, "seed"),
        ({"errors": 1, "seed": 2**63}, "seed"),
        ({"errors": 1, "seed": "x"}, "seed"),
        ({"errors": 1, "when": []}, "when"),
        ({"errors": 1, "when": "before"}, "when"),
        ({"errors": 1, "when": ["midway"]}, "when"),
        ({"errors": 1, "when": [{}]}, "when"),
        ({"errors": 1, "operations": ["CreateHat"]}, "operations"),
        ({"errors": 1, "operations": [["CreateHIT"]]}, "operations"),
        ({"errors": 1, "operations": {"CreateHIT": 1}}, "operations"),
    ],
)
def test_what_makes_no_sense_is_refused_and_named(given: Any, field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        wanted.read(given, OPERATIONS)
    assert refused.value.field == field
    assert len(str(refused.value)) < 300


def test_without_operations_all_of_the_api_meet_it_and_pages_do_not() -> None:
    names = ("CreateHIT", "GetHIT", "pages", "externalSubmit")
    everything, some = Wanted(errors=1), Wanted(errors=1, operations=("CreateHIT", "pages"))
    assert [name for name in names if everything.meets(name)] == ["CreateHIT", "GetHIT"]
    assert [name for name in names if some.meets(name)] == ["CreateHIT", "pages"]
