"""`kempelen trouble`, as a shell runs it."""

import pytest

from tests.contract.toolkit.conftest import Toolkit

pytestmark = pytest.mark.once


@pytest.fixture
def toolkit(toolkit: Toolkit, admin_token: str) -> Toolkit:
    toolkit.environment["KEMPELEN_ADMIN_TOKEN"] = admin_token
    return toolkit


def test_trouble_is_set_shown_counted_and_stopped(toolkit: Toolkit) -> None:
    said = toolkit.run("trouble", "set", "--errors", "1", "--when", "before", "--seed", "7")
    assert "errors" in said and "before" in said and "7" in said
    toolkit.environment["AWS_MAX_ATTEMPTS"] = "3"
    toolkit.run("balance", status=1)

    assert toolkit.json("trouble", "count") == {"GetAccountBalance": {"requests": 3, "errors before": 3}}
    assert toolkit.json("trouble", "show")["settings"]["when"] == ["before"]
    assert "GetAccountBalance  3         3" in toolkit.run("trouble", "count")
    assert toolkit.run("trouble", "stop").startswith("No trouble is made.\n\noperation")
    assert "10000.00" in toolkit.run("balance")


def test_what_makes_no_sense_is_said_with_its_remedy(toolkit: Toolkit) -> None:
    assert "No rate is above 0" in toolkit.run("trouble", "set", status=1)
    assert "is not one of" in toolkit.run(
        "trouble", "set", "--errors", "1", "--operation", "CreateHat", status=1
    )
    assert "write --slow-seconds 0.2-1.5" in toolkit.run(
        "trouble", "set", "--slow", "1", "--slow-seconds", "long", status=1
    )
    toolkit.environment["KEMPELEN_ADMIN_TOKEN"] = "wrong"
    said = toolkit.run("trouble", status=1)
    assert "kempelen token create --admin" in said and "wrong" not in said
    del toolkit.environment["KEMPELEN_ADMIN_TOKEN"]
    assert 'export KEMPELEN_ADMIN_TOKEN="$(kempelen token create --admin)"' in toolkit.run(
        "trouble", status=1
    )


def test_ranges_of_seconds_are_read(toolkit: Toolkit) -> None:
    told = toolkit.json("trouble", "set", "--slow", "1", "--slow-seconds", "0-0.5")
    assert told["settings"]["slow_seconds"] == [0, 0.5]
    assert toolkit.json("trouble", "stop")["is_on"] is False
