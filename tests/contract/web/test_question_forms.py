"""QuestionForms in a browser: every kind of answer, by mouse and by keys, checked and stored."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FrameLocator, Locator, Page, Route, expect

from kempelen.domain.actions import assignments, claims, people
from kempelen.domain.answers import collect
from kempelen.domain.models import Assignment, HITGroup, Requester, Worker
from kempelen.domain.questions import answers, form_answers, form_fields, form_parts
from tests.browser import SERIOUS, assert_accessible
from tests.contract.web.test_questions import log_in
from tests.contract.web.test_work_drafts import kept, wait_until
from tests.contract.web.test_work_focus import our_script_runs
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.domain.questions import fixtures
from tests.factories import owner_of
from tests.servers import Server
from tests.web.content.tasks import answers_after_leaving, open_assignment

pytestmark = [pytest.mark.browser, pytest.mark.once]

RICH = fixtures.valid("rich_form")
PICTURE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='640' height='280'><rect width='640' height='280'/></svg>"
)
FILLED = {
    "place": "Reed bank",
    "people": "3",
    "season": {"selections": [], "other": "autumn"},
    "birds": {"selections": ["heron", "swan.jpg"]},
    "weather": {"selections": ["overcast"]},
    "plants": {"selections": ["reed", "alder"]},
    "boats": {"selections": ["barge"]},
    "colours": {"selections": ["green", "brown"]},
    "story": "Two lines\nof it.",
}


@pytest.fixture(autouse=True)
def media_of_the_form(page: Page) -> None:
    """Pictures come from here; no test asks the network."""

    def answer(route: Route) -> None:
        route.fulfill(body=PICTURE, content_type="image/svg+xml")

    page.context.route("**/*.example.org/**", answer)


@pytest.fixture
def group(ada: Requester) -> HITGroup:
    hit_type = a_hit_type(ada, assignment_duration_seconds=3600)
    a_new_hit(hit_type, question=RICH)
    return a_new_hit(hit_type, question=RICH).group


@pytest.fixture
def assignment(page: Page, site: Server, group: HITGroup, cleo: Worker) -> Assignment:
    log_in(page, site, cleo)
    return claims.accept_next(cleo, group)


@pytest.fixture
def task(page: Page, site: Server, assignment: Assignment) -> Iterator[FrameLocator]:
    yield open_ready(page, site, assignment)


def open_ready(page: Page, site: Server, assignment: Assignment) -> FrameLocator:
    task = open_assignment(page, site, assignment)
    our_script_runs(page)
    expect(task.locator("#submitButton")).to_be_visible()
    return task


def question(task: FrameLocator, number: int) -> Locator:
    return task.locator(f"#question-{number}")


def swan(task: FrameLocator) -> Locator:
    """The box whose label is a picture."""
    return task.get_by_role("checkbox", name="A white swan, like this one")


def fill_with_the_mouse(task: FrameLocator) -> None:
    task.get_by_label("Place").fill("Reed bank")
    task.get_by_label("People").fill("3")
    # What is typed for the other choice chooses it.
    question(task, 3).get_by_label("Other", exact=True).press_sequentially("autumn")
    expect(question(task, 3).locator("[value=OtherSelection]")).to_be_checked()
    task.get_by_label("Heron").check()
    swan(task).check()
    question(task, 5).locator("select").select_option(label="Overcast")
    question(task, 6).locator("select").select_option(label=["Reed", "Alder"])
    task.get_by_label("Barge").check()
    task.get_by_label("Green").check()
    task.get_by_label("Brown").check()
    task.get_by_label("Story").fill("Two lines\nof it.")


def faults(task: FrameLocator) -> list[str]:
    return [place for place in task.locator(".fault").all_inner_texts() if place]


def test_every_kind_of_answer_is_filled_in_with_the_mouse_stored_and_shown_again(
    page: Page, site: Server, assignment: Assignment, task: FrameLocator
) -> None:
    fill_with_the_mouse(task)
    task.locator("#submitButton").click()
    assert answers_after_leaving(page, assignment) == FILLED
    order = form_parts.identifiers(RICH)
    assert list(answers.from_xml(answers.to_xml(FILLED, questions=order))) == list(order)

    page.goto(f"{site.url}/history/{assignment.public_id}/")
    sent = page.frame_locator("task-frame iframe")
    expect(sent.locator("[name=Answer_1_FreeText]")).to_have_value("Reed bank")
    expect(sent.locator("[name=Answer_3_OtherSelection]")).to_have_value("autumn")
    expect(sent.get_by_label("Barge")).to_be_checked()
    expect(sent.get_by_label("Barge")).to_be_disabled()
    expect(sent.locator("#submitButton")).to_be_disabled()


def test_every_kind_of_answer_is_filled_in_with_keys_alone(
    page: Page, assignment: Assignment, task: FrameLocator
) -> None:
    press = page.keyboard.press
    task.get_by_label("Place").focus()
    expect(task.get_by_label("Place")).to_be_focused()
    page.keyboard.type("Reed bank")
    press("Tab")  # a link in the question
    press("Tab")
    expect(task.get_by_label("People")).to_be_focused()
    page.keyboard.type("3")  # in place of the default, which Tab has selected
    press("Tab")
    press("ArrowUp")  # from the first radio button to the last
    expect(question(task, 3).locator("[value=OtherSelection]")).to_be_checked()
    press("Tab")
    page.keyboard.type("autumn")
    for key in ("Tab", "Space", "Tab", "Tab", "Space"):
        press(key)
    expect(swan(task)).to_be_checked()
    question(task, 5).locator("select").focus()
    page.keyboard.type("Over")
    press("Tab")  # the other weather
    press("Tab")
    expect(question(task, 6).locator("select")).to_be_focused()
    press("ArrowDown")
    for key in ("Control+ArrowDown", "Control+ArrowDown", "Control+Space"):
        press(key)
    press("Tab")
    press("ArrowDown")
    expect(task.get_by_label("Barge")).to_be_checked()
    for key in ("Tab", "Tab", "Space", "Tab", "Space", "Tab", "Tab"):
        press(key)
    expect(task.get_by_label("Story")).to_be_focused()
    page.keyboard.type("Two lines")
    press("Enter")
    page.keyboard.type("of it.")
    press("Control+Enter")
    assert answers_after_leaving(page, assignment) == FILLED


def test_what_is_missing_or_wrong_is_said_beside_its_field_before_anything_is_sent(
    page: Page, assignment: Assignment, task: FrameLocator
) -> None:
    task.get_by_label("Place").fill("4!")
    task.get_by_label("People").fill("-5")
    for bird in (task.get_by_label("Heron"), task.get_by_label("Coot"), swan(task)):
        bird.check()
    expect(question(task, 4).locator(".fault")).to_have_text("Please select at most 2.")
    question(task, 6).locator("select").select_option(label=["Reed"])
    task.locator("#submitButton").click()
    expect(task.get_by_role("alert")).to_have_text(
        "You have 6 errors. Please correct them and try to submit your answers again."
    )
    assert faults(task) == [
        "Invalid entry length. Must be at least 3 characters. Must be at most 40 characters. "
        "Letters and blanks only, please.",
        "Invalid numeric value. Must be at least 0. Must be at most 99.",
        "This field is required.",
        "Please select at most 2.",
        "This field is required.",
        "Please select at least 2.",
    ]
    expect(task.get_by_label("Place")).to_be_focused()
    expect(task.get_by_label("Place")).to_have_attribute("aria-invalid", "true")
    task.get_by_label("Place").fill("Reed bank")
    expect(question(task, 1).locator(".fault")).to_be_hidden()
    assignment.refresh_from_db()
    assert assignment.status == "Accepted"


def test_what_the_server_refuses_is_said_beside_its_field_and_nothing_is_lost(
    page: Page, site: Server, assignment: Assignment, task: FrameLocator
) -> None:
    fill_with_the_mouse(task)
    # As a page would that somebody has tampered with.
    task.locator("[data-numeric]").evaluate("field => delete field.dataset.numeric")
    task.get_by_label("People").fill("many")
    task.locator("#submitButton").click()
    expect(question(task, 2).locator(".fault")).to_have_text(
        "Invalid numeric value. Must be at least 0. Must be at most 99."
    )
    expect(page.locator(".task-state")).to_contain_text("You have 1 error. Please correct it")
    expect(task.get_by_label("People")).to_be_focused()
    expect(task.get_by_label("Place")).to_have_value("Reed bank")
    task.get_by_label("People").fill("3")
    task.locator("#submitButton").click()
    assert answers_after_leaving(page, assignment) == FILLED


def test_a_draft_is_entered_again_as_it_was(
    page: Page, site: Server, assignment: Assignment, task: FrameLocator
) -> None:
    fill_with_the_mouse(task)
    task.get_by_label("Spring").check()  # the words for another season stay, and do not count
    wait_until(lambda: kept(assignment).get("Answer_3") == form_fields.value("spring"))
    task = open_ready(page, site, assignment)
    expect(task.get_by_label("Spring")).to_be_checked()
    expect(question(task, 3).get_by_label("Other", exact=True)).to_have_value("autumn")
    task.locator("#submitButton").click()
    assert answers_after_leaving(page, assignment) == {**FILLED, "season": {"selections": ["spring"]}}


def test_the_requester_sees_an_answer_in_the_form_by_day_and_by_night(
    page: Page, site: Server, ada: Requester, cleo: Worker, group: HITGroup
) -> None:
    taken = claims.accept_next(cleo, group)
    fields = form_answers.fields_of(form_parts.read(RICH), FILLED)
    sent = assignments.submit(taken.public_id, collect(fields)).assignment
    page.goto(f"{site.url}/account/link/{people.login_link(owner_of(ada))}/")
    page.wait_for_url(lambda url: "/account/link/" not in url)
    page.goto(f"{site.url}/r/{ada.slug}/groups/{group.public_id}/results/")
    with page.expect_navigation():
        page.get_by_role("link", name="In its task").click()
    form = page.frame_locator("task-frame iframe")
    expect(swan(form)).to_be_checked()
    expect(form.get_by_label("Story")).to_have_value("Two lines\nof it.")
    expect(form.locator("#submitButton")).to_have_value("These answers have been sent.")
    our_script_runs(page)
    assert sent.public_id in page.url
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=cast(Any, scheme))
        assert_accessible(page)


def test_a_preview_takes_no_answer(page: Page, site: Server, group: HITGroup, cleo: Worker) -> None:
    log_in(page, site, cleo)
    page.goto(f"{site.url}/groups/{group.public_id}/preview/")
    task = page.frame_locator("task-frame iframe")
    expect(task.locator("#submitButton")).to_be_disabled()
    expect(task.get_by_label("Place")).to_be_disabled()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1100), ("dark", 1100), ("light", 390)])
def test_a_form_is_accessible(
    page: Page, site: Server, assignment: Assignment, scheme: Any, width: int
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    task = open_ready(page, site, assignment)
    task.locator("#submitButton").click()
    expect(task.get_by_role("alert")).to_be_visible()
    # Axe calls to frames across their sandbox in vain, so that the page is looked at by itself.
    address = page.locator("task-frame iframe").get_attribute("src")
    alone = page.context.new_page()
    alone.emulate_media(color_scheme=scheme)
    alone.set_viewport_size({"width": width, "height": 800})
    alone.goto(f"{site.url}{address}")
    alone.locator("#submitButton").click()
    expect(alone.get_by_role("alert")).to_be_visible()
    found = Axe().run(alone).response["violations"]
    assert not [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS]
    assert alone.evaluate("document.documentElement.scrollWidth <= innerWidth")
