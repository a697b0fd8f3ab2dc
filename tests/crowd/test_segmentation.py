"""<crowd-semantic-segmentation>: painted by mouse, keys, fingers; sent by pixels (crowd-elements.md §5)."""

import base64
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible
from tests.crowd import pngs
from tests.crowd.drawing import (
    ELEMENT,
    FLAT,
    SIZE,
    answer,
    as_json,
    click,
    drag,
    focus,
    is_shown,
    open_tool,
    place,
    press,
    rows,
    stage,
    tool,
)
from tests.crowd.pages import ALONE, open_task, submit

pytestmark = [pytest.mark.browser, pytest.mark.once]

PAINT = tool("semantic-segmentation")
CAT, DOG, WHITE = (0x00, 0x72, 0xB2), (0xE6, 0x9F, 0x00), (255, 255, 255)
MAP = {"Cat": {"color": "#0072b2"}, "Dog": {"color": "#e69f00"}}
SQUARE = [(100, 50), (300, 50), (300, 250), (100, 250)]


def pixels_of(value: Any) -> list[list[pngs.Colour]]:
    """Give the colours of an answer's picture, which has the size that the answer tells."""
    text = value["labeledImage"]["pngImageData"]
    pixels = pngs.pixels_in(base64.b64decode(text, validate=True))
    size = value["inputImageProperties"]
    assert (len(pixels), len(pixels[0])) == (size["height"], size["width"])
    return pixels


def counted(value: Any) -> dict[pngs.Colour, int]:
    """Give how many pixels have each colour."""
    return Counter(pixel for row in pixels_of(value) for pixel in row)


def is_at_rest(page: Page) -> None:
    """Wait until the picture has the place that the page gives it: a note above it may have come or gone."""
    page.wait_for_function(f"(({{ stage }}) => stage.room.height === stage.place.clientHeight)({ELEMENT})")


def paint_square(page: Page, corners: list[tuple[int, int]] = SQUARE) -> None:
    """Paint by the polygon tool."""
    press(page, "p")
    for x, y in corners:
        click(page, x, y)
    page.mouse.move(*place(page, corners[-1][0] - 30, corners[-1][1] - 30))
    press(page, "Enter")


def initial(content: bytes, mapping: Any, *, kind: str = "labelMappings") -> str:
    """Give an attribute with a mask to begin with, as loosely as templates write it."""
    source = f"data:image/png;base64,{base64.b64encode(content).decode()}"
    return f"initial-value='{{ {kind}: {json.dumps(mapping)}, src: \"{source}\", }}'"


@pytest.mark.parametrize("form", ["<crowd-form>", FLAT])
def test_a_mask_is_sent_in_exactly_the_colours_of_its_labels(page: Page, form: str) -> None:
    sent = open_tool(page, PAINT, form)
    paint_square(page)
    press(page, "2", "g")
    click(page, 20, 20)
    press(page, "b")
    drag(page, (150, 150), (250, 150))
    expect(rows(page)).to_have_count(2)
    submit(page, sent)

    if form == FLAT:
        fields = sent.posts[0]
        text = fields.pop("annotatedResult.labeledImage.pngImageData")
        assert fields == {
            "assignmentId": "3A",
            "annotatedResult.inputImageProperties.height": "300",
            "annotatedResult.inputImageProperties.width": "400",
            "annotatedResult.labelMappings.Cat.color": "#0072b2",
            "annotatedResult.labelMappings.Dog.color": "#e69f00",
        }
        value = {"labeledImage": {"pngImageData": text}, "inputImageProperties": SIZE}
    else:
        assert sent.posts[0]["taskAnswers"] == as_json([sent.answer()])
        value = sent.answer()["annotatedResult"]
        assert value["labelMappings"] == MAP
        assert set(value) == {"inputImageProperties", "labelMappings", "labeledImage"}
    pixels = pixels_of(value)
    assert set(counted(value)) == {CAT, DOG}, "no pixel is mixed, and none is left"
    assert [pixels[20][20], pixels[70][120], pixels[150][200], pixels[240][290]] == [DOG, CAT, DOG, CAT]
    assert all(pixel == DOG for pixel in pixels[150][160:240]), "the brush has no gaps"


def test_a_picture_without_paint_is_an_answer(page: Page) -> None:
    sent = open_tool(page, PAINT)
    submit(page, sent)

    value = sent.answer()["annotatedResult"]
    assert value["labelMappings"] == MAP
    assert counted(value) == {WHITE: 400 * 300}


