"""`kempelen trouble`, as a shell runs it."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.contract.toolkit.conftest import Toolkit
from tests.servers import KEMPELEN, Server

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
    said = toolkit.run("--endpoint-url", toolkit.environment["AWS_ENDPOINT_URL_MTURK"], "trouble", status=1)
    assert "An administrator’s token" in said and "is missing" in said


def test_ranges_of_seconds_are_read(toolkit: Toolkit) -> None:
    told = toolkit.json("trouble", "set", "--slow", "1", "--slow-seconds", "0-0.5")
    assert told["settings"]["slow_seconds"] == [0, 0.5]
    assert toolkit.json("trouble", "stop")["is_on"] is False


def test_the_server_of_the_data_folder_here_follows_at_once(site: Server, mturk: Any) -> None:
    try:
        site.run("trouble", "set", "--errors", "1", "--when", "before")
        with pytest.raises(ClientError):
            mturk.get_account_balance()
        assert json.loads(site.run("trouble", "--json"))["counts"]["GetAccountBalance"]["requests"] == 1
    finally:
        site.run("trouble", "stop")
    assert mturk.get_account_balance()["AvailableBalance"] == "10000.00"


def test_no_production_server_makes_trouble(shell: dict[str, str], tmp_path: Path) -> None:
    production = shell | {"KEMPELEN_MODE": "production", "KEMPELEN_DATA_DIR": str(tmp_path / "data")}
    done = subprocess.run(
        [KEMPELEN, "trouble", "set", "--errors", "1"],
        env=production,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and "production server" in done.stderr
