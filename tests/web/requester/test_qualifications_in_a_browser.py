"""Qualification types in a real Chromium: a test is built, tried and answered by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import qualification_tests, qualifications
from kempelen.domain.models import Qualification, QualificationRequest, QualificationType
from kempelen.domain.questions import answer_keys
from tests.browser import assert_accessible, faults_on
from tests.domain.qualification_tests import TEST, a_test_in_words, a_tested_type, typed
from tests.domain.questions import fixtures
from tests.domain.requiring import granted
from tests.web.requester.test_in_a_browser import LOOKS, visit

__all__ = ["visit"]
pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

PREVIEW = "draft-preview iframe:not(.is-loading)"


@pytest.fixture
def heard(ada, cleo, dan) -> QualificationType:
    """A type whose test Ada judges, with two requests."""
    kind = a_tested_type(ada, "Hears well", test=a_test_in_words(), answer_key="")
    for worker in (cleo, dan):
        asked = qualifications.request(worker, kind.public_id)
        qualification_tests.submit(worker, asked.public_id, typed("A train that leaves"))
    return kind


def press(page: Page, selector: str) -> None:
    """Press Enter on a button, found without a mouse."""
    page.locator(selector).focus()
    page.keyboard.press("Enter")


def write(page: Page, selector: str, text: str) -> None:
    """Type over what stands in a field."""
    page.locator(selector).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible_and_fits(visit, ada, heard, cleo, live_server, look):
    numbers = a_tested_type(ada, "Numbers")
    rich = a_tested_type(ada, "Rich", test=fixtures.valid("every_constraint"), answer_key="")
    granted(cleo, numbers)
    page = visit("qualifications/", **LOOKS[look])
    faults = faults_on(page)
    own = "qualifications/types/"
    for path in (
        "qualifications/",
        "qualifications/requests/",
        "qualifications/new/",
        f"{own}{numbers.public_id}/",
        f"{own}{numbers.public_id}/edit/",
        f"{own}{rich.public_id}/edit/",
        f"{own}{numbers.public_id}/try/",
    ):
        page.goto(f"{live_server.url}/r/ada/{path}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= LOOKS[look]["viewport"]["width"], path
    assert not faults


def test_a_test_is_built_tried_and_kept_by_keyboard_alone(visit):
    page = visit("qualifications/new/")
    faults = faults_on(page)
    expect(page.locator("test-builder[ready]")).to_be_attached()
    write(page, "#id_name", "Knows birds")
    write(page, "#id_description", "Birds and their songs.")
    page.locator("#id_way_0").focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    press(page, '[name=do][value="add:radiobutton"]')
    expect(page.locator("#b-parts-0-content-0-text")).to_be_focused()
    page.keyboard.type("Which bird sings?")
    write(page, "#b-parts-0-choices-0-text", "Crow")
    write(page, "#b-parts-0-choices-1-text", "Nightingale")
    page.keyboard.press("Enter")
    expect(page.locator("#b-parts-0-choices-2-text")).to_be_focused()
    page.keyboard.type("Cat")
    write(page, "#b-parts-0-choices-1-points", "5")
    # Written beside, seen above: without anything being saved.
    expect(page.locator("#id_test")).to_have_value(re.compile(re.escape("Nightingale")))
    expect(page.locator("#id_answer_key")).to_have_value(re.compile(re.escape("<AnswerScore>5<")))
    expect(page.frame_locator(PREVIEW).get_by_text("Which bird sings?")).to_be_visible()
    expect(page.locator("#test-faults")).to_contain_text("Ready")
    press(page, '[name=do][value="add:overview"]')
    expect(page.locator("#b-parts-1-content-0-text")).to_be_focused()
    page.keyboard.type("Listen first.")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#b-parts-0-content-0-text")).to_have_value("Listen first.")
    expect(page.locator("#id_test")).to_have_value(re.compile("Listen first.*Which bird", re.DOTALL))
    # And the other way: what is written as XML stands in the fields.
    page.locator("#id_test").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(page.locator("#id_test").input_value().replace("Crow", "Raven"))
    expect(page.locator("#b-parts-1-choices-0-text")).to_have_value("Raven")
    with page.expect_navigation(url="**/try/"):
        press(page, "[name=and_try]")
    frame = page.frame_locator("task-frame iframe")
    expect(frame.get_by_text("Listen first.")).to_be_visible()
    frame.get_by_label("Nightingale").focus()
    page.keyboard.press("Space")
    with page.expect_navigation(url="**/try/?outcome=*"):
        page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A worker would get 5")
    kind = QualificationType.objects.get()
    assert answer_keys.parse(kind.answer_key).value({"question_1": ["choice_2"]}) == 5
    assert not QualificationRequest.objects.exists()
    assert not faults


def test_xml_that_cannot_be_read_is_not_written_over(visit, ada):
    kind = a_tested_type(ada)
    page = visit(f"qualifications/types/{kind.public_id}/edit/")
    expect(page.locator("test-builder[ready]")).to_be_attached()
    write(page, "#id_test", "<QuestionForm")
    expect(page.locator("#test-faults")).to_contain_text("line 1")
    write(page, "#b-parts-1-content-0-text", "Main town?")
    expect(page.locator("#test-faults")).to_contain_text("were both changed")
    expect(page.locator("#id_test")).to_have_value("<QuestionForm")
    with page.expect_navigation():
        press(page, '#test-faults [value="counts:fields"]')
    expect(page.locator("#id_test")).to_have_value(re.compile(re.escape("Main town?")))
    assert QualificationType.objects.get().test == TEST


def test_a_kind_chosen_takes_effect_at_once(visit, ada):
    kind = a_tested_type(ada)
    page = visit(f"qualifications/types/{kind.public_id}/edit/")
    expect(page.locator("test-builder[ready]")).to_be_attached()
    page.locator("#b-parts-1-answer").select_option("number")
    expect(page.locator("#b-parts-1-minimum")).to_be_visible()
    expect(page.locator("#id_test")).to_have_value(re.compile(re.escape("<IsNumeric/>")))
    page.locator("#b-parts-1-answer").select_option("radiobutton")
    expect(page.locator("#b-parts-1-choices-1-text")).to_have_value("Ljubljana")


def test_requests_are_answered_by_keyboard_alone(visit, heard, cleo, dan):
    page = visit("qualifications/requests/")
    expect(page.locator(".request.is-current")).to_have_count(1)
    page.keyboard.press("j")
    expect(page.locator(".request").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("v")
    page.keyboard.press("Control+a")
    page.keyboard.type("80")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".request.is-current")).to_contain_text(dan.public_id)
    page.keyboard.press("x")
    expect(page.locator("[data-ticked]")).to_have_text("1 ticked")
    page.keyboard.press("r")
    page.keyboard.type("Listen again.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    assert Qualification.objects.get().value == 80
    assert QualificationRequest.objects.get(worker=dan).reason == "Listen again."