def test_erasing_undo_and_redo_go_back_to_the_very_pixels(page: Page) -> None:
    open_tool(page, PAINT)
    states = [answer(page)]
    paint_square(page)
    states.append(answer(page))
    press(page, "e", "]")
    drag(page, (150, 100), (250, 200))
    states.append(answer(page))
    page.get_by_role("button", name="Delete 1. Cat").click()
    states.append(answer(page))
    assert counted(states[3]) == counted(states[0])
    assert len({json.dumps(state) for state in states[:3]}) == 3
    for state in (2, 1, 0):
        press(page, "Control+z")
        assert answer(page) == states[state]
    expect(page.get_by_role("button", name="Undo", exact=True)).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Redo", exact=True).click()
    press(page, "Control+Shift+z")
    assert answer(page) == states[2]


def test_what_is_painted_can_be_kept(page: Page) -> None:
    open_tool(page, PAINT)
    paint_square(page)
    before = counted(answer(page))[CAT]
    page.get_by_role("button", name="Keep what is painted").click()
    press(page, "2", "b")
    drag(page, (50, 150), (350, 150))
    now = counted(answer(page))
    assert now[CAT] == before
    assert now[DOG] > 0


def test_a_mask_is_painted_by_keys_alone_and_told(page: Page) -> None:
    sent = open_tool(page, PAINT)
    status = page.locator(".says")
    focus(page)
    press(page, "Space")
    expect(status).to_have_text("200 across, 150 down")
    press(page, "Space")
    expect(status).to_contain_text("Brush down")
    press(page, *["Shift+ArrowRight"] * 3, "Space")
    expect(status).to_contain_text("Painted: Cat")
    press(page, "2", "p")
    for key in ("ArrowUp", "ArrowLeft", "ArrowDown"):
        press(page, "Space", *[f"Shift+{key}"] * 2)
    press(page, "Space", "Enter")
    expect(status).to_contain_text("Painted: Dog")
    press(page, "ArrowUp")
    page.get_by_role("button", name="Submit").focus()
    with page.expect_navigation():
        press(page, "Enter")

    assert set(counted(sent.answer()["annotatedResult"])) == {CAT, DOG, WHITE}


def test_one_finger_paints_and_two_zoom(new_visitor: Callable[..., Page]) -> None:
    page = new_visitor(viewport={"width": 390, "height": 844}, has_touch=True, device_scale_factor=2)
    open_tool(page, PAINT)
    stage(page).scroll_into_view_if_needed()
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    one, other = place(page, 150, 150), place(page, 250, 150)
    touch("touchStart", one)
    touch("touchMove", other)
    touch("touchEnd")
    page.wait_for_function(f"{ELEMENT}.history.canUndo")
    painted = answer(page)
    assert pixels_of(painted)[150][200] == CAT
    scale = page.evaluate(f"{ELEMENT}.stage.view.scale")
    touch("touchStart", one)
    touch("touchStart", one, other)
    touch("touchMove", (one[0] - 40, one[1]), (other[0] + 40, other[1]))
    touch("touchEnd")
    page.wait_for_function(f"{ELEMENT}.stage.view.scale > {scale}")
    assert answer(page) == painted, "what the first of two fingers began was not meant"


def test_a_mask_to_begin_with_is_edited_further(page: Page) -> None:
    red, other = (0xD6, 0x27, 0x28), (0x00, 0x72, 0xB2)
    rows_ = [[(red if x < 100 else other if y < 50 else WHITE) for x in range(400)] for y in range(300)]
    mapping = {"Dog": {"color": "#D62728"}, "Horse": {"color": "#0072B2"}}
    sent = open_tool(page, tool("semantic-segmentation", initial(pngs.png_of(rows_), mapping)))
    expect(
        page.get_by_text("15,000 pixels of the mask to begin with have a colour of no label")
    ).to_be_visible()
    is_at_rest(page)
    before = answer(page)
    assert before["initialValueModified"] is False
    assert before["labelMappings"]["Dog"] == {"color": "#d62728"}
    assert counted(before) == {red: 100 * 300, WHITE: 300 * 300}
    paint_square(page)
    press(page, "Control+z")
    assert answer(page) == before
    press(page, "Control+y")
    submit(page, sent)

    value = sent.answer()["annotatedResult"]
    assert value["initialValueModified"] is True
    assert counted(value)[red] == 100 * 300


def test_a_mask_that_cannot_be_fetched_says_so_and_comes_when_tried_again(page: Page) -> None:
    lost = """initial-value="{labelMappings: {'Dog': {color: '#d62728'}}, src: '/mask.png'}" """
    open_tool(page, tool("semantic-segmentation", lost))
    note = page.locator(".mask-note")
    expect(note).to_contain_text("cannot be shown: it is no PNG")
    page.unroute_all()
    body = pngs.png_of([[(0xD6, 0x27, 0x28)] * 4] * 3)  # a hundredth of the picture's size
    page.route("**/mask.png", lambda route: route.fulfill(content_type="image/png", body=body))
    note.get_by_role("button", name="Try again").click()
    expect(note).to_be_hidden()

    assert counted(answer(page)) == {(0xD6, 0x27, 0x28): 400 * 300}


