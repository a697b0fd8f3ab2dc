"""The fields: what they take, say, and are to screen readers (crowd-elements.md §3.5, §3.6, §4)."""

import pytest
from playwright.sync_api import Page, expect

from tests.crowd.pages import open_task, submit

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_text_is_limited_as_it_is_typed_and_pasted(page: Page) -> None:
    html = """<crowd-input name=digits label=Digits auto-validate allowed-pattern="[0-9]"></crowd-input>
      <crowd-input name=free label=Free allowed-pattern="[0-9]"></crowd-input>
      <crowd-text-area name=short label=Short max-length=5 char-counter></crowd-text-area>"""
    sent = open_task(page, f"<crowd-form>{html}</crowd-form>")
    page.get_by_label("Digits").press_sequentially("a1b2")
    page.get_by_label("Digits").press("Home")
    page.keyboard.insert_text("x9y")
    page.get_by_label("Free").press_sequentially("abc")
    page.get_by_label("Short").press_sequentially("abcdefg")
    expect(page.get_by_text("5 / 5")).to_be_visible()
    submit(page, sent)

    assert sent.answer() == {"digits": "912", "free": "abc", "short": "abcde"}


def test_what_is_too_short_or_of_the_wrong_kind_is_said_below(page: Page) -> None:
    html = """<crowd-input name=a label=A min-length=3 auto-validate error-message="Three, please.">
      </crowd-input>
      <crowd-input name=m label=M type=email></crowd-input><crowd-input name=n label=N type=number>
      </crowd-input>"""
    sent = open_task(page, f"<crowd-form>{html}</crowd-form>")
    field = page.get_by_label("A")
    field.fill("ab")
    field.blur()
    expect(page.get_by_text("Three, please.")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("abc")
    expect(page.get_by_text("Three, please.")).to_have_count(0)
    page.get_by_label("M").fill("nowhere")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("M")).to_be_focused()
    page.get_by_label("M").fill("a@b.example")
    page.get_by_label("N").fill("7")
    submit(page, sent)

    assert sent.answer() == {"a": "abc", "m": "a@b.example", "n": "7"}


def test_scripts_read_and_set_what_is_in_them(page: Page) -> None:
    open_task(
        page,
        """<crowd-form><crowd-input id=i value=x></crowd-input><crowd-text-area id=t value=y>
      </crowd-text-area>
      <crowd-slider id=s min=1 max=7></crowd-slider><crowd-checkbox id=c checked>C</crowd-checkbox>
      <crowd-radio-group><crowd-radio-button id=r1 checked>1</crowd-radio-button>
      <crowd-radio-button id=r2>2</crowd-radio-button></crowd-radio-group>
      <crowd-toggle-button id=g>G</crowd-toggle-button></crowd-form>""",
    )

    assert page.evaluate("[i.value, t.value, s.value, c.checked, r1.checked, r2.checked, g.checked]") == [
        "x",
        "y",
        1,
        True,
        True,
        False,
        False,
    ]
    page.evaluate(
        "i.value = null; t.value = 'z'; s.value = 5; c.checked = false; r2.checked = true; g.checked = true"
    )
    page.evaluate("i.required = true; i.setAttribute('label', 'New'); s.max = 9; c.disabled = true")
    assert page.evaluate("[i.value, t.value, s.value, c.checked, r1.checked, r2.checked, g.checked]") == [
        "",
        "z",
        5,
        False,
        False,
        True,
        True,
    ]
    expect(page.get_by_label("New")).to_have_attribute("aria-required", "true")
    expect(page.get_by_role("checkbox")).to_be_disabled()
    assert page.evaluate("[r1.ariaSelected, r2.ariaSelected]") == ["false", "true"]
    assert page.evaluate("[c, r2, g].map((one) => one.getAttribute('aria-checked'))") == [
        "false",
        "true",
        "true",
    ]


def test_a_group_of_radio_buttons_is_one_stop_and_arrows_choose(page: Page) -> None:
    sent = open_task(
        page,
        """<crowd-form><crowd-radio-group><b>Which?</b><p>
      <crowd-radio-button name=a value=x>A</crowd-radio-button></p>
      <crowd-radio-button name=b disabled>B</crowd-radio-button>
      <crowd-radio-button name=c>C</crowd-radio-button>
      </crowd-radio-group><crowd-input name=after label=After></crowd-input></crowd-form>""",
    )
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="A")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="C")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="A")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_label("After")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("radio", name="A")).to_be_focused()
    submit(page, sent)

    assert sent.answer() == {"a": {"x": True}, "c": {"on": False}}


