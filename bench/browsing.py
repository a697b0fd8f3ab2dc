"""A browser with as little in it as possible, so that what is measured is the server.

A connection that is kept, cookies that are given once, no redirects followed.  `http.client` takes a third
of a millisecond to parse an answer; thirty-two workers on one processor would wait for that.
"""

import http.client
import re
import secrets
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

_STATUS = re.compile(rb"HTTP/1\.\d (\d{3})")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: *([^\r\n]*)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
# Servers hang up on connections that have been silent for about two seconds.
_KEPT_SECONDS = 1.0
PATIENCE_SECONDS = 180.0


@dataclass(frozen=True)
class Reply:
    """An answer, or what hindered it: then the status is 0."""

    status: int
    location: str
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True)
class Download:
    """What came of a file that was read to its end and thrown away."""

    status: int
    size: int
    lines: int
    seconds: float


class Browser:
    """Somebody's browser, logged in by a session that exists; one connection, one thread."""

    def __init__(
        self,
        url: str,
        session: str = "",
        *,
        patience: float = PATIENCE_SECONDS,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        parts = urlsplit(url)
        self.address = (parts.hostname or "", parts.port or 80)
        self.token = secrets.token_hex(16)
        self.cookies = f"sessionid={session}; csrftoken={self.token}" if session else ""
        self.headers = dict(headers or {})
        self._patience = patience
        self._socket: socket.socket | None = None
        self._used_at = 0.0

    def get(self, path: str, *, with_cookies: bool = True) -> Reply:
        """Look at a page."""
        return self._ask("GET", path, b"", "", with_cookies)

    def post(self, path: str, fields: Mapping[str, str] | None = None) -> Reply:
        """Send a form."""
        body = urlencode(fields or {}).encode()
        return self._ask("POST", path, body, "application/x-www-form-urlencoded", with_cookies=True)

    def send(self, path: str, body: bytes, kind: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Send a body of another kind."""
        return self._ask("POST", path, body, kind, with_cookies=True, headers=headers)

    def download(self, path: str, headers: Mapping[str, str] | None = None) -> Download:
        """Read a file to its end, counting only: a million rows fit nowhere."""
        connection = http.client.HTTPConnection(*self.address, timeout=self._patience)
        started = time.perf_counter()
        try:
            connection.request(
                "GET", path, headers={"Cookie": self.cookies, **self.headers, **(headers or {})}
            )
            response = connection.getresponse()
            size = lines = 0
            while block := response.read(1 << 20):
                size += len(block)
                lines += block.count(b"\n")
            return Download(response.status, size, lines, time.perf_counter() - started)
        except (OSError, http.client.HTTPException):
            return Download(0, 0, 0, time.perf_counter() - started)
        finally:
            connection.close()

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes,
        kind: str,
        with_cookies: bool,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.address[0]}:{self.address[1]}\r\n"
        if with_cookies and self.cookies:
            head += f"Cookie: {self.cookies}\r\n"
        if method == "POST":
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nX-CSRFToken: {self.token}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in {**self.headers, **(headers or {})}.items())
        request = f"{head}\r\n".encode() + body
        started = time.perf_counter()
        try:
            head_bytes, answer = self._exchange(request)
        except OSError:
            self.close()
            return Reply(0, "", b"", time.perf_counter() - started)
        seconds = time.perf_counter() - started
        status, location = _STATUS.match(head_bytes), _LOCATION.search(head_bytes)
        return Reply(
            int(status[1]) if status else 0,
            urlsplit(location[1].decode()).path if location else "",
            answer,
            seconds,
        )

    def _exchange(self, request: bytes) -> tuple[bytes, bytes]:
        received = self._first_of_answer(request)
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._some()
        head, length = bytes(received[:end]), _LENGTH.search(received, 0, end)
        if length is None:
            # Only what the server ends by hanging up has no length here; a file is for `download`.
            raise ConnectionError("an answer without a length")
        whole = end + 4 + int(length[1])
        while len(received) < whole:
            received += self._some()
        if _CLOSES.search(head):
            self.close()
        return head, bytes(received[end + 4 : whole])

    def _first_of_answer(self, request: bytes) -> bytearray:
        """Send it and wait for the first bytes; once more if a kept connection turns out to have been ended.

        Browsers do so too: the server may hang up in the moment in which we send.
        """
        if self._socket is not None and time.monotonic() - self._used_at <= _KEPT_SECONDS:
            self._used_at = time.monotonic()
            try:
                self._socket.sendall(request)
                return bytearray(self._some())
            except ConnectionError:
                pass
        self.close()
        self._used_at = time.monotonic()
        self._socket = socket.create_connection(self.address, timeout=self._patience)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        return bytearray(self._some())

    def _some(self) -> bytes:
        assert self._socket is not None
        block = self._socket.recv(1 << 16)
        if not block:
            raise ConnectionError("the server hung up")
        return block


def multipart(fields: Mapping[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    """Body and content type of a form with one file."""
    boundary = secrets.token_hex(16)
    parts = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    )
    parts += (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="bench.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    )
    body = parts.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"
