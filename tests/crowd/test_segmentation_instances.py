"""<crowd-instance-segmentation>: each thing with a colour of its own (crowd-elements.md §5)."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.crowd import pngs
from tests.crowd.drawing import (
    ELEMENT,
    FLAT,
    SIZE,
    answer,
    click,
    drag,
    focus,
    is_shown,
    open_tool,
    press,
    rows,
    tool,
)
from tests.crowd.pages import submit
from tests.crowd.test_segmentation import WHITE, counted, initial, is_at_rest, paint_square, pixels_of

pytestmark = [pytest.mark.browser, pytest.mark.once]

PAINT = tool("instance-segmentation")
BLUE, ORANGE, GREEN = "#0072b2", "#e69f00", "#33ccb3"


def rgb(colour: str) -> pngs.Colour:
    return tuple(bytes.fromhex(colour[1:]))


def paint_three(page: Page) -> None:
    """Two cats and a dog: the label is chosen anew for each."""
    press(page, "1", "b")
    drag(page, (30, 30), (120, 30))
    press(page, "1")
    drag(page, (30, 100), (120, 100))
    drag(page, (120, 100), (120, 140))  # more of the same
    press(page, "2")
    drag(page, (30, 200), (120, 200))
    expect(rows(page)).to_have_text(["11. Cat", "12. Cat", "23. Dog"])


@pytest.mark.parametrize("form", ["<crowd-form>", FLAT])
def test_instances_of_a_label_have_each_its_colour(page: Page, form: str) -> None:
    sent = open_tool(page, PAINT, form)
    paint_three(page)
    submit(page, sent)

    instances = [
        {"color": BLUE, "label": "Cat"},
        {"color": ORANGE, "label": "Cat"},
        {"color": GREEN, "label": "Dog"},
    ]
    if form == FLAT:
        fields = sent.posts[0]
        assert json.loads(fields["annotatedResult.instances"]) == instances
        text = fields["annotatedResult.labeledImage.pngImageData"]
        value = {"labeledImage": {"pngImageData": text}, "inputImageProperties": SIZE}
        assert len(fields) == 5
    else:
        value = sent.answer()["annotatedResult"]
        assert set(value) == {"inputImageProperties", "instances", "labeledImage"}
        assert value["instances"] == instances
    assert set(counted(value)) == {WHITE, rgb(BLUE), rgb(ORANGE), rgb(GREEN)}
    pixels = pixels_of(value)
    assert [pixels[y][100] for y in (30, 100, 200)] == [rgb(BLUE), rgb(ORANGE), rgb(GREEN)]
    assert pixels[135][120] == rgb(ORANGE)


def test_instances_are_selected_relabelled_and_deleted_and_all_is_undone(page: Page) -> None:
    open_tool(page, PAINT)
    paint_three(page)
    before = answer(page)
    page.get_by_role("button", name="1. Cat", exact=True).click()
    press(page, "r", "2")
    expect(rows(page).first).to_have_text("21. Dog")
    assert answer(page)["labeledImage"] == before["labeledImage"]
    assert answer(page)["instances"][0] == {"color": BLUE, "label": "Dog"}
    press(page, "Delete")
    expect(rows(page)).to_have_text(["11. Cat", "22. Dog"])
    assert rgb(BLUE) not in counted(answer(page))
    page.get_by_role("button", name="Delete 2. Dog").click()
    assert answer(page)["instances"] == [{"color": ORANGE, "label": "Cat"}]
    press(page, "Control+z", "Control+z", "Control+z")
    assert answer(page) == before
    press(page, *["Control+z"] * 4)
    assert answer(page)["instances"] == []
    press(page, *["Control+Shift+z"] * 4)
    assert answer(page) == before


def test_an_instance_that_is_painted_over_is_not_sent(page: Page) -> None:
    open_tool(page, PAINT)
    press(page, "b")
    drag(page, (100, 100), (110, 100))
    press(page, "2")
    paint_square(page, [(50, 50), (200, 50), (200, 200), (50, 200)])
    expect(rows(page).first).to_have_text("11. Cat (nothing left)")
    assert answer(page)["instances"] == [{"color": ORANGE, "label": "Dog"}]


def test_all_by_keys(page: Page) -> None:
    open_tool(page, PAINT)
    focus(page)
    press(page, "Space", "Space", *["ArrowRight"] * 9, "Space", "n", *["Shift+ArrowDown"] * 2)
    press(page, "Space", *["ArrowLeft"] * 9, "Space")
    expect(rows(page)).to_have_text(["11. Cat", "12. Cat"])
    press(page, "PageUp")
    expect(page.locator(".says")).to_contain_text("Selected: 1. Cat")
    press(page, "Delete")
    expect(rows(page)).to_have_text(["11. Cat"])


def test_instances_to_begin_with_are_edited_further(page: Page) -> None:
    one, two, odd = (0x2C, 0xA0, 0x2C), (0x1F, 0x77, 0xB4), (9, 9, 9)
    content = pngs.png_of([[(one, two, odd, WHITE)[x // 100] for x in range(400)] for _ in range(300)])
    instances = [
        {"color": "#2ca02c", "label": "Cat"},
        {"color": "#1f77b4", "label": "Cat"},
        {"color": "#090909", "label": "Horse"},
    ]
    attribute = initial(content, instances, kind="instances")
    sent = open_tool(page, tool("instance-segmentation", attribute))
    expect(rows(page)).to_have_text(["11. Cat", "12. Cat"])
    assert answer(page)["initialValueModified"] is False
    assert answer(page)["instances"] == instances[:2]
    assert counted(answer(page)) == {one: 30_000, two: 30_000, WHITE: 60_000}
    is_at_rest(page)
    press(page, "2", "b")
    drag(page, (350, 50), (350, 250))
    submit(page, sent)

    value = sent.answer()["annotatedResult"]
    assert value["instances"] == [*instances[:2], {"color": BLUE, "label": "Dog"}]
    assert value["initialValueModified"] is True


@pytest.mark.parametrize("form", ["<crowd-form>", FLAT])
def test_a_draft_is_entered_again(page: Page, form: str) -> None:
    open_tool(page, PAINT, form)
    paint_three(page)
    kept, fields = answer(page), page.evaluate("document.querySelector('crowd-form').answerFields()")
    page.reload()
    page.locator("body[data-ready]").wait_for(state="attached")
    is_shown(page)
    page.evaluate("fields => document.querySelector('crowd-form').enterAgain(fields)", fields)
    assert answer(page) == kept
    expect(rows(page)).to_have_text(["11. Cat", "12. Cat", "23. Dog"])
    page.evaluate("document.querySelector('crowd-form').lock()")
    is_at_rest(page)
    click(page, 100, 100)
    expect(rows(page).nth(1)).to_have_attribute("aria-pressed", "true")
    press(page, "Delete", "n", "r", "2")
    drag(page, (30, 200), (120, 30))
    assert page.evaluate(f"{ELEMENT}.contents()") == {
        "instances": kept["instances"],
        "labeledImage": kept["labeledImage"],
    }
