"""What tests of the drawing tools share: a task with a picture, and places on it."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.crowd.pages import Sent, open_task

FLAT = '<crowd-form answer-format="flatten-objects">'
SIZE = {"height": 300, "width": 400}  # of pages.PICTURE
REGIONS = (
    '<full-instructions header="How to draw">All of it.</full-instructions>'
    '<short-instructions header="In short">Draw tightly.</short-instructions>'
)


def tool(kind: str, attributes: str = "", *, labels: str = "['Cat', 'Dog', ]") -> str:
    """Give the markup of a drawing tool, such as `bounding-box`."""
    return (
        f'<crowd-{kind} name="annotatedResult" header="Draw around the animals" src="/a.svg" '
        f'labels="{labels}" {attributes}>{REGIONS}</crowd-{kind}>'
    )


def open_tool(page: Page, html: str, form: str = "<crowd-form>") -> Sent:
    """Open a task with this tool in a form, and wait until its picture is there."""
    sent = open_task(page, f"{form}{html}</crowd-form>")
    is_shown(page)
    return sent


def is_shown(page: Page) -> None:
    """Wait until the picture is there and has its place."""
    page.wait_for_function(f"{ELEMENT}.stage.isOpen && {ELEMENT}.stage.room.width > 0")


ELEMENT = "document.querySelector('crowd-form [labels]')"
_PLACE = f"""([x, y]) => {{
  const {{ stage }} = {ELEMENT};
  const edge = stage.place.getBoundingClientRect();
  const at = stage.toScreen({{ x, y }});
  return [edge.left + stage.place.clientLeft + at.x, edge.top + stage.place.clientTop + at.y];
}}"""


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    """Give where on the screen a place of the picture is."""
    across, down = page.evaluate(_PLACE, [x, y])
    return across, down


def click(page: Page, x: float, y: float) -> None:
    """Click a place of the picture."""
    page.mouse.click(*place(page, x, y))


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag from a place of the picture to another."""
    page.mouse.move(*place(page, *start))
    page.mouse.down()
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.mouse.move(*place(page, *middle))
    page.mouse.move(*place(page, *end))
    page.mouse.up()


def answer(page: Page) -> Any:
    """Give what the tool would send now."""
    return page.evaluate(f"{ELEMENT}.value")


def drawn(page: Page) -> list[Any]:
    """Give the list of shapes in what it would send."""
    (shapes,) = (part for part in answer(page).values() if isinstance(part, list))
    return list(shapes)


def stage(page: Page) -> Locator:
    """Give the picture, to which keys go while it has the focus."""
    return page.get_by_role("application")


def focus(page: Page) -> None:
    """Give the picture the focus, so that keys go to it."""
    stage(page).focus()
    expect(stage(page)).to_be_focused()


def press(page: Page, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


def rows(page: Page) -> Locator:
    """Give the list of what is drawn, each by the button that selects it."""
    return page.locator(".row-name")


def as_json(value: Any) -> str:
    """Give compact JSON with sorted keys, as forms send it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
