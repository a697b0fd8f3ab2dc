"""A worker's browser, as little of one as the server's pages need: cookies, forms, a kept connection."""

import http.client
import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from kempelen.toolkit.troubles import Unreachable

PATIENCE_SECONDS = 60.0
# A page's own script tries again when the network fails or the server is in trouble; so do people.
_TRIES = 8
_FIRST_WAIT_SECONDS = 0.05
_LONGEST_WAIT_SECONDS = 2.0
_MOST_REDIRECTS = 10
_LEAD_ON = {301, 302, 303, 307, 308}
_IN_TROUBLE = {429, 500, 502, 503, 504}
_TOKEN = re.compile(r'name="(?:csrfmiddlewaretoken" value|csrf-token" content)="([^"]+)"')
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class Page:
    """What the server answered, after all redirects; `path` is where they led, with its query.

    Of a page that a frame shows, it is the whole address; `fault` says why there is none.
    """

    status: int
    path: str
    text: str
    fault: str = ""

    @property
    def json(self) -> dict[str, Any]:
        """What a script is told; nothing where the answer is a page."""
        try:
            said: Any = json.loads(self.text)
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}


class Line:
    """A connection to one host, kept open; several browsers may share it, one after another."""

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = make(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
        self._origin = origin
        self.requests = 0

    def ask(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Give the answer; raises `Unreachable` when nobody answers after several tries.

        A repeat does no harm: an answer is stored once, and who accepts twice has the same HIT.
        """
        wait = _FIRST_WAIT_SECONDS
        for attempt in range(_TRIES):
            self.requests += 1
            try:
                self._connection.request(method, path, body or None, dict(headers))
                answer = self._connection.getresponse()
                content = answer.read()
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                # A server may hang up a silent connection in the moment in which we send.
                if not attempt:
                    continue
                problem: Exception | None = error
            else:
                if answer.status not in _IN_TROUBLE or attempt == _TRIES - 1:
                    return answer, content
                problem = None
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT_SECONDS)
        raise Unreachable(f"{self._origin} does not answer: {problem}. Is the server running?") from problem

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class Lines:
    """The connections of a whole crowd, one for each host: workers do one thing after another."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}
        # Hosts that did not answer, with what is to be said of it: nobody waits for them again.
        self.dead: dict[str, str] = {}

    def to(self, url: str) -> Line:
        """Give the connection to a URL's host."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._lines:
            self._lines[origin] = Line(origin)
        return self._lines[origin]

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return sum(line.requests for line in self._lines.values())

    def close(self) -> None:
        """Hang up everywhere."""
        for line in self._lines.values():
            line.close()


class Browser:
    """One worker's browser on a server: its cookies, and the token that forms carry."""

    def __init__(self, url: str, lines: Lines) -> None:
        self.url = url.rstrip("/")
        self._lines = lines
        self._cookies: dict[str, str] = {}
        self._token = ""

    def cookies(self) -> list[tuple[str, str]]:
        """Give its cookies, by name."""
        return list(self._cookies.items())

    def get(self, path: str) -> Page:
        """Look at a page of the server's."""
        return self._followed("GET", path)

    def elsewhere(self, url: str) -> Page:
        """Look at a page that a frame shows: from whatever host, without cookies.

        A requester's own site may lead on, be down, or be none: `fault` says so then.
        """
        try:
            for _ in range(_MOST_REDIRECTS):
                answer, content = self._asked_elsewhere(url)
                location = answer.headers.get("Location")
                if answer.status not in _LEAD_ON or not location:
                    fault = "" if answer.status == HTTPStatus.OK else f"the page answers {answer.status}"
                    return Page(answer.status, url, _text(answer, content), fault)
                url = urljoin(url, location)
        except (Unreachable, ValueError) as problem:
            if url.startswith(f"{self._origin}/"):
                raise
            return Page(0, url, "", str(problem))
        return Page(0, url, "", "the page leads on and on")

    def _asked_elsewhere(self, url: str) -> tuple[http.client.HTTPResponse, bytes]:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url[:200]!r} is no address of the web")
        if parts.netloc in self._lines.dead:
            raise Unreachable(self._lines.dead[parts.netloc])
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        try:
            return self._lines.to(url).ask("GET", path, b"", {"Accept": "text/html"})
        except Unreachable as problem:
            if f"{parts.scheme}://{parts.netloc}" != self._origin:
                self._lines.dead[parts.netloc] = str(problem)
            raise

    def post_elsewhere(self, url: str, body: bytes, kind: str) -> Page:
        """Send a form from a page of no origin: without cookies."""
        parts = urlsplit(url)
        answer, content = self._lines.to(url).ask("POST", parts.path, body, {"Content-Type": kind})
        return Page(answer.status, parts.path, _text(answer, content))

    def press(self, path: str, fields: Mapping[str, str] | None = None) -> Page:
        """Send a form, and give the page that it leads to."""
        return self._followed("POST", path, dict(fields or {}))

    def send(self, path: str, said: Any) -> Page:
        """Send JSON as a page's script does."""
        body = json.dumps(said).encode()
        page = self._ask(
            "POST", path, body, {"Content-Type": _JSON, "Accept": _JSON, "X-CSRFToken": self._token}
        )
        return Page(page[0].status, path, page[1])

    def _followed(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Page:
        for _ in range(_MOST_REDIRECTS):
            body, headers = b"", {"Accept": "text/html"}
            if method == "POST":
                body = urlencode({**(fields or {}), "csrfmiddlewaretoken": self._token}).encode()
                headers["Content-Type"] = _FORM
            answer, text = self._ask(method, path, body, headers)
            location = answer.headers.get("Location")
            if answer.status not in (301, 302, 303) or not location:
                return Page(answer.status, path, text)
            parts = urlsplit(urljoin(f"{self._origin}{path}", location))
            method, path = "GET", f"{parts.path}?{parts.query}" if parts.query else parts.path
        return Page(answer.status, path, "")

    @property
    def _origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def _ask(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        whole = {**headers, **({"Cookie": cookies} if cookies else {})}
        answer, content = self._lines.to(self.url).ask(method, path, body, whole)
        for set_cookie in answer.headers.get_all("Set-Cookie") or ():
            self._keep(set_cookie)
        text = _text(answer, content)
        if found := _TOKEN.search(text):
            self._token = unescape(found[1])
        return answer, text

    def _keep(self, set_cookie: str) -> None:
        pair, *attributes = set_cookie.split(";")
        name, _, value = pair.strip().partition("=")
        if any(one.strip().lower() == "max-age=0" for one in attributes):
            self._cookies.pop(name, None)
        else:
            self._cookies[name] = value


def pairs_as_json(fields: Sequence[tuple[str, str]]) -> dict[str, list[list[str]]]:
    """Give fields as the work page sends them."""
    return {"fields": [[name, value] for name, value in fields]}


def _text(answer: http.client.HTTPResponse, content: bytes) -> str:
    return content.decode(answer.headers.get_content_charset() or "utf-8", "replace")
