import socket
from urllib.request import Request, urlopen

import pytest

from kempelen.config import data_folder
from tests.cli.browsing import Browser
from tests.servers import Server

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A server that runs for the tests of this file."""
    server = Server(tmp_path_factory.mktemp("running") / "data")
    yield server.start("--host", "0.0.0.0")
    server.kill()


def test_static_files_come_compressed_and_for_good(running):
    _, page = Browser().open(running.url)
    address = next(part for part in page.split('"') if part.startswith("/static/kempelen/kempelen."))
    with urlopen(Request(running.url + address, headers={"Accept-Encoding": "gzip"})) as answer:
        headers = answer.headers

    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]


def test_it_is_reached_by_the_machines_own_names(running):
    assert Browser().open(running.url, Host=socket.gethostname())[0] == 200


def test_hosts_that_are_not_its_own_are_refused(running):
    status, page = Browser().open(running.url, Host="evil.example")

    assert status == 400
    assert "KEMPELEN_ALLOWED_HOSTS" in page
    assert socket.gethostname() not in page
    assert "Refused a request for evil.example. If that is this server, add it to" in running.log()
    assert "Traceback" not in running.log()


def test_strangers_cannot_send_large_bodies(running):
    body = b"assignmentId=3A&a=" + b"x" * 33_000_000
    try:
        status, _ = Browser().open(f"{running.url}/mturk/externalSubmit", data=body)
    except OSError:
        status = 413  # the server closed the connection while the body was still being sent

    assert status == 413


def test_the_folder_is_for_its_owner_only(running):
    assert running.folder.stat().st_mode & 0o777 == 0o700
    assert (running.folder / data_folder.SECRET_KEY).stat().st_mode & 0o777 == 0o600
