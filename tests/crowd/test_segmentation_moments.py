"""Masks at odd moments: something begun when the mask goes, long labels, an answer not written yet."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.crowd.drawing import ELEMENT, answer, click, focus, is_shown, open_tool, press, rows, tool
from tests.crowd.test_segmentation import CAT, DOG, PAINT, SQUARE, WHITE, counted, paint_square

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("anew", ["form.reset()", "querySelector('[labels]').src = '/b.svg'"])
def test_what_was_begun_is_gone_with_the_mask_that_it_was_for(page: Page, anew: str) -> None:
    open_tool(page, PAINT)
    focus(page)
    press(page, "p")
    for x, y in SQUARE[:2]:
        click(page, x, y)
    page.evaluate(f"document.querySelector('crowd-form').{anew}")
    is_shown(page)
    assert page.evaluate(f"{ELEMENT}.validationMessage") == ""  # of a polygon that is not filled
    focus(page)
    press(page, "b", "ArrowRight", "Space", "ArrowRight")
    page.evaluate(f"document.querySelector('crowd-form').{anew.replace('b.svg', 'c.svg')}")
    is_shown(page)
    focus(page)
    press(page, "ArrowRight", "ArrowRight", "ArrowRight")
    assert counted(answer(page)) == {WHITE: 400 * 300}


def test_what_is_erased_from_the_list_while_the_brush_is_down_is_a_change_of_its_own(page: Page) -> None:
    open_tool(page, PAINT)
    paint_square(page)
    before = counted(answer(page))
    focus(page)
    press(page, "b", "2", "ArrowRight", "Space", "ArrowRight")
    page.get_by_role("button", name="Delete 1. Cat").click()
    expect(rows(page)).to_have_count(1)
    painted = counted(answer(page))
    assert painted[DOG] > 0
    assert CAT not in painted

    press(page, "Control+z", "Control+z")
    assert counted(answer(page)) == before


def test_a_long_label_does_not_cover_the_picture_that_it_is_about(page: Page) -> None:
    label = "Somebody who crosses the street where there is no crossing"
    page.add_init_script(
        "window.written = new Set(); const context = CanvasRenderingContext2D.prototype;"
        "const { fillText } = context;"
        "context.fillText = function (text, ...at) { written.add(text); fillText.call(this, text, ...at); };"
    )
    open_tool(page, tool("semantic-segmentation", labels=f"['{label}', ]"))
    paint_square(page)
    page.wait_for_function("written.size > 0")
    assert page.evaluate("[...written]") == ["Somebody who crosses th…"]
    expect(rows(page)).to_contain_text(label)


def test_what_is_painted_is_written_at_leisure_and_is_there_when_it_is_asked_for(page: Page) -> None:
    page.add_init_script("window.requestIdleCallback = (act) => ((window.leisure = act), 1);")
    open_tool(page, PAINT)
    form = "new FormData(document.querySelector('crowd-form').form).get('annotatedResult')"
    written = f"Object.keys({ELEMENT}.writer.bands).length"
    assert counted(json.loads(page.evaluate(form))) == {WHITE: 400 * 300}
    paint_square(page)
    assert page.evaluate(written) == 1, "the last of five, which has not changed"
    assert counted(json.loads(page.evaluate(form)))[CAT] > 10_000

    press(page, "Control+z")
    page.evaluate("leisure({ timeRemaining: () => 1 })")
    assert page.evaluate(written) == 1
    page.evaluate("leisure({ timeRemaining: () => 50 })")
    assert page.evaluate(written) == 5
    assert page.evaluate(f"[{ELEMENT}.isUntold, {form}]") == [False, page.evaluate(f"{ELEMENT}.sent()")]
    assert counted(answer(page)) == {WHITE: 400 * 300}
