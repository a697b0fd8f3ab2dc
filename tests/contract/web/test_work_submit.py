"""An answer survives what happens on its way to the server, and counts once; the end is told in time."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from kempelen.domain import clock
from kempelen.domain.actions import settling
from kempelen.domain.answers import MOST_CHARACTERS, answers_in
from kempelen.domain.models import Assignment
from tests.servers import Server
from tests.web.content.tasks import (
    a_group_showing,
    accept_in,
    answers_after_leaving,
    open_assignment,
    open_work,
)

pytestmark = [pytest.mark.browser, pytest.mark.once]

TASK = "<input name=word value=pawn>"
KNIGHT = {"word": "knight"}


@pytest.fixture
def falling_site(site: Server) -> Iterator[Server]:
    """The site, for a test that kills it: it runs again when the test is over."""
    yield site
    site.stop()
    site.start()


def press_submit(page: Page) -> None:
    page.frame_locator("task-frame iframe").locator("#submitButton").click()


def fill_and_submit(page: Page, word: str = "knight") -> None:
    page.frame_locator("task-frame iframe").locator("[name=word]").fill(word)
    press_submit(page)


def set_time_left(assignment: Assignment, **left: float) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(deadline_at=clock.now() + timedelta(**left))


def test_a_server_killed_while_an_answer_is_sent_stores_it_once(page: Page, falling_site: Server) -> None:
    first, task = open_work(page, falling_site, TASK, hits=3)
    task.locator("[name=word]").fill("knight")
    falling_site.kill()
    press_submit(page)
    expect(page.get_by_text("Not sent yet: the server cannot be reached.")).to_be_visible()
    falling_site.start()

    assert answers_after_leaving(page, first) == KNIGHT
    assert Assignment.objects.filter(status="Accepted").count() == 1


def test_a_server_killed_before_its_reply_arrives_stores_it_once(page: Page, falling_site: Server) -> None:
    first, _ = open_work(page, falling_site, TASK, hits=3)

    def store_and_die(route: Route) -> None:
        assert route.fetch().ok
        falling_site.kill()
        route.abort()

    page.route("**/submit/", store_and_die, times=1)
    fill_and_submit(page)
    expect(page.get_by_text("Your answer is kept here")).to_be_visible()
    falling_site.start()

    assert answers_after_leaving(page, first) == KNIGHT
    assert Assignment.objects.count() == 2


def test_an_answer_is_sent_when_the_closed_page_is_opened_again(page: Page, site: Server) -> None:
    first, _ = open_work(page, site, TASK, hits=2)
    page.route("**/submit/", lambda route: route.abort())
    fill_and_submit(page)
    expect(page.get_by_text("Your answer is kept here")).to_be_visible()
    page.close()
    again = page.context.new_page()
    again.goto(f"{site.url}/work/{first.public_id}/")

    assert answers_after_leaving(again, first) == KNIGHT
    assert again.evaluate("localStorage.length") == 0


def test_an_answer_that_cannot_be_sent_after_a_reload_either_is_shown_in_the_task(
    page: Page, site: Server
) -> None:
    first, task = open_work(page, site, TASK)
    page.route("**/submit/", lambda route: route.abort())
    fill_and_submit(page)
    expect(page.get_by_text("Your answer is kept here")).to_be_visible()
    page.reload()

    expect(page.get_by_text("Your answer is kept here")).to_be_visible()
    expect(task.locator("[name=word]")).to_have_value("knight")
    page.unroute("**/submit/")
    assert answers_after_leaving(page, first) == KNIGHT


def test_an_answer_kept_here_is_sent_when_the_time_is_over_and_counts_if_there_is_a_place(
    page: Page, site: Server
) -> None:
    first, _ = open_work(page, site, TASK, hits=1)
    page.route("**/submit/", lambda route: route.abort())
    fill_and_submit(page)
    expect(page.get_by_text("Your answer is kept here")).to_be_visible()
    page.goto("about:blank")
    page.unroute("**/submit/")
    set_time_left(first, seconds=-1)
    settling.settle_places_of(first.group)
    page.goto(f"{site.url}/work/{first.public_id}/")

    expect(page.get_by_role("heading")).to_have_text("You have done this HIT")
    first.refresh_from_db()
    assert first.answers == KNIGHT


def test_an_answer_that_was_refused_is_not_sent_again_by_itself(page: Page, site: Server) -> None:
    first, task = open_work(page, site, "<p>Nothing to fill in", hits=1)
    task.locator("#submitButton").click()
    expect(page.get_by_text("The answer is empty")).to_be_visible()
    page.reload()
    task.locator("#submitButton").wait_for()

    expect(page.locator(".task-state")).to_be_hidden()
    assert answers_in(first.draft) == {}


def test_several_tasks_follow_each_other_without_loading_the_page_anew(page: Page, site: Server) -> None:
    first, _ = open_work(page, site, TASK, hits=3)
    page.evaluate("window.isTheSame = true")
    done = [first]
    for word in ("one", "two"):
        fill_and_submit(page, word)
        assert answers_after_leaving(page, done[-1]) == {"word": word}
        done.append(Assignment.objects.get(status="Accepted"))
        expect(page.frame_locator("iframe").locator("[name=word]")).to_have_value("pawn")

    assert page.evaluate("window.isTheSame")
    assert page.url == f"{site.url}/work/{done[-1].public_id}/"
    page.get_by_role("button", name="Return", exact=True).click()
    page.get_by_role("button", name="Return it").click()
    page.wait_for_url("**/groups/**")
    assert Assignment.objects.get(pk=done[-1].pk).status == "Returned"


@pytest.mark.parametrize(("left", "words"), [(303, "5 minutes left"), (63, "1 minute left")])
def test_a_warning_comes_before_the_time_is_over(page: Page, site: Server, left: int, words: str) -> None:
    first = accept_in(page, site, a_group_showing("<textarea name=word autofocus></textarea>"))
    set_time_left(first, seconds=left)
    task = open_assignment(page, site, first)
    task.locator("[name=word]:focus").wait_for()
    page.keyboard.type("kni")
    expect(page.get_by_role("status").get_by_text(words)).to_be_visible()
    page.keyboard.type("ght")

    expect(task.locator("[name=word]")).to_have_value("knight")


def test_time_that_is_short_from_the_start_needs_no_warning(page: Page, site: Server) -> None:
    first = accept_in(page, site, a_group_showing(TASK))
    set_time_left(first, seconds=200)
    open_assignment(page, site, first).locator("[name=word]").fill("x")
    page.wait_for_timeout(1200)

    expect(page.locator(".task-state")).to_be_hidden()


def test_a_late_answer_counts_while_its_place_is_free(page: Page, site: Server) -> None:
    first = accept_in(page, site, a_group_showing(TASK, hits=1))
    set_time_left(first, seconds=1)
    open_assignment(page, site, first)
    expect(page.get_by_text("Time is up.")).to_be_visible()
    fill_and_submit(page)

    assert answers_after_leaving(page, first) == KNIGHT


def test_drafts_and_answers_have_room_for_what_the_server_takes(page: Page, site: Server) -> None:
    first, task = open_work(page, site, "<textarea name=text></textarea>", hits=1)
    size = MOST_CHARACTERS - 1000
    task.locator("[name=text]").evaluate(f"field => {{ field.value = 'x'.repeat({size}) }}")
    task.locator("#submitButton").click()

    assert len(answers_after_leaving(page, first)["text"]) == size


def test_an_answer_too_large_for_the_server_says_so(page: Page, site: Server) -> None:
    _, task = open_work(page, site, TASK, hits=1)
    page.route("**/submit/", lambda route: route.fulfill(status=413))
    task.locator("#submitButton").click()

    expect(page.get_by_text("The answer is larger than the server takes at once.")).to_be_visible()


def test_an_answer_that_is_changed_while_it_waits_is_sent_as_it_is_then(page: Page, site: Server) -> None:
    first, _ = open_work(page, site, TASK, hits=2)
    page.context.set_offline(True)
    fill_and_submit(page, "pawn and more")
    expect(page.get_by_text("Your answer is kept here")).to_be_visible()
    fill_and_submit(page, "knight")
    page.wait_for_timeout(100)
    page.context.set_offline(False)

    assert answers_after_leaving(page, first) == KNIGHT
