"""What every test may ask for.  See CONTRIBUTING.md, "Tests"."""

import os
import signal
from collections.abc import Iterator

import django
import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests import databases

databases.choose()
django.setup()

pytest_plugins = ["tests.cast", "tests.servers", "tests.browser", "tests.outside"]

MARKERS = (
    "browser: drives a real Chromium",
    "journey: a browser test that runs on both databases",
    "once: does not depend on the database, so that it runs in one of the two runs only",
    "postgresql: is about PostgreSQL, and left out on SQLite",
    "proof: takes minutes; run by make proof",
)


# A loaded machine is no fault of the code's; and CI tries the same examples each time.
hypothesis.settings.register_profile(
    "tests",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser"):
            # A real browser beside other work now and then stands still for longer than any patience.  What
            # failed is tried once more, and the run names it at its end: read that, it may be a race.
            item.add_marker(pytest.mark.flaky(reruns=1))
    if databases.is_postgresql():
        return
    left_out = [item for item in items if item.get_closest_marker("postgresql")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("numprocesses", None):
        # With the name in their environment, xdist's processes would read settings before `choose`,
        # and all use this process's database.
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    # Whoever ends a run by SIGTERM ends its servers too, as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)


def pytest_report_header() -> str:
    return f"database: {settings.DATABASES['default']['ENGINE']}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Tests use the very database that this process's settings name, so that a server can share it.

    It is of this process alone: a file in its own folder, or a PostgreSQL database with its own name.
    """
    database = settings.DATABASES["default"]
    database.setdefault("TEST", {})["NAME"] = database["NAME"]
    if databases.is_postgresql():
        # Emptying all tables may meet a server's background work the other way round: it gives way, and
        # tries again a second later; the test would fail.
        database["OPTIONS"]["options"] = "-c deadlock_timeout=60s"


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """`django_db_setup` drops the database itself."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Dropped with whoever is still connected: PostgreSQL may see late that a killed server is gone."""
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        databases.drop()
