"""A gate between a client and its server, through which each call has to go: here its fate can be decided.

It counts calls, and at the one that was chosen, before the server hears of it or when the server has
answered, does what it was told to: end the client, cut the network, lose the answer.
"""

import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

_TOO_MUCH = (
    400,
    [("Content-Type", "application/x-amz-json-1.1")],
    b'{"__type": "ThrottlingException", "message": "Rate exceeded"}',
)
_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


@dataclass
class Fate:
    """What happens at a call: `befall` is called, and tells whether the call goes on its way all the same."""

    at_call: int
    is_answered: bool
    befall: Callable[[], bool]


class Gate(ThreadingHTTPServer):
    """Passes calls on to the server, with the host that the client wrote, which is signed."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, server: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://localhost:{self.server_address[1]}"
        self.server = server
        self.operations: list[str] = []
        self._fate: Fate | None = None
        self._lock = threading.Condition()
        self._open = 0
        self.has_struck = False
        # Whose calls are counted: AWS_SDK_UA_APP_ID of the run, which SDKs put into their User-Agent.
        self.run = ""
        # So many calls are refused as too many before one is let through.
        self.throttled = 0

    def wait_for(self, fate: Fate | None, *, run: str = "") -> None:
        """Count the calls of this run from the beginning, and let this happen.

        Calls of a client that was killed end before; those that still wait to be let in do not count.
        """
        with self._lock:
            assert self._lock.wait_for(lambda: not self._open, timeout=60)
            self.operations, self._fate, self.has_struck, self.run = [], fate, False, run

    def note_open(self, change: int) -> None:
        """Count a connection that was opened, or closed."""
        with self._lock:
            self._open += change
            self._lock.notify_all()

    def is_struck(self, number: int, *, is_answered: bool) -> bool:
        """Let happen what is to happen at this call, now; whether the call ends here."""
        with self._lock:
            fate = self._fate
            if fate is None or (fate.at_call, fate.is_answered) != (number, is_answered):
                return False
            self._fate, self.has_struck = None, True
        return not fate.befall()

    def count(self, operation: str) -> int:
        """Give a call its number; the first is 1."""
        with self._lock:
            self.operations.append(operation)
            return len(self.operations)

    def is_throttled(self) -> bool:
        """Count a call among those that are too many."""
        with self._lock:
            self.throttled -= 1
            return self.throttled >= 0

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that have gone."""


@contextmanager
def standing(server: str) -> Iterator[Gate]:
    """A gate before this server."""
    gate = Gate(server)
    threading.Thread(target=gate.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield gate
    finally:
        gate.shutdown()
        gate.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Gate

    def setup(self) -> None:
        super().setup()
        self.server.note_open(1)

    def finish(self) -> None:
        self.server.note_open(-1)
        with suppress(OSError):
            super().finish()

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            # The client was killed while it wrote.
            self._cut()
            return
        number = 0
        if self.server.run in self.headers.get("User-Agent", ""):
            number = self.server.count(self.headers.get("X-Amz-Target", "").rpartition(".")[2])
        if self.server.is_struck(number, is_answered=False):
            self._cut()
            return
        answer = _TOO_MUCH if self.server.is_throttled() else self._ask(body)
        if answer is None or self.server.is_struck(number, is_answered=True):
            self._cut()
            return
        status, headers, reply = answer
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes] | None:
        """Give what the server answers; None if it is not there, or goes meanwhile."""
        connection = http.client.HTTPConnection(urlsplit(self.server.server).netloc, timeout=60)
        try:
            connection.request("POST", self.path, body, dict(self.headers))
            answer = connection.getresponse()
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in _HOP]
            return answer.status, kept, answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _cut(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
