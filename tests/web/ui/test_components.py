"""The components in a real browser: looked at by axe in both themes, and used."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.urls("tests.web.ui.faulty_pages"),
    pytest.mark.django_db(transaction=True),
]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def gallery(page: Page, live_server: object) -> Page:
    """The page with every component on it."""
    page.goto(f"{live_server}/")
    expect(page.locator(".toast-close")).to_have_count(2)
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, PHONE])
def test_every_component_is_accessible(
    new_visitor: Callable[..., Page], live_server: object, theme: str, viewport: dict[str, int]
) -> None:
    page = new_visitor(color_scheme=theme, viewport=viewport)
    page.goto(f"{live_server}/")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_theme_that_was_chosen_stays(gallery: Page) -> None:
    gallery.get_by_role("button", name="Look").click()
    gallery.get_by_text("Dark", exact=True).click()
    expect(gallery.locator("html")).to_have_attribute("data-theme", "dark")
    gallery.reload()
    expect(gallery.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_key_uses_what_it_names_and_the_question_mark_lists_it(gallery: Page) -> None:
    gallery.keyboard.press("/")
    expect(gallery.get_by_label("Search titles")).to_be_focused()
    gallery.keyboard.type("e?")
    expect(gallery.get_by_label("Search titles")).to_have_value("e?")
    gallery.locator("h1").click()
    gallery.keyboard.press("?")
    dialog = gallery.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("Edit")
    expect(dialog).to_contain_text("Search titles")


def test_single_keys_can_be_switched_off(gallery: Page) -> None:
    gallery.keyboard.press("?")
    gallery.get_by_label("Use single keys").uncheck()
    gallery.keyboard.press("Escape")
    gallery.reload()
    gallery.keyboard.press("/")
    expect(gallery.get_by_label("Search titles")).not_to_be_focused()


def test_a_dangerous_form_is_sent_only_after_a_yes(gallery: Page) -> None:
    gallery.locator("#cancel").click()
    gallery.get_by_role("button", name="Go back").click()
    assert gallery.url.endswith("/")
    gallery.locator("#cancel").click()
    gallery.get_by_role("button", name="Yes, cancel").click()
    expect(gallery.locator("body")).to_have_text("cancelled")


def test_htmx_sends_the_csrf_token_and_shows_the_answer(gallery: Page) -> None:
    gallery.locator("#read").click()
    expect(gallery.locator("#answer")).to_have_text("It was read.")


def test_a_refused_htmx_request_says_why_and_leaves_the_page(gallery: Page) -> None:
    gallery.locator("#ask").click()
    expect(gallery.get_by_role("alert").last).to_contain_text("There is no more work for you")
    expect(gallery.locator("#answer")).to_have_text("")


def test_a_lost_connection_is_said(gallery: Page) -> None:
    gallery.context.set_offline(True)
    gallery.locator("#read").click()
    expect(gallery.get_by_role("alert").last).to_contain_text("cannot be reached")


def test_good_news_goes_by_itself_and_bad_news_waits(page: Page, live_server: object) -> None:
    page.clock.install()
    page.goto(f"{live_server}/")
    expect(page.locator(".toast-success")).to_be_visible()
    page.clock.fast_forward("00:08")
    expect(page.locator(".toast-success")).to_have_count(0)
    page.get_by_role("alert").get_by_role("button").click()
    expect(page.locator(".toast")).to_have_count(0)


def test_a_countdown_runs_out_once(page: Page, live_server: object) -> None:
    page.clock.install()
    page.goto(f"{live_server}/")
    left = page.locator("#left time-left")
    expect(left).to_have_text(re.compile(r"2[78]:\d\d"))
    page.evaluate("document.addEventListener('timeup', () => { window.ups = (window.ups ?? 0) + 1; })")
    page.clock.fast_forward("26:30")
    expect(left).to_have_attribute("data-near", "")
    page.clock.fast_forward("05:00")
    expect(left).to_have_text("0:00")
    assert page.evaluate("window.ups") == 1


def test_a_countdown_runs_as_fast_as_the_clock_of_a_sandbox(page: Page, live_server: object) -> None:
    page.clock.install()
    page.goto(f"{live_server}/")
    page.evaluate(
        """() => {
          document.documentElement.dataset.clock = "0 0 100";
          const left = document.createElement("time-left");
          left.setAttribute("now", "2030-01-01T00:00:00Z");
          left.setAttribute("until", "2030-01-01T01:40:00Z");
          left.id = "quick";
          document.body.append(left);
        }"""
    )
    expect(page.locator("#quick")).to_have_text(re.compile(r"1 h \d\d min"))
    page.clock.fast_forward("01:00")
    expect(page.locator("#quick")).to_have_text("0:00")


def test_relative_times_stay_current(page: Page, live_server: object) -> None:
    page.clock.install()
    page.goto(f"{live_server}/")
    expect(page.locator("time-ago").first).to_have_text("5 minutes ago")
    page.clock.fast_forward("10:00")
    expect(page.locator("time-ago").first).to_have_text("15 minutes ago")


def test_a_chosen_file_is_named(gallery: Page) -> None:
    gallery.locator("input[type=file]").set_input_files(
        {"name": "rows.csv", "mimeType": "text/csv", "buffer": b"x" * 2048}
    )
    expect(gallery.locator("file-drop output")).to_have_text("rows.csv (2.0 KB)")
