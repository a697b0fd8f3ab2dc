"""What becomes of the n-th request."""

from collections import Counter

import pytest

from kempelen.domain.trouble import fate
from kempelen.domain.trouble.wanted import Wanted

pytestmark = pytest.mark.once
MANY = range(1, 2001)
MIXED = Wanted(seed=7, throttling=0.1, errors=0.2, dropped=0.3, slow=0.5, slow_seconds=(1, 3))


def test_the_same_seed_gives_each_request_the_same_trouble() -> None:
    again = Wanted(**MIXED.as_json())
    assert [fate.of_request(MIXED, "CreateHIT", n) for n in MANY] == [
        fate.of_request(again, "CreateHIT", n) for n in MANY
    ]


def test_this_pattern_stays_from_version_to_version() -> None:
    kinds = [fate.of_request(MIXED, "CreateHIT", number).kind for number in range(1, 9)]
    assert kinds == ["", "dropped midway", "dropped midway", "", "", "", "", "errors after"]


def test_another_seed_or_operation_has_another_pattern() -> None:
    patterns = {
        tuple(fate.of_request(Wanted(seed=seed, errors=0.5), name, number).kind for number in range(1, 50))
        for seed in (1, 2)
        for name in ("CreateHIT", "GetHIT")
    }
    assert len(patterns) == 4


def test_rates_are_as_asked_for() -> None:
    dealt = [fate.of_request(MIXED, "CreateHIT", number) for number in MANY]
    kinds = Counter(one.kind.partition(" ")[0] for one in dealt)
    for kind, rate in {"throttling": 0.1, "errors": 0.2, "dropped": 0.3, "": 0.4}.items():
        assert abs(kinds[kind] / len(MANY) - rate) < 0.05
    waits = [one.wait_seconds for one in dealt if one.wait_seconds]
    assert abs(len(waits) / len(MANY) - 0.5) < 0.05
    assert 1 <= min(waits) < 1.1 and 2.9 < max(waits) <= 3


def test_rates_of_0_and_1_are_never_and_always() -> None:
    always = Wanted(errors=1, slow=1, slow_seconds=(0.1, 0.1), when=("after",))
    assert {fate.of_request(always, "GetHIT", n).kind for n in MANY} == {"errors after"}
    assert {fate.of_request(Wanted(doubled=1), "GetHIT", n).kind for n in MANY} == {""}
    assert all(fate.of_message(Wanted(doubled=1, late=1), n).kinds == ["doubled", "late"] for n in MANY)
    assert not any(fate.of_message(always, n).kinds for n in MANY)


def test_connections_drop_only_when_asked_for() -> None:
    wanted = Wanted(dropped=1, when=("midway", "truncated"))
    kinds = {fate.of_request(wanted, "GetHIT", number).kind for number in MANY}
    assert kinds == {"dropped midway", "dropped truncated"}
