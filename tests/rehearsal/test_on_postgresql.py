"""A throw-away server on a database that it is given."""

from pathlib import Path

import pytest

from kempelen.rehearsal import server
from tests import databases
from tests.rehearsal.crowd.test_same_seed import rehearsed

pytestmark = pytest.mark.postgresql


def test_a_server_may_have_a_database_of_postgresql() -> None:
    with server.start(settings={"KEMPELEN_DATABASE_URL": databases.new_database_url()}) as started:
        assert started.client().get_account_balance()["AvailableBalance"] == "10000.00"
        assert started.workers(2)


def test_the_same_seed_gives_the_same_report_on_either_database(tmp_path: Path) -> None:
    with server.start() as sqlite:
        once, _ = rehearsed(sqlite, tmp_path / "sqlite")
    with server.start(settings={"KEMPELEN_DATABASE_URL": databases.new_database_url()}) as postgresql:
        again, _ = rehearsed(postgresql, tmp_path / "postgresql")
    assert again == once
