"""Keypoints, lines, polylines and polygons: drawn, changed and sent (crowd-elements.md §4, §5)."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible
from tests.crowd.drawing import (
    FLAT,
    SIZE,
    as_json,
    click,
    drag,
    drawn,
    focus,
    open_tool,
    place,
    press,
    rows,
    tool,
)
from tests.crowd.pages import submit

pytestmark = [pytest.mark.browser, pytest.mark.once]


def path(label: str, *points: tuple[int, int]) -> dict[str, Any]:
    """Give a line as it is answered."""
    return {"label": label, "vertices": [{"x": x, "y": y} for x, y in points]}


THREE = [(10, 20), (110, 70), (50, 150)]


@pytest.mark.parametrize("form", ["<crowd-form>", FLAT])
@pytest.mark.parametrize(
    ("kind", "list_of", "shape", "places"),
    [
        ("keypoint", "keypoints", {"label": "Dog", "x": 300, "y": 200}, [(300, 200)]),
        ("line", "lines", path("Dog", (10, 20), (300, 200)), [(10, 20), (300, 200)]),
        ("polyline", "polylines", path("Dog", *THREE), [*THREE, (50, 150)]),
        ("polygon", "polygons", path("Dog", *THREE), [*THREE, (10, 20)]),
    ],
)
def test_shapes_are_sent_as_documented(
    page: Page, kind: str, list_of: str, shape: Any, places: Any, form: str
) -> None:
    sent = open_tool(page, tool(kind), form)
    press(page, "2")
    for where in places:
        click(page, *where)
    expect(rows(page)).to_have_text(["21. Dog"])
    submit(page, sent)

    if form == FLAT:
        assert sent.posts[0] == {
            "assignmentId": "3A",
            f"annotatedResult.{list_of}": as_json([shape]),
            "annotatedResult.inputImageProperties.height": "300",
            "annotatedResult.inputImageProperties.width": "400",
        }
    else:
        whole = {"annotatedResult": {"inputImageProperties": SIZE, list_of: [shape]}}
        assert sent.posts[0]["taskAnswers"] == as_json([whole])


def test_enter_ends_a_polyline_and_keys_take_points_back(page: Page) -> None:
    open_tool(page, tool("polyline"))
    for where in [*THREE, (300, 200)]:
        click(page, *where)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("The polyline that you are drawing is not ended")).to_be_visible()
    press(page, "Backspace", "Enter")
    expect(page.get_by_text("is not ended")).to_have_count(0)
    assert drawn(page) == [path("Cat", *THREE)]
    click(page, 300, 200)
    press(page, "Escape", "Enter")
    assert drawn(page) == [path("Cat", *THREE)]
    click(page, 200, 200)
    click(page, 250, 200)
    press(page, "Control+z")
    click(page, 300, 250)
    page.get_by_role("button", name="End").click()
    assert drawn(page) == [path("Cat", *THREE), path("Cat", (200, 200), (300, 250))]


def test_points_close_to_each_other_do_not_end_a_polyline_and_doubled_ones_do_not_count(page: Page) -> None:
    open_tool(page, tool("polyline"))
    for where in [(100, 100), (100, 100), (104, 100), (108, 100), (200, 200), (200, 200)]:
        click(page, *where)
    assert drawn(page) == [path("Cat", (100, 100), (104, 100), (108, 100), (200, 200))]


def test_making_something_again_does_not_end_what_is_being_drawn(page: Page) -> None:
    open_tool(page, tool("polygon"))
    for where in [(10, 10), (100, 10), (100, 100)]:
        click(page, *where)
    press(page, "Enter", "Control+z")
    for where in [(200, 10), (300, 10), (300, 100)]:
        click(page, *where)
    expect(page.get_by_role("button", name="Redo")).to_have_attribute("aria-disabled", "true")
    press(page, "Control+Shift+z", "Enter")
    assert drawn(page) == [path("Cat", (200, 10), (300, 10), (300, 100))]


def test_a_polygons_border_selects_it_and_its_vertices_move_come_and_go(page: Page) -> None:
    open_tool(page, tool("polygon"))
    for where in [*THREE, (10, 20)]:
        click(page, *where)
    drag(page, (110, 70), (130, 90))  # not selected yet: moved as a whole
    assert drawn(page) == [path("Cat", (30, 40), (130, 90), (70, 170))]
    press(page, "Control+z")
    press(page, "Escape")
    click(page, 30, 30)  # the border
    expect(page.get_by_text("Label of polygon 1")).to_be_visible()
    drag(page, (110, 70), (130, 90))
    assert drawn(page) == [path("Cat", (10, 20), (130, 90), (50, 150))]
    drag(page, (30, 85), (0, 90))  # between two vertices
    assert drawn(page) == [path("Cat", (10, 20), (130, 90), (50, 150), (0, 90))]
    click(page, 130, 90)
    press(page, "Delete")
    assert drawn(page) == [path("Cat", (10, 20), (50, 150), (0, 90))]
    press(page, "Delete")
    expect(page.locator(".says")).to_have_text("A polygon has at least 3 points.")
    press(page, "Escape", "Delete")
    assert drawn(page) == []


def test_a_polygon_beside_another_begins_at_its_border_with_shift(page: Page) -> None:
    open_tool(page, tool("polygon"))
    for where in [*THREE, (10, 20)]:
        click(page, *where)
    page.keyboard.down("Shift")
    click(page, 110, 70)
    page.keyboard.up("Shift")
    click(page, 200, 70)
    click(page, 200, 200)
    press(page, "Enter")

    assert drawn(page)[1] == path("Cat", (110, 70), (200, 70), (200, 200))


def test_a_polygon_by_the_keyboard_alone(page: Page) -> None:
    open_tool(page, tool("polygon"))
    focus(page)
    press(page, "2", "Enter", "Enter", "Shift+ArrowRight", "Space", "Shift+ArrowDown", "Space", "Enter")
    (shape,) = drawn(page)
    assert (shape["label"], len(shape["vertices"])) == ("Dog", 3)
    press(page, "PageDown", "Enter", "PageDown", "ArrowUp", "Insert")
    (changed,) = drawn(page)
    assert changed["vertices"][1] == shape["vertices"][1] | {"y": shape["vertices"][1]["y"] - 1}
    assert len(changed["vertices"]) == 4
    press(page, "Delete")
    assert len(drawn(page)[0]["vertices"]) == 3
    press(page, "Control+z", "Control+z", "Control+z")
    assert drawn(page) == [shape]


def test_keypoints_are_moved_and_stay_on_the_picture(page: Page) -> None:
    open_tool(page, tool("keypoint"))
    click(page, 100, 100)
    drag(page, (100, 100), (150, 120))
    page.mouse.click(*place(page, 402, 302))  # beside the picture: its last pixel
    assert drawn(page) == [{"label": "Cat", "x": 150, "y": 120}, {"label": "Cat", "x": 399, "y": 299}]


@pytest.mark.parametrize("kind", ["keypoint", "line", "polyline", "polygon"])
def test_the_tools_are_accessible(page: Page, kind: str) -> None:
    open_tool(page, tool(kind))
    for where in [*THREE, (10, 20)]:
        click(page, *where)
    press(page, "Enter")
    assert_accessible(page)
