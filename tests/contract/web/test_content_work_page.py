"""The work page: what a worker sees while an answer is on its way, and that it arrives once."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from kempelen.domain import clock
from kempelen.domain.actions import assignments
from kempelen.domain.answers import answers_in
from kempelen.domain.models import Assignment
from tests.browser import assert_accessible
from tests.servers import Server
from tests.web.content.tasks import (
    a_group_showing,
    accept_in,
    answers_after_leaving,
    open_assignment,
    open_work,
)

pytestmark = [pytest.mark.browser, pytest.mark.once]

TASK = "<input name=word value=knight>"
SUBMIT = "#submitButton"
KNIGHT = {"word": "knight"}


def in_hand() -> list[str]:
    return list(Assignment.objects.filter(status="Accepted").values_list("public_id", flat=True))


def test_submitting_leads_to_the_next_hit(page: Page, site: Server) -> None:
    first, task = open_work(page, site, TASK, hits=2)
    task.locator(SUBMIT).click()

    assert answers_after_leaving(page, first) == KNIGHT
    assert page.url == f"{site.url}/work/{in_hand()[0]}/"


def test_a_worker_who_wants_it_so_sees_the_next_before_accepting(page: Page, site: Server) -> None:
    group = a_group_showing(TASK, hits=2)
    first = accept_in(page, site, group, accepts_next=False)
    open_assignment(page, site, first).locator(SUBMIT).click()

    assert answers_after_leaving(page, first) == KNIGHT
    assert not in_hand()


def test_after_the_last_hit_the_group_says_so(page: Page, site: Server) -> None:
    last, task = open_work(page, site, TASK, hits=1)
    task.locator(SUBMIT).click()

    page.wait_for_url(f"{site.url}/groups/{last.group.public_id}/")
    expect(page.get_by_text("That was the last HIT for you in this group")).to_be_visible()


def test_an_impatient_worker_sends_once(page: Page, site: Server) -> None:
    first, task = open_work(page, site, TASK, hits=3)
    task.locator(SUBMIT).evaluate("button => { for (let i = 0; i < 5; i++) button.click() }")

    assert answers_after_leaving(page, first) == KNIGHT
    assert len(in_hand()) == 1


def test_an_answer_given_before_our_own_page_is_ready_is_kept(page: Page, site: Server) -> None:
    sends_itself = (
        "<script>onload = () => { submitButton.click(); submitButton.dataset.pressed = 1 }</script>"
    )
    first = accept_in(page, site, a_group_showing(TASK + sends_itself))
    held: list[Route] = []
    page.route("**/task-frame*.js", lambda route: held.append(route), times=1)
    page.goto(f"{site.url}/work/{first.public_id}/", wait_until="commit")
    page.frame_locator("iframe").locator(f"{SUBMIT}[data-pressed]").wait_for()
    held[0].continue_()

    assert answers_after_leaving(page, first) == KNIGHT


def test_an_answer_waits_for_the_network(page: Page, site: Server) -> None:
    first, task = open_work(page, site, TASK, hits=2)
    task.locator(SUBMIT).wait_for()
    page.context.set_offline(True)
    task.locator(SUBMIT).click()
    expect(page.get_by_text("Your answer is kept here")).to_be_visible()
    page.context.set_offline(False)

    assert answers_after_leaving(page, first) == KNIGHT


def test_a_lost_response_neither_loses_nor_doubles(page: Page, site: Server) -> None:
    first, task = open_work(page, site, TASK, hits=3)
    lost = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route("**/submit/", lose_the_first)
    task.locator(SUBMIT).click()

    assert answers_after_leaving(page, first) == KNIGHT
    assert len(in_hand()) == 1


def test_a_server_in_trouble_is_asked_again(page: Page, site: Server) -> None:
    first, task = open_work(page, site, TASK, hits=1)
    page.route("**/submit/", lambda route: route.fulfill(status=502), times=1)
    task.locator(SUBMIT).click()
    page.get_by_role("button", name="Try now").click()

    assert answers_after_leaving(page, first) == KNIGHT


def test_a_refusal_is_said_and_the_page_stays(page: Page, site: Server) -> None:
    first, task = open_work(page, site, TASK, hits=1)
    assignments.return_assignment(first.worker, first.public_id)
    task.locator(SUBMIT).click()

    expect(page.get_by_text("You returned this HIT, so its answer is not taken.")).to_be_visible()
    assert page.url.endswith(f"/work/{first.public_id}/")


def test_an_empty_answer_is_refused(page: Page, site: Server) -> None:
    first, task = open_work(page, site, "<p>Nothing to fill in", hits=1)
    task.locator(SUBMIT).click()

    expect(page.get_by_text("The answer is empty")).to_be_visible()
    assert in_hand() == [first.public_id]


def test_a_late_answer_is_kept_and_the_worker_told(page: Page, site: Server) -> None:
    group = a_group_showing(TASK, hits=1)
    first = accept_in(page, site, group)
    Assignment.objects.update(deadline_at=clock.now() + timedelta(seconds=1))
    task = open_assignment(page, site, first)
    expect(page.get_by_text("Time is up.")).to_be_visible()
    accept_in(page.context.browser.new_context().new_page(), site, group)
    task.locator(SUBMIT).click()

    expect(page.get_by_text("kept as a draft")).to_be_visible()
    first.refresh_from_db()
    assert (first.answers, answers_in(first.draft)) == (None, KNIGHT)


def test_whoever_has_a_new_session_need_not_type_again(page: Page, site: Server) -> None:
    first, task = open_work(page, site, TASK, hits=1)
    page.context.clear_cookies(name="csrftoken")
    task.locator(SUBMIT).click()

    assert answers_after_leaving(page, first) == KNIGHT


def test_only_the_tasks_own_frame_is_heard(page: Page, site: Server) -> None:
    spoof = "{kempelen: 'submit', fields: [['word', 'spoofed']]}"
    inner = f"<script>top.postMessage({spoof}, '*'); top.postMessage({{kempelen: 'submitted'}}, '*')</script>"
    first, task = open_work(page, site, f'{TASK}<iframe srcdoc="{inner}"></iframe>', hits=1)
    task.locator(SUBMIT).wait_for()
    page.evaluate(f"window.postMessage({spoof}, '*')")
    page.wait_for_timeout(300)

    assert in_hand() == [first.public_id]


def test_a_task_that_claims_to_be_submitted_is_not_believed(page: Page, site: Server) -> None:
    claims = "<script>setInterval(() => parent.postMessage({kempelen: 'submitted'}, '*'), 200)</script>"
    with page.expect_response("**/submit/") as answer:
        first, _ = open_work(page, site, TASK + claims, hits=1)

    assert answer.value.json()["status"] == "open"
    expect(page.locator(".task-state")).to_be_hidden()
    assert in_hand() == [first.public_id]


def test_a_task_reaches_nothing_of_ours(page: Page, site: Server) -> None:
    tries = (
        "const got = [];"
        "for (const f of [() => parent.document.title, () => top.location.href, () => parent.localStorage,"
        "() => frameElement.id, () => top.location.replace('https://elsewhere.invalid/')])"
        "try { const value = f(); got.push(value ?? 'nothing') } catch { got.push('refused') }"
        "document.getElementById('got').value = got.join()"
    )
    first, task = open_work(page, site, f"<input name=got id=got><script>{tries}</script>", hits=1)
    task.locator(SUBMIT).click()

    answers = answers_after_leaving(page, first)
    assert set(answers["got"].split(",")) <= {"refused", "nothing"}
    assert page.url.startswith(site.url)


def test_skipping_gives_another_hit_and_the_skipped_comes_last(page: Page, site: Server) -> None:
    first, _ = open_work(page, site, TASK, hits=2)
    page.get_by_role("button", name="Skip").click()
    page.wait_for_url(lambda url: first.public_id not in url)
    second = Assignment.objects.get(status="Accepted")
    assert second.hit_id != first.hit_id
    page.frame_locator("iframe").locator(SUBMIT).click()

    assert answers_after_leaving(page, second) == KNIGHT
    assert Assignment.objects.get(status="Accepted").hit_id == first.hit_id


def test_returning_asks_first_and_gives_the_place_back(page: Page, site: Server) -> None:
    first, _ = open_work(page, site, TASK, hits=1)
    page.get_by_role("button", name="Return").click()
    page.get_by_role("button", name="Return it").click()

    page.wait_for_url(f"{site.url}/groups/{first.group.public_id}/")
    first.refresh_from_db()
    assert first.status == "Returned"


def test_the_choice_to_accept_the_next_is_kept(page: Page, site: Server) -> None:
    open_work(page, site, TASK, hits=1)
    with page.expect_response("**/auto-accept/"):
        page.get_by_label("Auto-accept next HIT").uncheck()
    page.reload()

    expect(page.get_by_label("Auto-accept next HIT")).not_to_be_checked()


def test_a_submitted_assignment_opens_as_done(page: Page, site: Server) -> None:
    first, _ = open_work(page, site, TASK, hits=1)
    assignments.submit(first.public_id, KNIGHT)
    page.reload()

    expect(page.get_by_role("heading")).to_have_text("You have done this HIT")


@pytest.mark.parametrize(
    "task",
    [
        TASK,
        f"<form>{TASK}<input type=submit id=submitButton></form>",
        f"<form><input name=assignmentId>{TASK}<input type=submit id=submitButton></form>",
    ],
)
def test_a_task_page_opened_alone_submits_as_mturks_did(page: Page, site: Server, task: str) -> None:
    first, _ = open_work(page, site, task, hits=1)
    page.goto(f"{site.url}{page.locator('iframe').get_attribute('src')}")
    page.locator(SUBMIT).click()

    expect(page.get_by_text("Your answer has been sent.")).to_be_visible()
    first.refresh_from_db()
    assert first.answers == KNIGHT


def test_the_first_field_has_the_focus_if_the_template_asks(page: Page, site: Server) -> None:
    first, task = open_work(page, site, "<input name=a><input name=b autofocus>", hits=1)
    task.locator("[name=b]:focus").wait_for()
    page.keyboard.type("knight")
    page.keyboard.press("Enter")

    assert answers_after_leaving(page, first) == {"a": "", "b": "knight"}


@pytest.mark.parametrize("width", [1200, 390])
def test_the_work_page_is_accessible(page: Page, site: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    _, task = open_work(page, site, TASK, hits=1)
    task.locator(SUBMIT).wait_for()

    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
