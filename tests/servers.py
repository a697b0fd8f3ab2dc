"""Real servers, started as a user starts them: `kempelen serve` on a free port, in a process of its own."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command

from tests import databases

KEMPELEN = Path(sys.executable).with_name("kempelen")
PATIENCE_SECONDS = 60


class Server:
    """A server of Kempelen on this machine, with its data folder and database."""

    def __init__(
        self,
        folder: Path,
        *,
        database_url: str = "",
        program: Path = KEMPELEN,
        verb: str = "serve",
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.database_url = database_url
        self.program = program
        self.verb = verb
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = clean_environment()
        self.environment |= {"KEMPELEN_DATA_DIR": str(folder), **(settings or {})}
        if database_url:
            self.environment["KEMPELEN_DATABASE_URL"] = database_url
        self._log = folder.with_name(f"{folder.name}.log")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> "Server":
        """Start and wait until pages are served; the same port each time."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [self.program, self.verb, "--port", str(self.port), *arguments],
                cwd=self.folder.parent,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that a kill reaches its workers too
            )
        self._wait_until_it_answers()
        return self

    def stop(self) -> int:
        """Ask it to stop, as a service manager does; its exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it and its workers where they are, as a power cut would."""
        self._end(signal.SIGKILL)

    def run(self, *arguments: str | Path) -> str:
        """What a `kempelen` command prints that works on the same data folder."""
        done = subprocess.run(
            [self.program, *arguments],
            cwd=self.folder.parent,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"kempelen {' '.join(map(str, arguments))}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the tables hold, looked at beside the server."""
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                return connection.execute(query).fetchall()
        with contextlib.closing(sqlite3.connect(self.folder / "kempelen.sqlite3")) as connection:
            return connection.execute(query).fetchall()

    def log(self) -> str:
        """What it printed since its first start."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, how) if how is signal.SIGKILL else self._process.send_signal(how)
        try:
            status = self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired as stuck:
            os.killpg(self._process.pid, signal.SIGKILL)
            raise AssertionError(f"The server does not stop.  Its log:\n{self.log()}") from stuck
        self._process = None
        return status

    def _wait_until_it_answers(self) -> None:
        assert self._process
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up_at:
            if self._process.poll() is not None:
                status, self._process = self._process.returncode, None
                raise AssertionError(f"The server ended with status {status}.  Its log:\n{self.log()}")
            if self._answers():
                return
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"The server does not answer at {self.url}.  Its log:\n{self.log()}")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=PATIENCE_SECONDS) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"The front page answers {error.code}.  The log:\n{self.log()}") from error
        except OSError:
            return False


@contextlib.contextmanager
def new_server(**options: Any) -> Iterator[Server]:
    """A server that has not started yet, with an empty data folder and database of its own."""
    with tempfile.TemporaryDirectory(prefix="kempelen-server-") as folder:
        server = Server(Path(folder) / "data", database_url=databases.new_database_url(), **options)
        server.folder.mkdir()
        try:
            yield server
        finally:
            server.kill()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server as a new user has it, kept for the tests of one file."""
    with new_server() as server:
        yield server.start()


@pytest.fixture(scope="module")
def site_settings() -> Mapping[str, str]:
    """What `site` is set to beyond the defaults; a file of tests may give its own."""
    return {}


@pytest.fixture(scope="module")
def _site_of_this_file(
    django_db_setup: None, django_db_blocker: Any, site_settings: Mapping[str, str]
) -> Iterator[Server]:
    # Not for longer than a file: its background work must not touch the jobs of other tests.
    folder = Path(os.environ["KEMPELEN_DATA_DIR"])
    site = Server(
        folder,
        database_url=os.environ.get("KEMPELEN_DATABASE_URL", ""),
        settings={"KEMPELEN_SECRET_KEY": os.environ["KEMPELEN_SECRET_KEY"], **site_settings},
    )
    try:
        site.start()
        with django_db_blocker.unblock():
            # Tests begin with empty tables, not with what a first start makes.
            call_command("flush", interactive=False, verbosity=0)
        yield site
    finally:
        site.kill()


@pytest.fixture
def site(_site_of_this_file: Server, transactional_db: None) -> Server:
    """A running server on the tables of this very test, so that factories fill what its pages show."""
    return _site_of_this_file


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show the log of each server that a failed test used."""
    report: Any = yield
    if report.when == "call" and report.failed:
        for name, value in getattr(item, "funcargs", {}).items():
            if isinstance(value, Server):
                report.sections.append((f"Log of {name}", value.log()[-10_000:]))
    return report


def clean_environment() -> dict[str, str]:
    """This environment, less what it says of Kempelen or of Django."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("KEMPELEN_", "DJANGO_"))}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
