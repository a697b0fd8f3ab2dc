import signal
import socket
import subprocess
import sys
import time

import pytest
from waitress.adjustments import Adjustments

from kempelen.cli.serving import web_server

pytestmark = pytest.mark.once

MEGABYTES = 40
PROGRAM = f"""
from kempelen.cli.serving import sockets, web_server

def application(environ, start_response):
    start_response("200 OK", [])
    megabytes = {{"/large": {MEGABYTES}, "/endless": 10**9}}.get(environ["PATH_INFO"], 0)
    return (b"x" * 1_000_000 for _ in range(megabytes)) if megabytes else [b"done"]

web_server.THREADS = 1
web_server.SILENCE_SECONDS = 2
listening = sockets.listen("127.0.0.1", 0, 1)[0]
server = web_server.WebServer(application, listening, web_server.Limits(10**9, 10**9, 10**9))
print(sockets.address_of(listening)[1], flush=True)
server.run()
"""
FORM_WITH_FILES = "multipart/form-data; boundary=b"


@pytest.fixture
def serving():
    """A process that serves with one thread, and its port."""
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process, int(process.stdout.readline())
        process.kill()


def asked(port: int, path: str) -> socket.socket:
    """A connection over which a page was asked for, and of which nothing has been read."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
    return connection


def test_a_download_in_flight_is_finished_when_the_server_is_asked_to_stop(serving):
    process, port = serving
    with asked(port, "/large") as connection:
        received = len(connection.recv(1000))
        process.send_signal(signal.SIGTERM)
        while some := connection.recv(1_000_000):
            received += len(some)

    assert received > MEGABYTES * 1_000_000
    assert process.wait(20) == 0


class Reader:
    """A connection whose answer took a minute and a half to make and has just begun to wait."""

    total_outbufs_len = 4
    last_activity = time.time() - 90
    is_closed = False

    def handle_close(self):
        self.is_closed = True


def test_an_answer_that_took_long_to_make_is_not_taken_for_a_stalled_one(monkeypatch):
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        limits = web_server.Limits(10**9, 10**9, 10**9)
        server = web_server.WebServer(lambda environ, start: [], listening, limits)
        reader = server._server.active_channels[0] = Reader()
        server._drop_stalled_readers()
        assert not reader.is_closed
        monkeypatch.setattr(web_server, "SILENCE_SECONDS", 0)
        server._drop_stalled_readers()
        assert reader.is_closed
        server._server.active_channels.clear()
        server._server.task_dispatcher.shutdown()
        server._server.close()


def test_who_reads_nothing_of_an_answer_holds_no_thread_for_ever(serving):
    _, port = serving
    with asked(port, "/endless"), asked(port, "/short") as other:
        answer = b"".join(iter(lambda: other.recv(1000), b""))

    assert answer.endswith(b"done")


@pytest.mark.parametrize(
    ("path", "kind", "megabytes", "is_refused"),
    [
        ("/work/3X/submit/", "application/json", 31, False),
        ("/work/3X/draft/", "application/json", 31, False),
        ("/work/3X/submit/", "application/json", 33, True),
        ("/work/3X/skip/", "application/json", 11, True),
        ("/r/lab/projects/1/publish/", FORM_WITH_FILES, 11, False),
        ("/work/3X/files/", FORM_WITH_FILES, 29, False),
        ("/work/3X/files/", FORM_WITH_FILES, 31, True),
        ("/mturk/externalSubmit", FORM_WITH_FILES, 81, False),
        ("/mturk/externalSubmit", FORM_WITH_FILES, 83, True),
        ("/mturk/externalSubmit", "application/x-www-form-urlencoded", 31, False),
        ("/mturk/externalSubmit", "application/x-www-form-urlencoded", 33, True),
        ("/tests/3X/submit/", "application/x-www-form-urlencoded", 11, True),
    ],
)
def test_only_where_files_and_answers_are_taken_bodies_are_large(
    monkeypatch, path, kind, megabytes, is_refused
):
    limits = web_server.Limits(upload=10**9, file=20 * 10**6, files=50 * 10**6)
    monkeypatch.setattr(web_server.Parser, "limits", limits, raising=False)
    parser = web_server.Parser(Adjustments(max_request_body_size=10**9))

    header = f"Content-Type: {kind}\r\nContent-Length: {megabytes}000000"
    parser.received(f"POST {path} HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n".encode())

    assert (parser.error is not None) is is_refused
