"""<crowd-bounding-box>: drawn, changed and sent by mouse and by keys (crowd-elements.md §4, §5)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible
from tests.crowd.drawing import (
    FLAT,
    SIZE,
    answer,
    as_json,
    click,
    drag,
    drawn,
    focus,
    open_tool,
    press,
    rows,
    stage,
    tool,
)
from tests.crowd.pages import submit

pytestmark = [pytest.mark.browser, pytest.mark.once]

BOX = tool("bounding-box")
CAT = {"height": 50, "label": "Cat", "left": 10, "top": 20, "width": 100}
DOG = {"height": 150, "label": "Dog", "left": 200, "top": 100, "width": 100}


@pytest.mark.parametrize("form", ["<crowd-form>", FLAT])
def test_boxes_are_sent_in_whole_pixels_of_the_picture(page: Page, form: str) -> None:
    sent = open_tool(page, BOX, form)
    drag(page, (10, 20), (110, 70))
    press(page, "2")
    drag(page, (300, 250), (200, 100))
    expect(rows(page)).to_have_text(["11. Cat", "22. Dog"])
    submit(page, sent)

    if form == FLAT:
        assert sent.posts[0] == {
            "assignmentId": "3A",
            "annotatedResult.boundingBoxes": as_json([CAT, DOG]),
            "annotatedResult.inputImageProperties.height": "300",
            "annotatedResult.inputImageProperties.width": "400",
        }
    else:
        whole = {"annotatedResult": {"boundingBoxes": [CAT, DOG], "inputImageProperties": SIZE}}
        assert sent.posts[0]["taskAnswers"] == as_json([whole])


def test_a_picture_without_a_box_is_an_answer(page: Page) -> None:
    sent = open_tool(page, BOX)
    submit(page, sent)

    assert sent.answer() == {"annotatedResult": {"boundingBoxes": [], "inputImageProperties": SIZE}}


def test_boxes_are_drawn_by_two_clicks_resized_moved_undone_and_deleted(page: Page) -> None:
    open_tool(page, BOX)
    click(page, 10, 20)
    click(page, 110, 70)
    assert drawn(page) == [CAT]
    drag(page, (110, 70), (120, 90))  # by its corner
    assert drawn(page) == [CAT | {"width": 110, "height": 70}]
    drag(page, (60, 20), (70, 0))  # by its upper edge
    assert drawn(page) == [CAT | {"width": 110, "height": 90, "top": 0}]
    press(page, "Control+z", "Control+z")
    assert drawn(page) == [CAT]
    press(page, "Control+Shift+z", "Control+z")
    click(page, 60, 45)  # in it
    drag(page, (60, 45), (80, 55))
    assert drawn(page) == [CAT | {"left": 30, "top": 30}]
    press(page, "2", "Delete")
    assert drawn(page) == []
    press(page, "Control+z")
    assert drawn(page) == [CAT | {"left": 30, "top": 30, "label": "Dog"}]


def test_boxes_by_the_keyboard_alone(page: Page) -> None:
    open_tool(page, BOX)
    focus(page)
    press(page, "2", "ArrowRight")
    before = page.locator(".says").text_content()
    press(page, "Enter", "Shift+ArrowRight", "Shift+ArrowDown", "Space")
    (box,) = drawn(page)
    assert box["label"] == "Dog"
    assert before == f"{box['left']} across, {box['top']} down"
    expect(page.locator(".says")).to_have_text(
        f"Drawn: box 1, Dog: from {box['left']} across, {box['top']} down, "
        f"{box['width']} wide, {box['height']} high"
    )
    press(page, "PageDown", "ArrowLeft", "Shift+ArrowUp")
    assert drawn(page) == [box | {"left": box["left"] - 1, "top": box["top"] - 10}]
    press(page, "Enter", "Shift+ArrowLeft", "1")  # the upper left corner
    (wider,) = drawn(page)
    assert (wider["width"], wider["label"]) == (box["width"] + 10, "Cat")
    press(page, "Escape", "Delete")
    expect(rows(page)).to_have_count(0)


def test_the_list_selects_and_deletes(page: Page) -> None:
    open_tool(page, BOX)
    drag(page, (10, 20), (110, 70))
    drag(page, (200, 100), (300, 250))
    rows(page).nth(0).click()
    expect(page.get_by_text("Label of box 1")).to_be_visible()
    page.get_by_role("radio", name="Dog").check(force=True)
    expect(rows(page).nth(0)).to_have_text("21. Dog")
    rows(page).nth(0).focus()
    press(page, "ArrowDown")
    expect(rows(page).nth(1)).to_be_focused()
    press(page, "Delete")
    expect(rows(page)).to_have_count(1)
    page.get_by_role("button", name="Delete 1. Dog").click()
    expect(stage(page)).to_be_focused()

    assert answer(page)["boundingBoxes"] == []


def test_the_tool_is_accessible(page: Page) -> None:
    open_tool(page, BOX)
    drag(page, (10, 20), (110, 70))
    click(page, 60, 45)
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
