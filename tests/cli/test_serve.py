import os
import re
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kempelen.config.sqlite.turns import Turns
from tests.cli.browsing import Browser, links_in
from tests.servers import Server

pytestmark = pytest.mark.once


@pytest.fixture
def fresh(tmp_path: Path):
    """A server that has not started yet, on SQLite."""
    server = Server(tmp_path / "data")
    yield server
    server.kill()


def failed_start(server: Server, *arguments: str) -> str:
    """What a start that fails says; nothing on stdout, status 1."""
    done = subprocess.run(
        [server.program, "serve", "--port", str(server.port), *arguments],
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def eventually(is_so, seconds: float = 20.0) -> bool:
    """Whether it becomes so in time."""
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        if is_so():
            return True
        time.sleep(0.05)
    return bool(is_so())


def test_the_first_start_prints_a_link_that_logs_the_owner_in_once(fresh):
    fresh.start()
    link = links_in(fresh.log())[0]

    status, page = Browser().log_in(link)
    again, _ = Browser().log_in(link)

    assert status == 200
    assert "My requester" in page or "Log out" in page
    assert again == 409


def test_later_starts_print_no_link_once_somebody_has_logged_in(fresh):
    fresh.start()
    Browser().log_in(links_in(fresh.log())[0])
    fresh.stop()

    fresh.start()

    assert len(links_in(fresh.log())) == 1
    link = fresh.run("login-link", "owner").strip()
    assert link.startswith(f"{fresh.url}/account/link/")
    assert Browser().log_in(link)[0] == 200


def test_a_second_server_on_the_folder_is_refused(fresh):
    fresh.start()

    said = failed_start(fresh)

    assert "Another Kempelen server (process " in said
    assert fresh.url in said


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_port_that_is_taken_is_named_even_by_a_server_that_shares_ports(tmp_path, fresh, workers):
    fresh.start("--workers", "2")
    other = Server(tmp_path / "other")
    other.port = fresh.port

    said = failed_start(other, "--workers", workers)

    assert f"Port {fresh.port} on 127.0.0.1 is taken by another program." in said


def test_a_folder_that_cannot_be_written_to_is_named(fresh):
    said = failed_start(fresh, "--data-dir", "/proc/kempelen")

    assert "The data folder /proc/kempelen cannot be written to" in said
    assert "--data-dir" in said


def test_a_database_newer_than_the_program_is_left_alone(fresh):
    fresh.start()
    fresh.stop()
    with sqlite3.connect(fresh.folder / "kempelen.sqlite3") as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('kempelen', '9999_later', '2030')"
        )
    connection.close()

    said = failed_start(fresh)

    assert "The database was last used by a newer Kempelen (9999_later is unknown here)" in said
    assert "Upgrade the program" in said


def test_a_bad_setting_stops_the_start(fresh):
    fresh.environment["KEMPELEN_SIGNUP"] = "maybe"

    assert "KEMPELEN_SIGNUP is 'maybe': Write open, invite or closed." in failed_start(fresh)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_request_in_flight_is_finished_when_all_processes_are_asked_to_stop(fresh, workers):
    fresh.start("--workers", workers)
    log_in = ready_to_log_in(fresh.run("login-link", "owner").strip())
    statuses: list[int] = []
    turns = Turns(str(fresh.folder / "kempelen.sqlite3.lock"))
    turns.take()  # nobody else can write now: the request has to wait
    asking = threading.Thread(target=lambda: statuses.append(log_in()))
    asking.start()
    asking.join(1)
    assert not statuses

    os.killpg(fresh._process.pid, signal.SIGTERM)  # as systemd does
    with pytest.raises(subprocess.TimeoutExpired):
        fresh._process.wait(0.5)
    turns.close()
    asking.join(20)

    assert statuses == [302]
    assert fresh._process.wait(20) == 0
    assert fresh.rows("SELECT count(*) FROM kempelen_loginlink WHERE used_at IS NOT NULL") == [(1,)]


def ready_to_log_in(link: str) -> Callable[[], int]:
    """Open a log-in link; gives what presses its button, and tells the status of the answer itself."""
    parts = urlsplit(link)

    def asked(method: str, body: str = "", cookie: str = "") -> tuple[int, str, str]:
        connection = HTTPConnection(parts.netloc, timeout=30)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        connection.request(method, parts.path, body, headers)
        answer = connection.getresponse()
        told = answer.status, answer.headers["Set-Cookie"] or "", answer.read().decode()
        connection.close()
        return told

    _, cookie, page = asked("GET")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    form = f"csrfmiddlewaretoken={token[1]}"
    return lambda: asked("POST", form, cookie.partition(";")[0])[0]


def test_ctrl_c_stops_a_server_with_several_processes(fresh):
    fresh.start("--workers", "2")
    process = fresh._process
    os.killpg(process.pid, signal.SIGINT)

    assert process.wait(20) == 0
    assert not list_of_processes(process.pid)


def test_a_process_that_dies_is_replaced(fresh):
    fresh.start("--workers", "2")
    parent = fresh._process.pid
    before = list_of_processes(parent)
    os.kill(before[0], signal.SIGKILL)

    assert eventually(lambda: len(set(list_of_processes(parent)) - set(before)) == 1)
    assert eventually(lambda: all(Browser().open(fresh.url)[0] == 200 for _ in range(6)))
    assert fresh.stop() == 0


def test_when_the_parent_is_killed_its_processes_end_and_a_new_server_starts(fresh):
    fresh.start("--workers", "2")
    children = list_of_processes(fresh._process.pid)
    os.kill(fresh._process.pid, signal.SIGKILL)
    fresh._process.wait()

    fresh.start()

    assert eventually(lambda: not any(is_running(child) for child in children))


def is_running(pid: int) -> bool:
    """Whether it is more than an entry that its new parent has not collected."""
    listed = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(listed.stdout.strip()) and not listed.stdout.startswith("Z")


def list_of_processes(parent: int) -> list[int]:
    """The children of a process."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return [int(pid) for pid in listed.stdout.split()]
