"""What all drawing tools share: initial values, pictures, the view, touch, drafts and reading only."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser import assert_accessible
from tests.crowd.drawing import (
    ELEMENT,
    FLAT,
    SIZE,
    answer,
    as_json,
    click,
    drag,
    drawn,
    focus,
    is_shown,
    open_tool,
    place,
    press,
    rows,
    stage,
    tool,
)
from tests.crowd.pages import PICTURE, open_task, submit

pytestmark = [pytest.mark.browser, pytest.mark.once]

CAT = {"height": 50, "label": "Cat", "left": 10, "top": 20, "width": 100}
POINTS = [{"x": 27, "y": 154}, {"x": 331, "y": 23}, {"x": 90, "y": 200}]
LOOSE_POINTS = "[{x: 27, y: 154,}, {'x': 331, 'y': 23}, {x: 90, y: 200},]"


# ---- Initial values ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "initial", "shapes"),
    [
        ("bounding-box", f"[{as_json(CAT)}, {as_json(CAT | {'label': 'Cow'})}]", {"boundingBoxes": [CAT]}),
        (
            "keypoint",
            "[{label: 'Dog', x: 27.4, y: 154,}, {label: 'Cow', x: 1, y: 1},]",
            {"keypoints": [{"label": "Dog", "x": 27, "y": 154}]},
        ),
        (
            "polygon",
            f"[{{ 'label': 'Dog', 'vertices': {LOOSE_POINTS}, }}, ]",
            {"polygons": [{"label": "Dog", "vertices": POINTS}]},
        ),
        (
            "polyline",
            f"{{ polylines: [{{ label: 'Dog', vertices: {LOOSE_POINTS} }}], /* from a loop */ }}",
            {"polylines": [{"label": "Dog", "vertices": POINTS}]},
        ),
        (
            "line",
            "{ lines: [{ label: 'Dog', vertices: [{x: 27, y: 154}, {x: 331, y: 23}] }, { label: 'Dog' }] }",
            {"lines": [{"label": "Dog", "vertices": POINTS[:2]}]},
        ),
    ],
)
def test_an_initial_value_is_drawn_and_sent_as_unmodified(
    page: Page, kind: str, initial: str, shapes: Any
) -> None:
    sent = open_tool(page, tool(kind, f'initial-value="{initial.replace(chr(34), "&quot;")}"'))
    expect(rows(page)).to_have_count(1)
    submit(page, sent)

    expected = {"initialValueModified": False, "inputImageProperties": SIZE} | shapes
    assert sent.answer() == {"annotatedResult": expected}


def test_an_initial_value_that_is_changed_says_so_until_that_is_undone(page: Page) -> None:
    sent = open_tool(page, tool("bounding-box", "initial-value='[]'"), FLAT)
    assert answer(page)["initialValueModified"] is False
    drag(page, (10, 20), (110, 70))
    assert answer(page)["initialValueModified"] is True
    press(page, "Control+z")
    assert answer(page)["initialValueModified"] is False
    press(page, "Control+y")
    submit(page, sent)

    assert sent.posts[0]["annotatedResult.initialValueModified"] == "true"


def test_an_initial_value_nobody_can_read_is_as_none(page: Page) -> None:
    open_tool(page, tool("polygon", "initial-value='[{label: \"Cat\", vertices: [{x: 1'"))
    assert drawn(page) == []
    page.evaluate(f"{ELEMENT}.initialValue = [{{ label: 'Cat', vertices: {LOOSE_POINTS} }}]")
    expect(rows(page)).to_have_count(1)


def test_labels_and_their_colours_can_be_set_by_scripts(page: Page) -> None:
    open_tool(page, tool("line", labels="['Cat'"))
    expect(page.get_by_text("This task's list of labels cannot be read: ['Cat'")).to_be_visible()
    drag(page, (10, 20), (110, 70))
    assert drawn(page) == []
    page.evaluate(f"{ELEMENT}.labels = ['One', 'Two']; {ELEMENT}.labelColors = ['#123456', 'nonsense']")
    drag(page, (10, 20), (110, 70))
    expect(rows(page)).to_have_text(["11. One"])
    expect(rows(page).locator(".swatch")).to_have_css("background-color", "rgb(18, 52, 86)")
    assert page.evaluate(f"{ELEMENT}.labels") == ["One", "Two"]


def test_a_label_that_is_listed_twice_is_one(page: Page) -> None:
    open_tool(page, tool("semantic-segmentation", labels="['Cat', 'Cat', 'Dog']"))
    expect(page.get_by_role("radio")).to_have_count(2)
    focus(page)
    press(page, "2")
    expect(page.get_by_role("radio", name="Dog")).to_be_checked()
    assert answer(page)["labelMappings"] == {"Cat": {"color": "#0072b2"}, "Dog": {"color": "#e69f00"}}


def test_what_does_not_fit_into_the_list_is_left_out_at_its_end_in_either_direction(page: Page) -> None:
    open_tool(page, tool("keypoint", labels="['A long label in Latin letters', 'חתול גדול', ]"))
    page.evaluate("document.documentElement.dir = 'rtl'")
    click(page, 100, 100)
    focus(page)
    press(page, "2")
    click(page, 200, 200)
    directions = "texts => texts.map((text) => getComputedStyle(text).direction)"
    assert page.locator(".row-name .text").evaluate_all(directions) == ["ltr", "rtl"]


# ---- The picture -------------------------------------------------------------------------------------


def test_a_picture_that_is_lost_says_so_and_comes_when_tried_again(page: Page) -> None:
    sent = open_task(page, f"<crowd-form>{tool('keypoint').replace('/a.svg', '/gone')}</crowd-form>")
    expect(page.get_by_text("The picture could not be loaded.")).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("The picture is not there yet")).to_be_visible()
    assert answer(page) is None
    page.route("**/gone", lambda route: route.fulfill(content_type="image/svg+xml", body=PICTURE), times=1)
    page.get_by_role("button", name="Try again").click()
    is_shown(page)
    expect(page.get_by_text("The picture is not there yet")).to_have_count(0)
    click(page, 100, 100)
    submit(page, sent)

    assert sent.answer()["annotatedResult"]["keypoints"] == [{"label": "Cat", "x": 100, "y": 100}]


@pytest.mark.parametrize("kind", ["bounding-box", "keypoint"])
def test_what_is_drawn_on_a_picture_that_is_lost_is_only_listed(page: Page, kind: str) -> None:
    initial = as_json([CAT | {"x": 10, "y": 20}])
    gone = tool(kind, f"initial-value='{initial}'").replace("/a.svg", "/gone")
    open_task(page, f"<crowd-form>{gone}</crowd-form>")
    expect(page.get_by_text("The picture could not be loaded.")).to_be_visible()
    rows(page).click()
    focus(page)
    press(page, "ArrowRight", "Enter", "ArrowDown", "Insert", "PageDown", "Escape", "Space", "Enter")
    expect(rows(page)).to_have_count(1)

    page.route("**/gone", lambda route: route.fulfill(content_type="image/svg+xml", body=PICTURE), times=1)
    page.get_by_role("button", name="Try again").click()
    is_shown(page)
    assert answer(page)["initialValueModified"] is False


def test_an_element_that_a_script_takes_out_and_puts_back_has_all_that_it_had(page: Page) -> None:
    sent = open_tool(page, tool("polygon"))
    for where in [(10, 10), (100, 10), (100, 100)]:
        click(page, *where)
    page.evaluate(f"(() => {{ window.element = {ELEMENT}; element.remove(); }})()")
    expect(page.locator("crowd-polygon")).to_have_count(0)
    page.evaluate("document.querySelector('crowd-form').form.prepend(element)")
    is_shown(page)
    focus(page)
    press(page, "Enter")
    submit(page, sent)

    (polygon,) = sent.answer()["annotatedResult"]["polygons"]
    assert polygon["vertices"] == [{"x": 10, "y": 10}, {"x": 100, "y": 10}, {"x": 100, "y": 100}]


def test_another_picture_begins_anew(page: Page) -> None:
    open_tool(page, tool("keypoint"))
    click(page, 100, 100)
    other = PICTURE.replace('width="400"', 'width="200"')
    page.route("**/b.svg", lambda route: route.fulfill(content_type="image/svg+xml", body=other))
    page.evaluate(f"{ELEMENT}.src = '/b.svg'")
    page.wait_for_function(f"{ELEMENT}.stage.size?.width === 200")

    assert answer(page) == {"inputImageProperties": {"height": 300, "width": 200}, "keypoints": []}


# ---- The view ----------------------------------------------------------------------------------------


def test_the_wheel_zooms_where_the_pointer_is_and_what_is_drawn_is_exact(page: Page) -> None:
    open_tool(page, tool("bounding-box"))
    before = place(page, 300, 200)
    page.mouse.move(*before)
    for _ in range(6):
        page.mouse.wheel(0, -150)
    page.wait_for_function(f"{ELEMENT}.stage.view.scale > 4")
    after = place(page, 300, 200)
    assert after == pytest.approx(before, abs=4)  # wheels tell whole pixels of the screen only
    drag(page, (290, 190), (311, 212))
    assert drawn(page) == [{"height": 22, "label": "Cat", "left": 290, "top": 190, "width": 21}]
    press(page, "f")
    page.wait_for_function(f"{ELEMENT}.stage.isFitted")


def test_the_picture_is_moved_by_space_the_middle_button_the_hand_and_keys(page: Page) -> None:
    open_tool(page, tool("bounding-box"))
    focus(page)
    press(page, "+", "+")
    x, y = place(page, 200, 150)

    def pull(button: Any = "left") -> None:
        page.mouse.move(x, y)
        page.mouse.down(button=button)
        page.mouse.move(x + 10, y + 10)
        page.mouse.move(x + 30, y + 20)
        page.mouse.up(button=button)

    page.keyboard.down("Space")
    pull()
    page.keyboard.up("Space")
    assert place(page, 200, 150) == pytest.approx((x + 30, y + 20))
    pull("middle")
    assert place(page, 200, 150) == pytest.approx((x + 60, y + 40))
    press(page, "h")
    pull()
    assert place(page, 200, 150) == pytest.approx((x + 90, y + 60))
    expect(page.get_by_role("button", name="Move the picture")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Move the picture").click()
    assert drawn(page) == []
    pull()
    assert len(drawn(page)) == 1


def test_keys_do_nothing_where_one_types_and_enter_sends_nothing(page: Page) -> None:
    sent = open_tool(page, tool("keypoint") + "<crowd-input name=why label=Why></crowd-input>")
    page.get_by_label("Why").fill("1")
    page.get_by_label("Why").press("2")
    expect(page.get_by_role("radio", name="Cat")).to_be_checked()
    focus(page)
    press(page, "Enter", "Enter")
    assert len(drawn(page)) == 1
    assert sent.posts == []


def test_shortcuts_are_listed(page: Page) -> None:
    open_tool(page, tool("polygon"))
    page.get_by_role("button", name="Shortcuts").click()
    listed = page.get_by_role("dialog", name="Shortcuts")
    for text in ("Dog", "Undo, redo", "End the polygon", "Page Down", "Move the picture"):
        expect(listed).to_contain_text(text)
    press(page, "2", "Escape")
    expect(page.get_by_role("radio", name="Cat")).to_be_checked()


# ---- Touch -------------------------------------------------------------------------------------------


class Fingers:
    """Fingers on the picture, at places of the picture."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)

    def touch(self, kind: str, *places: tuple[float, float]) -> None:
        """Say where the fingers are now, on the screen."""
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.fixture
def phone(new_visitor: Any) -> Page:
    visitor: Page = new_visitor(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    return visitor


def test_one_finger_draws_and_two_move_and_zoom(phone: Page) -> None:
    open_tool(phone, tool("bounding-box"))
    stage(phone).scroll_into_view_if_needed()
    fingers = Fingers(phone)
    start, middle, end = (place(phone, x, y) for x, y in [(100, 60), (150, 90), (200, 160)])
    fingers.touch("touchStart", start)
    fingers.touch("touchMove", middle)
    fingers.touch("touchMove", end)
    fingers.touch("touchEnd")
    (box,) = drawn(phone)
    assert box == {"height": 100, "label": "Cat", "left": 100, "top": 60, "width": 100}

    scale = phone.evaluate(f"{ELEMENT}.stage.view.scale")
    (x, y) = place(phone, 200, 150)
    fingers.touch("touchStart", (x - 30, y))
    fingers.touch("touchMove", (x - 45, y))
    fingers.touch("touchStart", (x - 45, y), (x + 45, y))
    fingers.touch("touchMove", (x - 80, y), (x + 80, y))
    fingers.touch("touchMove", (x - 90, y), (x + 90, y))
    fingers.touch("touchEnd")
    phone.wait_for_function(f"{ELEMENT}.stage.view.scale > {scale * 1.8}")
    assert place(phone, 200, 150) == pytest.approx((x, y), abs=2)
    assert drawn(phone) == [box]
    phone.mouse.move(0, 0)
    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_pen_draws_as_a_finger_does(page: Page) -> None:
    open_tool(page, tool("bounding-box"))
    session = page.context.new_cdp_session(page)
    pen = {"pointerType": "pen", "button": "left", "force": 0.4}
    start, middle, end = (place(page, x, y) for x, y in [(100, 60), (150, 90), (200, 160)])
    for kind, (x, y), buttons in [
        ("mouseMoved", start, 0),
        ("mousePressed", start, 1),
        ("mouseMoved", middle, 1),
        ("mouseMoved", end, 1),
        ("mouseReleased", end, 0),
    ]:
        event = {"type": kind, "x": x, "y": y, "buttons": buttons, "clickCount": 1}
        session.send("Input.dispatchMouseEvent", {**pen, **event})
    assert drawn(page) == [{"height": 100, "label": "Cat", "left": 100, "top": 60, "width": 100}]


def test_a_polygon_is_tapped_and_ended_by_its_button(phone: Page) -> None:
    open_tool(phone, tool("polygon"))
    stage(phone).scroll_into_view_if_needed()
    for where in [(50, 50), (200, 60), (120, 200)]:
        phone.touchscreen.tap(*place(phone, *where))
    phone.get_by_role("button", name="End").tap()
    vertices = [{"x": 50, "y": 50}, {"x": 200, "y": 60}, {"x": 120, "y": 200}]

    assert drawn(phone) == [{"label": "Cat", "vertices": vertices}]


# ---- Drafts, and what has been sent ------------------------------------------------------------------


@pytest.mark.parametrize("form", ["<crowd-form>", FLAT])
def test_a_draft_is_entered_again_and_changes_are_told(page: Page, form: str) -> None:
    open_tool(page, tool("bounding-box", "initial-value='[]'"), form)
    page.evaluate("document.addEventListener('change', () => (window.changes = (window.changes ?? 0) + 1))")
    drag(page, (10, 20), (110, 70))
    assert page.evaluate("window.changes") == 1
    fields = page.evaluate("document.querySelector('crowd-form').answerFields()")
    open_tool(page, tool("bounding-box", "initial-value='[]'"), form)
    page.evaluate("fields => document.querySelector('crowd-form').enterAgain(fields)", fields)
    expect(rows(page)).to_have_text(["11. Cat"])
    assert page.evaluate("document.querySelector('crowd-form').answerFields()") == fields
    drag(page, (200, 100), (300, 250))
    press(page, "Control+z")
    assert drawn(page) == [CAT]


def test_what_was_sent_can_be_looked_at_and_not_changed(page: Page) -> None:
    sent = {"boundingBoxes": [CAT], "inputImageProperties": SIZE}
    open_tool(page, tool("bounding-box"))
    page.evaluate(
        "sent => ['enterAgain', 'lock'].forEach((act) => document.querySelector('crowd-form')[act](sent))",
        [["taskAnswers", as_json([{"annotatedResult": sent}])]],
    )
    expect(rows(page)).to_have_count(1)
    drag(page, (200, 100), (300, 250))
    focus(page)
    press(page, "Delete", "Control+z", "2", "Enter", "Enter", "ArrowRight", "Backspace")
    assert drawn(page) == [CAT]
    expect(page.get_by_role("button", name="Delete 1. Cat")).to_have_count(0)
    press(page, "f", "+")
    page.wait_for_function(f"!{ELEMENT}.stage.isFitted")
    click(page, 60, 45)
    expect(rows(page)).to_have_attribute("aria-pressed", "true")
    assert_accessible(page)


def test_a_sent_answer_without_its_picture_stays_whole(page: Page) -> None:
    open_task(page, f"<crowd-form>{tool('bounding-box').replace('/a.svg', '/gone')}</crowd-form>")
    sent = {"boundingBoxes": [CAT | {"label": "Cow"}], "inputImageProperties": SIZE}
    fields = [["taskAnswers", as_json([{"annotatedResult": sent}])]]
    page.evaluate("fields => document.querySelector('crowd-form').enterAgain(fields)", fields)

    assert page.evaluate("document.querySelector('crowd-form').answerFields()") == fields
