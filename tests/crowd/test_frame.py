"""The frame of full-screen elements: its header, keys and settings (crowd-elements.md §6)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible
from tests.crowd.pages import open_task, submit
from tests.crowd.test_classifiers import MANY_PICTURE, SENTIMENT

pytestmark = [pytest.mark.browser, pytest.mark.once]

LETTERS = [f"{letter}-choice" for letter in "abcdefghijk"]


def test_keys_reach_the_first_ten_choices(page: Page) -> None:
    html = f'<crowd-classifier name=c header=Which? categories="{LETTERS}"></crowd-classifier>'
    sent = open_task(page, f"<crowd-form>{html}</crowd-form>")
    expect(page.get_by_role("heading", name="Which?")).to_have_attribute("title", "Which?")
    page.keyboard.press("0")
    expect(page.get_by_role("radio", name="j-choice")).to_be_checked()
    submit(page, sent)

    assert sent.answer() == {"c": {"label": "j-choice"}}


def size_of_text(page: Page) -> float:
    return float(
        page.locator(".choice .text").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    )


def test_settings_change_the_frame_and_are_kept_where_pages_may_keep_things(page: Page) -> None:
    sent = open_task(page, f"<crowd-form>{SENTIMENT}</crowd-form>")
    before = size_of_text(page)
    page.get_by_role("button", name="Settings").click()
    dialog = page.get_by_role("dialog", name="Settings")
    dialog.get_by_label("Larger").check()
    dialog.get_by_label("More contrast").check()
    dialog.get_by_label("Show keys beside the choices").uncheck()
    assert size_of_text(page) == pytest.approx(1.5 * before)
    assert_accessible(page)
    dialog.get_by_role("button", name="Close").click()
    expect(page.locator(".choice sup").first).to_be_hidden()
    expect(page.get_by_text("Don't panic.")).to_have_css("color", "rgb(0, 0, 0)")
    page.reload()
    expect(page.locator(".frame.contrast.text-larger.without-keys")).to_be_visible()
    page.get_by_role("radio", name="Positive").check()
    submit(page, sent)

    assert sent.answer() == {"sentiment": {"label": "Positive"}}


def test_settings_hold_for_all_frames_of_a_page_and_are_no_answer(page: Page) -> None:
    """They are none of the worker's edits: an answer that comes back later is entered all the same."""
    open_task(page, f"<crowd-form>{SENTIMENT}{MANY_PICTURE}</crowd-form>")
    page.get_by_role("button", name="Settings").first.click()
    page.get_by_role("dialog").get_by_label("Large", exact=True).check()
    page.keyboard.press("Escape")
    expect(page.locator(".frame.text-large")).to_have_count(2)
    fields = """[["taskAnswers", '[{"sentiment":{"label":"Neutral"}}]']]"""
    page.evaluate(f"document.querySelector('crowd-form').enterAgain({fields})")

    expect(page.get_by_role("radio", name="Neutral")).to_be_checked()


def test_what_is_kept_may_be_anything(page: Page) -> None:
    keep = "text => localStorage.setItem('crowd-html-elements-settings', text)"
    open_task(page, f"<crowd-form>{SENTIMENT}</crowd-form>")
    for text in ("null", "{", '{"text":"huge","contrast":1,"keys":0}', "[]", '"x"'):
        page.evaluate(keep, text)
        page.reload()
        expect(page.locator(".frame.text-normal:not(.contrast)")).to_be_visible()
