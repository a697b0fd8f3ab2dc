"""The page around a task: its files, what it is told as files change, and what becomes of an answer."""

import json
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kempelen.domain.answers import Field
from kempelen.domain.batches.filling import TemplateTrouble
from kempelen.domain.batches.templates import compile_template
from kempelen.domain.errors import Refusal
from kempelen.toolkit.preview import answering, reading
from kempelen.toolkit.preview.content import Content, Mode
from kempelen.toolkit.preview.reading import Files, Reading
from kempelen.toolkit.preview.serving import NOTHING_HERE, Asked, Reply
from kempelen.toolkit.preview.watching import Watch
from kempelen.web.content.sources import FOLDER as CONTENT_FOLDER

_OWN = Path(__file__).with_name("static")
_SITE = CONTENT_FOLDER.parent
# The site's own look; a page of ours loads nothing else.
_OF_THE_SITE = {
    f"{name}.css" for name in ("kempelen", "layout", "components", "forms", "tables", "overlays", "work")
} | {"components/theme-switch.js", "favicon.svg", "mark.svg"}
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_WAIT_SECONDS = 20.0
_MOST_SHOWN = 20_000


class Desk:
    """What is being previewed, as it is now."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._lock = threading.Lock()
        self.watch = Watch(files.watched())
        self._stamp = ""
        self._reading = Reading(files)
        # An answer that the page sent by itself, and which it is.
        self._sent: tuple[int, list[Field]] = (0, [])

    def reading(self) -> Reading:
        """Give the files as they are now."""
        return self.now()[1]

    def now(self) -> tuple[str, Reading]:
        """Give the state of the files, and what they say in it."""
        with self._lock:
            stamp = self.watch.stamp()
            if stamp != self._stamp:
                self._stamp, self._reading = stamp, reading.read(self._files)
            return self._stamp, self._reading

    def note_answer(self, fields: list[Field]) -> None:
        """Take an answer that the page sent by itself."""
        self._sent = (self._sent[0] + 1, fields)

    def sent(self) -> tuple[int, list[Field]]:
        """Give the last answer that a page sent by itself, and its number; 0 for none."""
        return self._sent


class Page:
    """Answers the browser of the person who writes the template."""

    def __init__(self, desk: Desk, content: Content, origin_of: Callable[[str], str]) -> None:
        self._desk = desk
        self._content = content
        self._content_origin = origin_of

    def answer(self, asked: Asked) -> Reply:
        """Answer the page, its files, and what it asks while it is open."""
        if asked.method == "POST":
            return self._answer_told(asked) if asked.path == "answer" else NOTHING_HERE
        match asked.path:
            case "":
                return self._file(asked, "preview.html")
            case "state":
                return _json(self._state(asked))
            case path:
                return self._file(asked, path)

    def _file(self, asked: Asked, name: str) -> Reply:
        folder = _SITE if name in _OF_THE_SITE else _OWN
        path = folder / name
        is_there = name in _OF_THE_SITE or ("/" not in name and "\\" not in name and path.is_file())
        if not is_there or path.suffix not in _KINDS:
            return NOTHING_HERE
        return Reply(path.read_bytes(), _KINDS[path.suffix], headers=self._headers(asked.host_name))

    def _headers(self, host_name: str) -> dict[str, str]:
        return {
            "Content-Security-Policy": f"{_POLICY}; frame-src {' '.join(self._framed(host_name))}",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Origin-Agent-Cluster": "?1",
            "Referrer-Policy": "no-referrer",
        }

    def _framed(self, host_name: str) -> list[str]:
        found = self._desk.reading()
        if found.kind == "html":
            return [self._content_origin(host_name)]
        # Each row may name another site.
        return [self._content_origin(host_name), "http:", "https:"]

    def _state(self, asked: Asked) -> dict[str, Any]:
        """Tell what is to be shown; with `since` only when that is no longer what was told."""
        since, seen = asked.query.get("since", ""), asked.query.get("sent", "0")
        if since:
            self._desk.watch.wait(since, _WAIT_SECONDS, or_if=lambda: str(self._desk.sent()[0]) != seen)
        stamp, found = self._desk.now()
        number = _row_number(asked.query.get("row", ""), found)
        mode: Mode = "preview" if asked.query.get("mode") == "preview" else "work"
        url, sandbox, height = self._content.frame_of(number, mode, asked.host_name)
        return {
            "stamp": stamp,
            "template": found.files.source,
            "data": found.files.data.name if found.files.data else "",
            "row": number,
            "rows": found.row_count,
            "frame": {"url": url, "sandbox": sandbox, "height": height},
            "problems": found.problems,
            "findings": [*self._row_findings(found, number), *(one._asdict() for one in found.findings)],
            "variables": _variables(found, number),
            "project": _project(found),
            "sent": self._sent(number),
        }

    def _row_findings(self, found: Reading, number: int) -> list[dict[str, Any]]:
        """Say what keeps just this row from being shown."""
        try:
            found.question_of(found.document_of(found.row(number)))
        except TemplateTrouble as trouble:
            return [{"level": "error", "line": getattr(trouble, "line", 0) or 0, "message": str(trouble)}]
        except Refusal as refusal:
            return [{"level": "error", "line": 0, "message": str(refusal)}]
        return []

    def _sent(self, number: int) -> dict[str, Any]:
        count, fields = self._desk.sent()
        return {"count": count, "answer": self._told(fields, number) if count else None}

    def _answer_told(self, asked: Asked) -> Reply:
        """Tell what the answer of a row would be, to the page itself and to no other."""
        host = asked.headers.get("Host", "")
        if asked.headers.get("Origin", f"http://{host}") != f"http://{host}":
            return NOTHING_HERE
        try:
            said = json.loads(asked.body)
            number = int(said["row"])
            fields = answering.fields_in(said)
        except (ValueError, TypeError, KeyError, Refusal):
            return Reply(b"Send a row and its fields as JSON.\n", status=400)
        return _json(self._told(fields, number))

    def _told(self, fields: list[Field], number: int) -> dict[str, Any]:
        try:
            return answering.told(fields, self._content.form_of(number)).as_json()
        except Refusal as refusal:
            return answering.refused(refusal)
        except TemplateTrouble as trouble:
            return {"refused": str(trouble), "faults": None}


def _row_number(asked: str, found: Reading) -> int:
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else 1
    return min(max(number, 1), max(found.row_count, 1))


def _variables(found: Reading, number: int) -> list[dict[str, Any]]:
    """Give the row's cells, and whether the template asks for each."""
    used = set(compile_template(found.text).names) if found.language != "liquid" else None
    return [
        {
            "name": name,
            "value": cell[:_MOST_SHOWN],
            "isUsed": True if used is None else name in used,
        }
        for name, cell in reading.shown_cells(found.row(number)).items()
    ]


def _project(found: Reading) -> dict[str, Any] | None:
    if found.properties is None:
        return None
    said = asdict(found.properties)
    hits = max(found.row_count, 1)
    cents = found.properties.cents() * found.properties.assignments * hits
    kept = ("title", "description", "keywords", "reward", "assignments", "duration")
    return {name: said[name] for name in kept} | {
        "cost": f"{cents / 100:,.2f}",
        "hits": hits,
    }


def _json(said: Any) -> Reply:
    body = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
    return Reply(body, "application/json", headers={"Cross-Origin-Resource-Policy": "same-origin"})
