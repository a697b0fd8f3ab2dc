"""A throw-away server on a database that it is given."""

import pytest

from kempelen.rehearsal import server
from tests import databases

pytestmark = pytest.mark.postgresql


def test_a_server_may_have_a_database_of_postgresql() -> None:
    with server.start(settings={"KEMPELEN_DATABASE_URL": databases.new_database_url()}) as started:
        assert started.client().get_account_balance()["AvailableBalance"] == "10000.00"
        assert started.workers(2)