@pytest.mark.parametrize("form", ["<crowd-form>", FLAT])
def test_a_draft_is_entered_again_pixel_by_pixel_and_can_be_locked(page: Page, form: str) -> None:
    open_tool(page, PAINT, form)
    paint_square(page)
    press(page, "2", "b")
    drag(page, (20, 20), (90, 90))
    kept, fields = answer(page), page.evaluate("document.querySelector('crowd-form').answerFields()")
    page.reload()
    page.locator("body[data-ready]").wait_for(state="attached")
    page.evaluate("fields => document.querySelector('crowd-form').enterAgain(fields)", fields)
    assert answer(page) == kept, "before the picture is there"
    is_shown(page)
    assert answer(page) == kept
    page.evaluate("document.querySelector('crowd-form').lock()")
    expect(page.get_by_role("radio", name="Cat")).to_be_disabled()
    drag(page, (20, 200), (300, 200))
    press(page, "e", "Delete", "Control+z")
    assert page.evaluate(f"{ELEMENT}.contents()")["labeledImage"] == kept["labeledImage"]


def test_a_draft_that_is_no_picture_leaves_nothing_broken(page: Page) -> None:
    open_tool(page, PAINT)
    fields = [["taskAnswers", as_json([{"annotatedResult": {"labeledImage": {"pngImageData": "<b>"}}}])]]
    page.evaluate("fields => document.querySelector('crowd-form').enterAgain(fields)", fields)
    expect(page.get_by_text("What was painted before cannot be shown: it is no base64.")).to_be_visible()
    is_at_rest(page)
    paint_square(page)
    assert counted(answer(page))[CAT] > 0


def test_more_labels_than_colours_have_each_its_own(page: Page) -> None:
    labels = [f"Part {number}" for number in range(30)] + ['It\'s "x"', "a.b"]
    open_task(page, f"<crowd-form>{tool('semantic-segmentation', labels='[]')}</crowd-form>")
    is_shown(page)
    page.evaluate(f"labels => {{ {ELEMENT}.labels = labels; }}", labels)
    mapping = answer(page)["labelMappings"]
    assert list(mapping) == labels
    assert len({one["color"] for one in mapping.values()} | {"#ffffff"}) == len(labels) + 1


def test_names_mask_and_brush_are_shown_as_one_likes_and_nothing_else_changes(page: Page) -> None:
    open_tool(page, PAINT)
    paint_square(page)
    before = answer(page)
    press(page, "v", "l", "[", "[", "b")
    expect(page.get_by_role("button", name="Hide the mask")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Show the labels")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("slider", name="Opacity of the mask").fill("80")
    expect(page.get_by_role("slider", name="Size of the brush")).to_have_attribute("aria-valuetext", "3 px")
    page.get_by_role("button", name="Zoom in").click()
    assert answer(page) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["semantic", "instance"])
def test_nothing_keeps_anybody_from_using_it(
    new_visitor: Callable[..., Page], scheme: str, kind: str
) -> None:
    page = new_visitor(color_scheme=scheme)
    open_tool(page, tool(f"{kind}-segmentation"))
    paint_square(page)
    expect(rows(page)).to_have_count(1)
    assert_accessible(page)


def test_another_picture_begins_anew_and_a_disabled_one_is_only_looked_at(page: Page) -> None:
    open_tool(page, PAINT)
    paint_square(page)
    page.evaluate(f"{ELEMENT}.src = '/b.svg'")
    is_shown(page)
    assert counted(answer(page)) == {WHITE: 400 * 300}
    expect(page.get_by_role("button", name="Undo", exact=True)).to_have_attribute("aria-disabled", "true")
    paint_square(page)
    before = answer(page)
    page.evaluate(f"{ELEMENT}.disabled = true")
    drag(page, (20, 20), (380, 280))
    press(page, "Control+z", "e")
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate(f"{ELEMENT}.stage.view.scale") > 1
    assert answer(page) == before


def test_a_polygon_that_is_not_filled_is_not_forgotten(page: Page) -> None:
    sent = open_tool(page, PAINT)
    press(page, "p")
    for x, y in SQUARE[:3]:
        click(page, x, y)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("The polygon that you are drawing is not filled")).to_be_visible()
    page.get_by_role("button", name="Fill the polygon").click()
    submit(page, sent)

    assert counted(sent.answer()["annotatedResult"])[CAT] > 10_000


def test_without_a_place_to_send_to_it_can_be_tried(page: Page) -> None:
    open_task(page, f"<crowd-form>{PAINT}</crowd-form>", url=ALONE)
    is_shown(page)
    paint_square(page)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("#answers-box")).to_contain_text("labelMappings")
