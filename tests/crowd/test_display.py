"""What only shows or opens something: alerts, cards, badges, dialogs, tabs, toasts, buttons."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible
from tests.crowd.pages import open_task, submit
from tests.crowd.test_classifiers import MANY_PICTURE, SENTIMENT
from tests.crowd.test_form_in_a_browser import EVERYTHING

pytestmark = [pytest.mark.browser, pytest.mark.once]

SHOWN = """<h1>Task</h1><crowd-alert type="error" dismissible>Wrong.</crowd-alert>
      <crowd-alert type="success">Done.</crowd-alert>
<crowd-card heading="Card" image="/a.svg">Text<crowd-badge label="12345"></crowd-badge></crowd-card>
<crowd-icon-button icon="search"></crowd-icon-button><crowd-fab icon="add" title="Add one"></crowd-fab>
<crowd-button variant="link" href="https://elsewhere.invalid/">Away</crowd-button>
<crowd-button id="off" disabled>Off</crowd-button><crowd-button loading>Busy</crowd-button>
<iron-icon icon="icons:home"></iron-icon>
<crowd-modal link-text="More" link-type="button"><p>Inside the dialog.</p></crowd-modal>
<crowd-instructions link-text="How to"><short-summary>In short.</short-summary>
  <detailed-instructions>At length.</detailed-instructions><positive-example>Good one.</positive-example>
  <positive-example>Better one.</positive-example><negative-example>Bad one.</negative-example>
      </crowd-instructions>
<crowd-tabs><crowd-tab header="First"><crowd-input name="one" label="One" value="1"></crowd-input></crowd-tab>
  <crowd-tab header="Second"><crowd-input name="two" label="Two" required></crowd-input></crowd-tab>
      </crowd-tabs>"""


def test_an_alert_can_be_closed_and_is_read_out(page: Page) -> None:
    open_task(page, f"<crowd-form>{SHOWN}</crowd-form>")
    expect(page.get_by_role("alert").filter(has_text="Wrong.")).to_be_visible()
    page.locator("crowd-alert").get_by_role("button", name="Close").click()

    expect(page.get_by_text("Wrong.")).to_be_hidden()
    expect(page.get_by_text("Done.")).to_be_visible()


def test_a_badge_stands_at_the_corner(page: Page) -> None:
    open_task(page, f"<crowd-form>{SHOWN}</crowd-form>")
    expect(page.locator("crowd-badge .badge")).to_have_text("123")
    page.wait_for_function("""() => {
        const corner = document.querySelector("crowd-card").getBoundingClientRect();
        const { shadowRoot } = document.querySelector("crowd-badge");
        const badge = shadowRoot.querySelector(".badge").getBoundingClientRect();
        const [x, y] = [badge.x + badge.width / 2, badge.y + badge.height / 2];
        return Math.hypot(x - corner.right, y - corner.top) < 2;
    }""")


def test_a_dialog_opens_by_its_button_and_by_scripts(page: Page) -> None:
    open_task(page, f"<crowd-form>{SHOWN}</crowd-form>")
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("dialog", name="More")).to_be_visible()
    expect(page.get_by_text("Inside the dialog.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="More")).to_be_focused()
    expect(page.locator("crowd-modal[opened]")).to_have_count(0)
    page.evaluate("document.querySelector('crowd-modal').setAttribute('opened', '')")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.querySelector('crowd-modal').opened") is False


def test_instructions_have_a_tab_for_each_part_that_there_is(page: Page) -> None:
    open_task(page, f"<crowd-form>{SHOWN}</crowd-form>")
    page.get_by_role("button", name="How to").click()
    expect(page.get_by_text("In short.")).to_be_visible()
    page.get_by_role("tab", name="Summary").press("ArrowLeft")
    expect(page.get_by_role("tab", name="Examples")).to_be_focused()
    for text in ("Good examples", "Bad examples", "Good one.", "Better one.", "Bad one."):
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.get_by_text("At length.")).to_be_hidden()


def test_tabs_open_by_key_and_for_what_is_wrong_in_them(page: Page) -> None:
    sent = open_task(page, f"<crowd-form>{SHOWN}</crowd-form>")
    expect(page.get_by_label("Two")).to_be_hidden()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Two")).to_be_focused()
    expect(page.get_by_role("tab", name="Second")).to_have_attribute("aria-selected", "true")
    page.keyboard.type("x")
    page.get_by_role("tab", name="Second").press("Home")
    expect(page.get_by_label("One", exact=True)).to_be_visible()
    submit(page, sent)

    assert sent.answer() == {"one": "1", "two": "x"}


def test_one_toast_at_a_time_and_it_goes(page: Page) -> None:
    first = "<crowd-toast id=a duration=0 opened>First</crowd-toast>"
    open_task(page, f'{first}<crowd-toast id=b duration=300 text="Second"></crowd-toast>')
    expect(page.get_by_text("First")).to_be_visible()
    page.evaluate("b.opened = true")
    expect(page.get_by_text("First")).to_be_hidden()
    page.wait_for_function("!b.opened")
    expect(page.get_by_text("Second")).to_be_hidden()


def test_buttons_tell_of_a_press_unless_they_are_off(page: Page) -> None:
    script = """<script>let pressed = [];
      document.addEventListener("click", ({ target }) => pressed.push(target.localName))</script>"""
    open_task(page, f"{script}<crowd-form>{SHOWN}</crowd-form>")
    page.get_by_role("button", name="search").click()
    page.get_by_role("button", name="Add one").click()
    page.locator("#off").dispatch_event("click")

    assert page.evaluate("pressed.slice(0, 2)") == ["crowd-icon-button", "crowd-fab"]
    expect(page.get_by_role("link", name="Away")).to_have_attribute("target", "_blank")
    expect(page.get_by_role("button", name="Busy")).to_be_disabled()


def test_instructions_of_the_form_itself_make_the_frame(page: Page) -> None:
    html = """<crowd-form><short-instructions>At the side.</short-instructions>
      <full-instructions header="All">
      Everything.</full-instructions><crowd-input name=a label=A value=x></crowd-input></crowd-form>"""
    sent = open_task(page, html)
    expect(page.get_by_text("At the side.")).to_be_visible()
    page.get_by_role("button", name="Instructions", exact=True).click()
    expect(page.get_by_role("dialog", name="All")).to_be_visible()
    page.keyboard.press("Escape")
    assert page.locator("crowd-form > full-instructions").get_attribute("slot") == "full-instructions"
    submit(page, sent)

    assert sent.answer() == {"a": "x"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "html", [EVERYTHING, SHOWN, SENTIMENT, MANY_PICTURE], ids=["fields", "shown", "one", "many"]
)
def test_everybody_can_use_them(new_visitor: Callable[..., Page], html: str, scheme: str) -> None:
    page = new_visitor(color_scheme=scheme, viewport={"width": 390, "height": 800})
    open_task(page, f"<crowd-form>{html}</crowd-form>")
    if html != EVERYTHING:
        page.get_by_role("button", name="Submit").click()
        expect(page.locator(".fault").filter(has_text=re.compile(".")).first).to_be_visible()

    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
