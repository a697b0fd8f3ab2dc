"""Which database a run of the tests uses: KEMPELEN_TEST_DATABASE=sqlite (the default) or postgresql.

Settings read the environment when they are imported, so that `choose` comes before Django.  The run's
first process starts PostgreSQL; the processes of xdist find its URL in their environment.
"""

import atexit
import os
import shutil
import tempfile
import uuid
from pathlib import Path

from tests import postgresql

CHOICE = "KEMPELEN_TEST_DATABASE"
_SERVER_URL = "KEMPELEN_TEST_POSTGRESQL"
# Of the tests, not of the product.
_OURS = {CHOICE, _SERVER_URL, "KEMPELEN_TEST_ENDPOINT"}


def choose() -> None:
    """Point this process at a data folder and a database of its own."""
    for name in [name for name in os.environ if name.startswith("KEMPELEN_") and name not in _OURS]:
        del os.environ[name]
    # Not the temporary folder itself: a server's log lies beside its data.
    data = _temporary_folder() / "data"
    data.mkdir()
    os.environ["KEMPELEN_DATA_DIR"] = str(data)
    os.environ["KEMPELEN_SECRET_KEY"] = "for tests only, which is long enough"
    os.environ["DJANGO_SETTINGS_MODULE"] = "kempelen.config.settings"
    if is_postgresql():
        os.environ["KEMPELEN_DATABASE_URL"] = f"{_postgresql_server()}/{_unused_name('tests')}"


def is_postgresql() -> bool:
    """Whether this run uses PostgreSQL."""
    chosen = os.environ.get(CHOICE, "sqlite")
    assert chosen in {"sqlite", "postgresql"}, f"{CHOICE} is sqlite or postgresql, not {chosen}"
    return chosen == "postgresql"


def new_database_url(*, template: str = "template1") -> str:
    """A new database for a server under test; no URL on SQLite, where the data folder has the file."""
    if not is_postgresql():
        return ""
    return postgresql.create_database(_postgresql_server(), _unused_name("server"), template=template)


def drop() -> None:
    """Drop what `choose` named; SQLite's file goes with its folder."""
    if is_postgresql():
        name = os.environ["KEMPELEN_DATABASE_URL"].rpartition("/")[2]
        postgresql.drop_database(_postgresql_server(), name)


def _postgresql_server() -> str:
    if _SERVER_URL not in os.environ:
        os.environ[_SERVER_URL] = postgresql.start_throwaway()
    return os.environ[_SERVER_URL]


def _unused_name(purpose: str) -> str:
    return f"{purpose}_{uuid.uuid4().hex[:12]}"


def _temporary_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kempelen-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
