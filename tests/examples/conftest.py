"""An example's page as a worker's browser shows it, without a server: what it posts is kept."""

import csv
import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route

from kempelen import examples
from kempelen.domain.batches import templates
from kempelen.web.content import pages
from kempelen.web.content.frames import SANDBOX

ORIGIN = "http://task.test"
STATIC = f"{ORIGIN}/static/kempelen/content"
FILES = pages.Files(f"{STATIC}/runtime.js", f"{STATIC}/externalHIT_v1.js", f"{STATIC}/page.css")
TASK = pages.Task("work", "HIT1", submit_to=ORIGIN, assignment_id="ASSIGNMENT1", worker_id="WORKER1")


class Stage:
    """One page, open in a browser; `answer` is what it posted, `faults` what went wrong in it."""

    def __init__(self, page: Page, html: str) -> None:
        self.page = page
        self.answer: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self._html = html
        page.route("**/*", self._serve)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: said.type in {"error", "warning"} and self.faults.append(said.text))
        page.goto(f"{ORIGIN}/content/?{TASK.query}")

    def submit(self) -> dict[str, str]:
        """Press the button; gives the answer by field, repeated fields joined as in results."""
        self.page.get_by_role("button", name="Submit").click()
        self.page.wait_for_url("**/mturk/externalSubmit")
        return {name: "|".join(self.values(name)) for name, _ in self.answer}

    def values(self, name: str) -> list[str]:
        """The values that were posted under a name."""
        return [value for field, value in self.answer if field == name]

    def _serve(self, route: Route) -> None:
        request, path = route.request, urlsplit(route.request.url).path
        if not request.url.startswith(ORIGIN):
            self.faults.append(f"asked for {request.url}")
            route.abort()
        elif path == pages.SUBMIT_PATH:
            self.answer = parse_qsl(request.post_data or "", keep_blank_values=True)
            route.fulfill(body="<!doctype html>Thank you", content_type="text/html")
        elif path.startswith("/static/"):
            self._serve_file(route, path.removeprefix("/static/"))
        elif path == "/content/":
            headers = {"Content-Security-Policy": f"sandbox {SANDBOX}"}
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8", headers=headers)
        else:
            route.fulfill(status=204)

    def _serve_file(self, route: Route, name: str) -> None:
        found = finders.find(name)
        if not isinstance(found, str):
            route.fulfill(status=404)
            return
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        headers = {"Access-Control-Allow-Origin": "*"}
        route.fulfill(body=Path(found).read_bytes(), content_type=kind, headers=headers)


@pytest.fixture
def show(new_visitor: Callable[..., Page]) -> Callable[..., Stage]:
    """A function that opens an example filled with one of its rows; takes a browser's options too."""

    def open_example(slug: str, *, row: int = 0, **options: Any) -> Stage:
        example = examples.example(slug)
        with example.rows.open(encoding="utf-8", newline="") as file:
            values = list(csv.DictReader(file))[row]
        filled = templates.fill(example.template.read_text(encoding="utf-8"), values)
        return Stage(new_visitor(**options), pages.page(filled, TASK, FILES))

    return open_example
