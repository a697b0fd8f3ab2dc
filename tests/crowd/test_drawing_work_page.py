"""Drawing in a worker's hands: on the work page, with drafts and its keys, and looked at afterwards."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from kempelen.domain.answers import answers_in
from kempelen.domain.models import Assignment
from tests.contract.web.test_work_drafts import wait_until
from tests.crowd.drawing import SIZE
from tests.crowd.pages import PICTURE
from tests.servers import Server
from tests.web.content.tasks import answers_after_leaving, open_work

pytestmark = [pytest.mark.browser, pytest.mark.once]

TASK = f"""<script src="https://assets.crowd.aws/crowd-html-elements.js"></script><crowd-form>
<crowd-bounding-box name="annotatedResult" header="Where is the circle?" labels="['Circle', 'Square']"
  src="data:image/svg+xml,{quote(PICTURE)}"></crowd-bounding-box></crowd-form>"""
BOX = {"height": 160, "label": "Square", "left": 120, "top": 70, "width": 160}
ANSWER = json.dumps(
    [{"annotatedResult": {"boundingBoxes": [BOX], "inputImageProperties": SIZE}}],
    separators=(",", ":"),
    sort_keys=True,
)


def place(task: FrameLocator, x: float, y: float) -> tuple[float, float]:
    edges = task.locator(".stage").bounding_box()
    at = task.locator("crowd-bounding-box").evaluate(
        "({ stage }, at) => [stage.place.clientLeft, stage.toScreen(at)]", {"x": x, "y": y}
    )
    assert edges
    return edges["x"] + at[0] + at[1]["x"], edges["y"] + at[0] + at[1]["y"]


def is_shown(task: FrameLocator) -> None:
    expect(task.locator(".stage[aria-busy=false][style*=shape]")).to_be_visible()


def kept(assignment: Assignment) -> Any:
    assignment.refresh_from_db()
    return dict(answers_in(assignment.draft)).get("taskAnswers")


def test_a_box_is_drawn_kept_sent_and_looked_at(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, TASK, hits=2)
    is_shown(task)
    page.get_by_role("button", name="Skip").focus()
    page.keyboard.press("2")  # from the work page's own bar
    expect(task.get_by_role("radio", name="Square")).to_be_checked()
    page.mouse.move(*place(task, 120, 70))
    page.mouse.down()
    page.mouse.move(*place(task, 200, 150))
    page.mouse.move(*place(task, 280, 230))
    page.mouse.up()
    expect(task.locator(".row-name")).to_have_text("21. Square")
    page.keyboard.press("s")  # does not skip the HIT while somebody draws
    wait_until(lambda: kept(assignment) == ANSWER)
    page.reload()
    is_shown(task)
    expect(task.locator(".row-name")).to_have_text("21. Square")
    task.get_by_role("button", name="Submit").click()

    assert answers_after_leaving(page, assignment) == {"taskAnswers": ANSWER}
    page.goto(f"{site.url}/history/{assignment.public_id}/")
    is_shown(task)
    expect(task.locator(".row-name")).to_have_text("21. Square")
    expect(task.get_by_role("radio", name="Square")).to_be_disabled()
    expect(task.get_by_role("button", name="Undo")).to_have_attribute("aria-disabled", "true")
