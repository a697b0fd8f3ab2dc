"""What earlier work drew is shown over the picture of a classifier, to be judged (crowd-elements.md §4)."""

import base64
import json
import struct
import zlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.crowd.pages import PICTURE, open_task, submit

pytestmark = [pytest.mark.browser, pytest.mark.once]

# As documents have it: keys with and without quotes, and commas that are too many. The picture is 400 by 300.
BOXES = """{ "boundingBox": { labels: ["bird", "cat"], value: [
  { height: 60, label: "bird", left: 40, top: 30, width: 100 },
  { height: 150, label: "cat", left: 200, top: 150, width: 200 },
  { height: "x", label: "cat", left: 0, top: 0, width: 1 }, ] }, }"""


def a_mask() -> str:
    """A picture of 4 by 3 whose left half is green and whose right half is white, as an address."""
    row = b"\0" + b"\x2c\xa0\x2c" * 2 + b"\xff\xff\xff" * 2

    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", 4, 3, 8, 2, 0, 0, 0)
    content = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * 3)) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + content).decode()


def judged(overlay: str, name: str = "crowd-image-classifier") -> str:
    attribute = overlay.replace("'", "&#39;")
    return (
        f"<crowd-form><{name} name=good src=/a.svg header='Is it well drawn?' "
        f"categories=\"['Yes', 'No']\" overlay='{attribute}'></{name}></crowd-form>"
    )


@pytest.mark.parametrize("name", ["crowd-image-classifier", "crowd-image-classifier-multi-select"])
def test_boxes_stand_where_they_were_drawn_and_can_be_hidden(page: Page, name: str) -> None:
    sent = open_task(page, judged(BOXES, name))
    drawn = page.locator(".drawn")
    expect(drawn).to_have_text(["bird", "cat"])
    share = """() => {
        const { shadowRoot } = document.querySelector("[name=good]");
        const picture = shadowRoot.querySelector(".seen").getBoundingClientRect();
        return [...shadowRoot.querySelectorAll(".drawn")].map((one) => {
            const { x, y, width, height } = one.getBoundingClientRect();
            const parts = [(x - picture.x) / picture.width, (y - picture.y) / picture.height,
                width / picture.width, height / picture.height];
            return parts.map((part) => Math.round(100 * part));
        });
    }"""
    assert page.evaluate(share) == [[10, 10, 25, 20], [50, 50, 50, 50]]
    expect(page.locator(".overlay-legend li")).to_have_text(["bird (1)", "cat (1)"])
    page.keyboard.press("o")
    expect(drawn.first).to_be_hidden()
    expect(page.get_by_label("Show what was drawn")).not_to_be_checked()
    page.get_by_label("Show what was drawn").check()
    expect(drawn.first).to_be_visible()
    page.keyboard.press("1")
    submit(page, sent)

    assert sent.answer() == {"good": {"labels": ["Yes"]} if "multi" in name else {"label": "Yes"}}


@pytest.mark.parametrize(
    "told",
    [
        {"semanticSegmentation": {"labels": ["Cat"], "labelMappings": {"Cat": {"color": "#2ca02c"}}}},
        {"instanceSegmentation": {"labels": ["Cat"], "instances": [{"color": "#2ca02c", "label": "Cat"}]}},
    ],
    ids=["semantic", "instance"],
)
def test_a_mask_covers_what_was_drawn_and_leaves_its_ground_clear(
    page: Page, told: dict[str, object]
) -> None:
    (kind,) = told
    told[kind]["src"] = a_mask()  # type: ignore[index]
    open_task(page, judged(json.dumps(told)))
    mask = page.locator("canvas.mask")
    expect(mask).to_be_visible()
    expect(page.locator(".overlay-legend li")).to_have_text(["Cat"])
    pixel = "(mask, x) => [...mask.getContext('2d').getImageData(x, 1, 1, 1).data]"
    assert mask.evaluate(pixel, 0)[3] == 140
    assert mask.evaluate(pixel, 3)[3] == 0


def test_a_mask_that_pages_may_not_read_is_laid_over_and_one_that_is_lost_is_told(
    new_visitor: Callable[..., Page],
) -> None:
    page = new_visitor()  # whose console may say that pages may not read it
    told = {"semanticSegmentation": {"labelMappings": {}, "src": ""}}
    open_task(page, judged(json.dumps(told)))
    others = {"Access-Control-Allow-Origin": "https://other.invalid", "Content-Type": "image/svg+xml"}
    page.route("https://elsewhere.invalid/*", lambda route: route.fulfill(headers=others, body=PICTURE))
    told["semanticSegmentation"]["src"] = "https://elsewhere.invalid/mask.svg"
    page.locator("[name=good]").evaluate("(one, text) => (one.overlay = text)", json.dumps(told))
    expect(page.locator("img.mask")).to_be_visible()
    told["semanticSegmentation"]["src"] = "/gone"
    page.locator("[name=good]").evaluate("(one, text) => (one.overlay = text)", json.dumps(told))
    expect(page.get_by_text("What was drawn could not be loaded.")).to_be_visible()


@pytest.mark.parametrize("text", ["{ boundingBox: {", "{ polygon: {} }", "nonsense", "{ boundingBox: null }"])
def test_what_cannot_be_read_is_told_and_the_picture_is_there(page: Page, text: str) -> None:
    open_task(page, judged(text))
    expect(page.get_by_text("What was drawn cannot be read: ")).to_be_visible()
    expect(page.get_by_role("img", name="The picture of this task")).to_be_visible()
