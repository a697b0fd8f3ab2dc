"""A small HTTP server for one person's browser: on this machine only, under an address that nobody guesses.

Only requests that name this machine as their host are answered, so that no page elsewhere can reach it by a
name of its own that it turns to 127.0.0.1.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

LOCALHOST = "127.0.0.1"
_OUR_HOSTS = {LOCALHOST, "localhost"}
_MOST_BYTES = 30_000_000
_HANGS_UP_AFTER_SECONDS = 120


@dataclass(frozen=True)
class Asked:
    """What a browser asks for, below the server's secret folder."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Message
    body: bytes
    # As the browser has it: a name of this machine.
    host_name: str
    raw_query: str = ""


@dataclass(frozen=True)
class Reply:
    """What it gets."""

    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


NOTHING_HERE = Reply(b"Nothing is at this address.\n", status=404)
Answer = Callable[[Asked], Reply]


class LocalServer(ThreadingHTTPServer):
    """A server that answers on 127.0.0.1 by a function, below a folder whose name is a secret."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    answer: Answer

    def __init__(self, port: int, secret: str) -> None:
        super().__init__((LOCALHOST, port), _Handler)
        self.secret = secret

    def address(self, host_name: str = LOCALHOST) -> str:
        """Give the address of the secret folder, without a slash at its end."""
        return f"http://{host_name}:{self.server_port}/{self.secret}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that hang up."""


class _Handler(BaseHTTPRequestHandler):
    server: LocalServer
    protocol_version = "HTTP/1.1"
    server_version = "kempelen-preview"
    sys_version = ""
    timeout = _HANGS_UP_AFTER_SECONDS

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for what matters."""

    def _answer(self) -> None:
        body = self._body()
        reply = Reply(b"This is too large.\n", status=413) if body is None else self._reply_to(body)
        self.send_response(reply.status)
        headers = {
            "Content-Type": reply.kind,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        for name, value in (headers | dict(reply.headers)).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def _body(self) -> bytes | None:
        """Read what was sent; None of what is too much, or of no known length."""
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > _MOST_BYTES or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            return None
        return self.rfile.read(int(length))

    def _reply_to(self, body: bytes) -> Reply:
        host_name = _host_name(self.headers.get("Host", ""))
        if host_name not in _OUR_HOSTS:
            return Reply(b"Ask for http://127.0.0.1.\n", status=403)
        try:
            parts = urlsplit(self.path)
        except ValueError:
            return NOTHING_HERE
        _, secret, *rest = unquote(parts.path, errors="replace").split("/", 2)
        if not rest or not hmac.compare_digest(secret.encode(), self.server.secret.encode()):
            return NOTHING_HERE
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        return self.server.answer(
            Asked(self.command, rest[0], query, self.headers, body, host_name, raw_query=parts.query)
        )


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""
