"""The pages of Crowd HTML Elements show each of them live, from the disk, with nothing from a network."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tools import crowd_pages

from kempelen.crowd.definitions import definitions
from tests.browser import assert_accessible, faults_on

pytestmark = pytest.mark.once

INDEX = crowd_pages.FOLDER / "index.html"
LINK = re.compile(r'(?:href|src)="([^"#]+)"')


@pytest.mark.parametrize("path", crowd_pages.pages(), ids=lambda path: path.name)
def test_a_page_of_an_element_is_up_to_date(path):
    assert path.read_text(encoding="utf-8") == crowd_pages.pages()[path], "run make docs"


def test_no_page_is_left_of_an_element_that_is_gone():
    assert {*crowd_pages.FOLDER.glob("*.html")} == {
        path for path in crowd_pages.pages() if path.suffix == ".html"
    }


def test_every_element_has_a_demo():
    assert not crowd_pages.without_demo(), "\n".join(crowd_pages.without_demo())


def test_the_index_leads_to_every_element_and_every_link_leads_somewhere():
    index = INDEX.read_text(encoding="utf-8")
    assert all(f'href="{name}.html"' in index for name in definitions())
    for path in crowd_pages.FOLDER.glob("*.html"):
        links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if ":" not in link]
        assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.browser
@pytest.mark.parametrize("name", definitions())
def test_an_element_is_live_on_its_page_and_everybody_can_use_it(
    new_visitor: Callable[..., Page], name: str
) -> None:
    """From the disk, on a laptop in daylight and on a phone at night."""
    page = new_visitor(offline=True)
    faults = faults_on(page)
    page.goto((crowd_pages.FOLDER / f"{name}.html").as_uri())
    page.locator("html[data-ready]").wait_for(state="attached")
    expect(page.locator(f"{name}[data-demo]:defined")).to_have_count(1)
    assert not faults  # axe's own attempts to read the style sheet are told later
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_index_is_for_everybody(new_visitor: Callable[..., Page], scheme: str) -> None:
    page = new_visitor(color_scheme=scheme, viewport={"width": 390, "height": 800})
    page.goto(INDEX.as_uri())
    page.get_by_role("link", name="crowd-slider").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("<crowd-slider>")
    page.go_back()

    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_the_answer_is_shown_as_one_plays_in_both_formats(page: Page) -> None:
    page.goto((crowd_pages.FOLDER / "crowd-checkbox.html").as_uri())
    answer = page.locator("#answer")
    start = '[{"agreed":{"on":false},"image_attributes":{"blurry":false,"in_focus":true}}]'
    expect(answer).to_have_text(f"taskAnswers = {start}")
    page.get_by_role("checkbox", name="I have read the rules").click()
    expect(answer).to_contain_text('"agreed":{"on":true}')
    page.get_by_label("a field for each leaf").check()
    expect(answer).to_contain_text("image_attributes.in_focus = true")
    page.get_by_role("button", name="Submit").click()

    expect(page.get_by_text("Nothing was sent")).to_be_visible()
