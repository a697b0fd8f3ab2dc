"""A proxy for one program: Amazon's two hosts are answered here, all others are reached as ever."""

import json
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kempelen.toolkit.running import tunnels
from kempelen.toolkit.running.authority import AMAZON_HOSTS
from kempelen.toolkit.running.forwarding import Asked, Endpoint
from kempelen.toolkit.troubles import Unreachable

# More than any call of the API may hold.
_LARGEST_BODY = 64 * 1024 * 1024


class Proxy(ThreadingHTTPServer):
    """Listens on this machine only, on a port that was free.

    `seen` counts, by `answered`, `unreachable` and `distrusted`, the calls to Amazon's hosts and the
    connections whose program did not believe our certificate; `trouble` is what was wrong last.
    """

    daemon_threads = True
    # Programs may keep connections open for longer than they live.
    block_on_close = False
    request_queue_size = 128

    def __init__(self, endpoint: Endpoint, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.endpoint = endpoint
        self.context = context
        self.seen: Counter[str] = Counter()
        self.trouble = ""
        self._lock = threading.Lock()

    def note(self, what: str, trouble: str = "") -> None:
        """Count what happened."""
        with self._lock:
            self.seen[what] += 1
            self.trouble = trouble or self.trouble

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of connections that broke: the program whose they were knows."""


@contextmanager
def listening(endpoint: Endpoint, context: ssl.SSLContext) -> Iterator[Proxy]:
    """A proxy that works until the end of the block."""
    proxy = Proxy(endpoint, context)
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy
    # Whether this connection is one to Amazon by now.
    is_amazons = False

    def do_CONNECT(self) -> None:
        """Open a tunnel, or what the program takes for one."""
        host, _, port = self.path.rpartition(":")
        host = host.strip("[]").rstrip(".").lower()
        if self.is_amazons or not host or not port.isdecimal():
            self.send_error(400)
        elif host in AMAZON_HOSTS and port == "443":
            self._be_amazon()
        else:
            self._pass_through(host, int(port))

    def _be_amazon(self) -> None:
        self._begin_tunnel()
        try:
            self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        except OSError as error:
            if isinstance(error, ssl.SSLError) and "ALERT" in str(error.reason):
                self.server.note("distrusted")
            self.close_connection = True
            return
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        self.is_amazons, self.close_connection = True, False

    def _pass_through(self, host: str, port: int) -> None:
        self.close_connection = True
        try:
            there = tunnels.connected(host, port)
        except OSError as error:
            self.send_error(502, explain=f"{host}: {error}")
            return
        self._begin_tunnel()
        with there, suppress(OSError):
            tunnels.join(self.connection, there)

    def _begin_tunnel(self) -> None:
        self.send_response_only(200, "Connection established")
        self.end_headers()

    def _forward(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not self.is_amazons or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self.send_error(501, explain="kempelen run passes on https calls of a known length only.")
        elif not length.isdecimal() or int(length) > _LARGEST_BODY:
            self.close_connection = True
            self.send_error(413)
        else:
            self._answer(self.rfile.read(int(length)))

    def _answer(self, body: bytes) -> None:
        # A whole address would lead elsewhere.
        target = self.path if self.path.startswith("/") else "/"
        asked = Asked(self.command, target, dict(self.headers.items()), body)
        try:
            answered = self.server.endpoint.ask(asked)
            status, headers, reply = answered.status, answered.headers, answered.body
            self.server.note("answered")
        except Unreachable as trouble:
            self.server.note("unreachable", str(trouble))
            status, headers = 503, [("Content-Type", "application/x-amz-json-1.1")]
            reply = json.dumps({"__type": "ServiceUnavailable", "message": str(trouble)}).encode()
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply)
        self.wfile.flush()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_PATCH = _forward  # noqa: N815

    def finish(self) -> None:
        """End the connection, also the one inside the tunnel."""
        with suppress(OSError):
            super().finish()
        if isinstance(self.connection, ssl.SSLSocket):
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is the program's."""
