"""Tasks in the dark: those that know nothing of it keep their white sheet, others follow our page."""

import base64

import pytest
from playwright.sync_api import Page

from tests.servers import Server
from tests.web.content.tasks import open_work

pytestmark = [pytest.mark.browser, pytest.mark.once]

WHITE = [255, 255, 255]
PIXEL = """async (picture) => {
  const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + picture)).blob());
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""
FRAGMENT = "<p>Which piece?</p><input name=word>"
DOCUMENT = f"<!doctype html><html><body><form>{FRAGMENT}<button>Send</button></form></body></html>"


def sheet_of(page: Page, site: Server, html: str) -> list[int]:
    """Open the task where people like it dark; the colour at the foot of its frame."""
    page.emulate_media(color_scheme="dark")
    _, task = open_work(page, site, html)
    task.locator("[name=word]").wait_for()
    size = page.viewport_size
    assert size
    foot = {"x": size["width"] // 2, "y": size["height"] - 20, "width": 1, "height": 1}
    picture = base64.b64encode(page.screenshot(clip=foot)).decode()  # type: ignore[arg-type]
    colour: list[int] = page.context.new_page().evaluate(PIXEL, picture)
    return colour


@pytest.mark.parametrize("html", [FRAGMENT, DOCUMENT], ids=["fragment", "document"])
def test_a_template_that_knows_no_dark_keeps_its_white_sheet(page: Page, site: Server, html: str) -> None:
    assert sheet_of(page, site, html) == WHITE


def test_a_template_that_knows_the_dark_follows_ours(page: Page, site: Server) -> None:
    assert max(sheet_of(page, site, f"<style>:root {{ color-scheme: light dark }}</style>{FRAGMENT}")) < 100
