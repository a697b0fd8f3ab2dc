"""A browser without a screen: follows no redirect, runs no script, keeps its cookies."""

import http.client
import re
import uuid
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Answer(NamedTuple):
    """What a server answered: its status, where it sends the visitor, and the page."""

    status: int
    location: str
    text: str


class Visitor:
    """Somebody who visits a server, over one connection; not to be shared by threads."""

    def __init__(self, url: str, *, timeout: float = 30) -> None:
        self._address = urlsplit(url).netloc
        self._connection = http.client.HTTPConnection(self._address, timeout=timeout)
        self._cookies: dict[str, str] = {}
        self._token = ""

    def get(self, path: str) -> Answer:
        """Look at a page; its forms can be posted from then on."""
        answer = self._ask("GET", path)
        if token := _TOKEN.search(answer.text):
            self._token = token[1]
        return answer

    def follow(self, answer: Answer) -> Answer:
        """Look at the page that an answer leads to."""
        assert answer.location, answer
        parts = urlsplit(answer.location)
        return self.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)

    def post(
        self, path: str, fields: Mapping[str, str] | None = None, *, files: Mapping[str, bytes] | None = None
    ) -> Answer:
        """Send a form of a page that was looked at before."""
        if files:
            boundary = uuid.uuid4().hex
            body = _multipart(fields or {}, files, boundary)
            return self._ask("POST", path, body, f"multipart/form-data; boundary={boundary}")
        body = urlencode(fields or {}).encode()
        return self._ask("POST", path, body, "application/x-www-form-urlencoded")

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if kind:
            headers |= {"Content-Type": kind, "X-CSRFToken": self._token}
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        for header in response.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        return Answer(response.status, response.headers.get("Location", ""), text)


def _multipart(fields: Mapping[str, str], files: Mapping[str, bytes], boundary: str) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    parts += [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, content in files.items()
    ]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()])