def test_outside_of_a_group_radio_buttons_are_boxes_to_tick(page: Page) -> None:
    buttons = "".join(f"<crowd-radio-button name=n value={v}>{v}</crowd-radio-button>" for v in "ABC")
    sent = open_task(page, f"<crowd-form>{buttons}</crowd-form>")
    for name in ("A", "B", "B", "C"):
        page.get_by_role("radio", name=name).click()
    submit(page, sent)

    assert sent.answer() == {"n": {"A": True, "B": False, "C": True}}


def test_a_slider_moves_by_key_is_typed_and_keeps_to_its_steps(page: Page) -> None:
    html = """<crowd-slider name=a min=10 max=20 step=5 value=15 pin></crowd-slider>
      <crowd-slider name=b max=50 editable></crowd-slider>
      <crowd-slider name=c min=0 max=1 step=0.1 value=0.4></crowd-slider>
      <crowd-slider name=d min=0 max=0></crowd-slider>"""
    sent = open_task(page, f"<crowd-form>{html}</crowd-form>")
    slider = page.get_by_role("slider", name="a", exact=True)
    slider.press("End")
    expect(page.locator("crowd-slider[name=a] output")).to_have_text("20")
    page.get_by_role("spinbutton", name="b").fill("70")
    page.get_by_role("spinbutton", name="b").press("Tab")
    submit(page, sent)

    assert sent.answer() == {"a": 20, "b": 50, "c": 0.4, "d": 0}


def test_a_tag_that_closes_itself_swallows_nothing(page: Page) -> None:
    html = """<div><crowd-slider name=a min=1 max=5 /></div>
      <div><crowd-fab label=X /><crowd-input name=b label=B></crowd-input></div>"""
    sent = open_task(page, f"<crowd-form>{html}</crowd-form>")
    page.get_by_label("B").fill("seen")
    submit(page, sent)

    assert sent.answer() == {"a": 1, "b": "seen"}


def test_a_native_label_fieldset_and_reset_work_on_them(page: Page) -> None:
    sent = open_task(
        page,
        """<crowd-form><label for=c>By label</label><crowd-checkbox id=c name=c></crowd-checkbox>
      <fieldset disabled><crowd-input name=off label=Off value=x></crowd-input></fieldset>
      <crowd-input name=i label=I value=first></crowd-input>
      <crowd-button form-action=reset>Again</crowd-button></crowd-form>""",
    )
    expect(page.get_by_label("Off")).to_be_disabled()
    page.get_by_text("By label").click()
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.get_by_label("I").fill("second")
    page.get_by_role("button", name="Again").click()
    expect(page.get_by_label("I")).to_have_value("first")
    expect(page.get_by_role("checkbox")).not_to_be_checked()
    page.get_by_text("By label").click()
    submit(page, sent)

    assert sent.answer() == {"c": {"on": True}, "i": "first"}


def test_a_plain_form_gets_their_values_too(page: Page) -> None:
    html = """<form method=post action="https://mturk.invalid/x"><crowd-input name=a value=1></crowd-input>
      <crowd-checkbox name=b value=v checked>B</crowd-checkbox><crowd-checkbox name=c>C</crowd-checkbox>
      <crowd-slider name=d min=2></crowd-slider><crowd-button form-action=submit>Submit</crowd-button>
      </form>"""
    sent = open_task(page, html)
    submit(page, sent)

    assert sent.posts == [{"a": "1", "b": "v", "d": "2"}]


def test_a_finger_does_what_a_mouse_does(new_visitor) -> None:  # type: ignore[no-untyped-def]
    page = new_visitor(has_touch=True, viewport={"width": 390, "height": 800})
    sent = open_task(
        page,
        """<crowd-form><crowd-checkbox name=a>A</crowd-checkbox>
      <crowd-toggle-button name=b>B</crowd-toggle-button>
      <crowd-radio-group><crowd-radio-button name=c>C</crowd-radio-button></crowd-radio-group>
      </crowd-form>""",
    )
    for role in ("checkbox", "switch", "radio"):
        page.get_by_role(role).tap()
    with page.expect_navigation():
        page.get_by_role("button", name="Submit").tap()

    assert sent.answer() == {"a": {"on": True}, "b": {"on": True}, "c": {"on": True}}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
