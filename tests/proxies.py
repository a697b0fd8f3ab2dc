"""A reverse proxy that shows a server under a path of its host, and remembers who asked for other paths."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

PREFIX = "/kempelen"
_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Proxy(ThreadingHTTPServer):
    """Passes on what is under the prefix, with the prefix or without; everything else is somebody else's."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://localhost:{self.server_address[1]}{PREFIX}"
        self.server = ""
        self.cuts = False
        self.strays: list[str] = []


@contextmanager
def running() -> Iterator[Proxy]:
    """A proxy that listens; its `server` is to be set before anybody asks."""
    proxy = Proxy()
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy

    def do_GET(self) -> None:
        path = self.path
        if urlsplit(path).path != PREFIX and not path.startswith(f"{PREFIX}/"):
            self.server.strays.append(path)
            self.send_error(404)
            return
        if self.server.cuts:
            path = path.removeprefix(PREFIX) or "/"
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        connection = http.client.HTTPConnection(urlsplit(self.server.server).netloc, timeout=60)
        try:
            connection.request(self.command, path, body or None, dict(self.headers))
            self._pass_on(connection.getresponse())
        finally:
            connection.close()

    do_POST = do_HEAD = do_GET  # noqa: N815 (names of the library)

    def _pass_on(self, answer: http.client.HTTPResponse) -> None:
        body = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
