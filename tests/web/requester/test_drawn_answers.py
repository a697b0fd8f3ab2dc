"""Answers drawn on the picture or marked in the text, in the requester's table, by the elements."""

import base64
import json

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.models import Requester, Worker
from tests.browser import assert_accessible, faults_on
from tests.crowd import pngs
from tests.factories import a_batch, a_project, a_submitted_assignment, hits_of
from tests.web.requester.test_in_a_browser import visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

SCRIPT = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>'
TEXT = f"""{SCRIPT}<crowd-entity-annotation name="found" labels="['person', 'place']" text="${{text}}">
</crowd-entity-annotation>"""
PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='400' height='300'/%3E"
BOXES = f"""{SCRIPT}<crowd-form>
<crowd-bounding-box name="seen" header="Boxes" labels="['Cat', 'Dog']" src="{PICTURE}">
<short-instructions>${{text}}</short-instructions></crowd-bounding-box></crowd-form>"""


MASK = BOXES.replace("crowd-bounding-box", "crowd-semantic-segmentation")


def answered(ada: Requester, worker: Worker, html: str, answer: dict[str, object]) -> None:
    batch = a_batch(a_project(ada, html=html), rows=[{"text": "Jane Doe in Rome"}])
    a_submitted_assignment(worker, hits_of(batch)[0], answers={"taskAnswers": json.dumps([answer])})


def test_entities_are_seen_in_the_text(visit, ada: Requester, cleo: Worker) -> None:  # noqa: F811
    entities = [{"startOffset": 0, "endOffset": 8, "label": "person"}]
    answered(ada, cleo, TEXT, {"found": {"entities": entities}})
    page: Page = visit("batches/1/results/")
    faults = faults_on(page)
    expect(page.get_by_text("1 entity: person")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)
    page.get_by_text("Show it here").click()
    task = page.frame_locator("task-frame iframe")
    expect(task.locator("mark")).to_have_text("Jane Doe")
    expect(task.get_by_role("button", name="person")).to_be_disabled()
    assert_accessible(page)
    assert not faults


def test_boxes_are_seen_on_the_picture(visit, ada: Requester, cleo: Worker) -> None:  # noqa: F811
    boxes = [{"height": 90, "label": "Dog", "left": 10, "top": 20, "width": 100}]
    size = {"height": 300, "width": 400}
    answered(ada, cleo, BOXES, {"seen": {"boundingBoxes": boxes, "inputImageProperties": size}})
    page: Page = visit("batches/1/results/")
    expect(page.get_by_text("1 box: Dog")).to_be_visible()
    page.get_by_text("Show it here").click()
    task = page.frame_locator("task-frame iframe")
    element = task.locator("crowd-bounding-box")
    expect(element).to_have_attribute("disabled", "")
    expect(task.get_by_text("Dog", exact=False).first).to_be_attached()
    assert element.evaluate("(tool) => tool.value.boundingBoxes") == boxes


_CORNERS = [{"x": 10, "y": 20}, {"x": 200, "y": 30}, {"x": 120, "y": 200}]


@pytest.mark.parametrize(
    ("kind", "drawn", "told"),
    [
        ("keypoint", {"keypoints": [{"label": "Dog", "x": 10, "y": 20}]}, "1 point: Dog"),
        ("polygon", {"polygons": [{"label": "Dog", "vertices": _CORNERS}]}, "1 polygon: Dog"),
        ("polyline", {"polylines": [{"label": "Dog", "vertices": _CORNERS}]}, "1 polyline: Dog"),
        ("line", {"lines": [{"label": "Dog", "vertices": _CORNERS[:2]}]}, "1 line: Dog"),
    ],
)
def test_shapes_are_seen_on_the_picture(
    visit,  # noqa: F811
    ada: Requester,
    cleo: Worker,
    kind: str,
    drawn: dict[str, object],
    told: str,
) -> None:
    size = {"inputImageProperties": {"height": 300, "width": 400}}
    answered(ada, cleo, BOXES.replace("crowd-bounding-box", f"crowd-{kind}"), {"seen": {**drawn, **size}})
    page: Page = visit("batches/1/results/")
    expect(page.get_by_text(told)).to_be_visible()
    page.get_by_text("Show it here").click()
    element = page.frame_locator("task-frame iframe").locator(f"crowd-{kind}")
    expect(element).to_have_attribute("disabled", "")
    expect(element.get_by_text("1. Dog")).to_be_attached()
    assert element.evaluate("(tool) => tool.value") == {**drawn, **size}


def test_a_mask_is_seen_on_the_picture(visit, ada: Requester, cleo: Worker) -> None:  # noqa: F811
    red, clear = (255, 0, 0, 255), (0, 0, 0, 0)
    rows = [[red if y < 100 and x < 50 else clear for x in range(400)] for y in range(300)]
    answer = {
        "inputImageProperties": {"height": 300, "width": 400},
        "labelMappings": {"Dog": {"color": "#ff0000"}},
        "labeledImage": {"pngImageData": base64.b64encode(pngs.png_of(rows)).decode()},
    }
    answered(ada, cleo, MASK, {"seen": answer})
    page: Page = visit("batches/1/results/")
    expect(page.get_by_text("mask 400 × 300: Dog")).to_be_visible()
    page.get_by_text("Show it here").click()
    element = page.frame_locator("task-frame iframe").locator("crowd-semantic-segmentation")
    expect(element).to_have_attribute("disabled", "")
    expect(element.get_by_role("button", name="1. Dog, 4.2 %")).to_be_visible()
