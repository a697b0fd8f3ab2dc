"""Examples as a worker's browser shows them, filled with one of their rows."""

import csv
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Frame, FrameLocator, Page

from kempelen import examples
from tests.servers import Server
from tests.web.content.tasks import a_group_showing, accept_in, answers_after_leaving, open_assignment


class Stage:
    """An example on a worker's work page: the `page`, the `task` within its frame, and their `faults`."""

    def __init__(self, page: Page, site: Server, slug: str, *, row: int) -> None:
        example = examples.example(slug)
        with example.rows.open(encoding="utf-8", newline="") as file:
            values = list(csv.DictReader(file))[row]
        group = a_group_showing(example.template.read_text(encoding="utf-8"), inputs=values, hits=1)
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: said.type in {"error", "warning"} and self.faults.append(said.text))
        page.on("requestfailed", lambda request: self.faults.append(f"{request.url} is not there"))
        self.assignment = accept_in(page, site, group, accepts_next=False)
        self.task = self._frame_of(open_assignment(page, site, self.assignment))

    def submit(self) -> dict[str, Any]:
        """Press the button; gives what the server stored."""
        self.task.get_by_role("button", name="Submit").click()
        return self.answers()

    def answers(self) -> dict[str, Any]:
        """Wait until the answer is sent, then give what the server stored."""
        return dict(answers_after_leaving(self.page, self.assignment))

    @staticmethod
    def _frame_of(locator: FrameLocator) -> Frame:
        locator.get_by_role("main").wait_for()
        frame = locator.owner.element_handle().content_frame()
        assert frame
        return frame


@pytest.fixture
def show(new_visitor: Callable[..., Page], site: Server) -> Callable[..., Stage]:
    """A function that opens an example filled with one of its rows; takes a browser's options too."""

    def open_example(slug: str, *, row: int = 0, **options: Any) -> Stage:
        return Stage(new_visitor(**options), site, slug, row=row)

    return open_example
