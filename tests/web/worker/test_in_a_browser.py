"""The worker's pages in a real browser: in both themes, on a phone, by keyboard, without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import assignments, claims, messages
from kempelen.domain.models import Requester, Worker
from tests.browser import assert_accessible
from tests.factories import (
    a_batch,
    a_group,
    a_project,
    a_submitted_assignment,
    an_assignment,
    group_of,
    hits_of,
)
from tests.web.worker.conftest import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
LOOKS = [
    {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
]


def open_as(page: Page, live_server: object, worker: Worker, path: str = "/") -> None:
    cookie = logged_in(worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": str(live_server)}])
    page.goto(f"{live_server}{path}")


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark phone"])
def test_the_pages_are_accessible_and_never_wider_than_the_window(
    new_visitor: Callable[..., Page],
    live_server: object,
    look: dict[str, object],
    cleo: Worker,
    ada: Requester,
) -> None:
    batch = a_batch(
        a_project(
            ada,
            title="Sort letters by century " * 4,
            description="Look closely.",
            reward_cents=5,
            allows_corrections=True,
        ),
        rows=[{"text": text} for text in ("one", "two", "three", "four")],
    )
    first, second, third, fourth = hits_of(batch)
    done = a_submitted_assignment(cleo, first)
    assignments.reject(ada, done.public_id, feedback="Please read to the end.")
    an_assignment(cleo, second)
    claims.put_off(cleo, third)
    waits = a_submitted_assignment(cleo, fourth)
    message = messages.tell(cleo, first, kind="broken", text="No picture. " * 40)
    messages.tell(cleo, first, kind="question", text="Which one?")
    messages.reply(ada, message.public_id, text="The left one. " * 40)
    group = f"/groups/{group_of(batch).public_id}/"
    page = new_visitor(**look)
    for path in (
        "/",
        "/?q=nothing+like+this",
        group,
        f"{group}?show=done",
        f"/hits/{third.public_id}/",
        "/queue/",
        "/history/",
        "/history/?show=approved",
        f"/history/{done.public_id}/",
        f"/history/{waits.public_id}/correct/",
        "/statistics/",
        "/statistics/?from=2020-01-01&to=2020-01-02",
        "/preferences/",
        "/qualifications/",
        f"/hits/{third.public_id}/tell/",
        "/messages/",
    ):
        open_as(page, live_server, cleo, path)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_visitors_home_is_accessible(page: Page, live_server: object, ada: Requester) -> None:
    page.goto(f"{live_server}/")
    assert_accessible(page)
    a_group(a_project(ada, audience="anonymous"))
    page.goto(f"{live_server}/")
    assert_accessible(page)


def test_the_list_follows_what_is_typed_and_so_does_the_address(
    page: Page, live_server: object, cleo: Worker, ada: Requester
) -> None:
    a_group(a_project(ada, title="Sort letters"))
    a_group(a_project(ada, title="Type a telegram"))
    open_as(page, live_server, cleo)
    page.keyboard.press("/")
    page.keyboard.type("telegram")
    expect(page.get_by_role("link", name="Sort letters")).to_have_count(0)
    expect(page.get_by_role("status").first).to_contain_text("1 group of HITs found")
    expect(page).to_have_url(re.compile(r"/\?q=telegram$"))
    expect(page.get_by_label("Search work")).to_be_focused()


def test_searching_works_without_scripts(
    new_visitor: Callable[..., Page], live_server: object, cleo: Worker, ada: Requester
) -> None:
    a_group(a_project(ada, title="Sort letters"))
    a_group(a_project(ada, title="Type a telegram"))
    page = new_visitor(java_script_enabled=False)
    open_as(page, live_server, cleo)
    page.get_by_label("Search work").fill("telegram")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Type a telegram", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Sort letters", exact=True)).to_have_count(0)


def test_a_worker_previews_skips_and_accepts_by_keyboard(
    page: Page, live_server: object, cleo: Worker
) -> None:
    batch = a_batch()
    open_as(page, live_server, cleo, f"/groups/{group_of(batch).public_id}/")
    page.keyboard.press("p")
    expect(page.frame_locator("iframe").get_by_text("one")).to_be_visible()
    page.wait_for_load_state()  # the task may be there before the scripts that hear the keys
    page.keyboard.press("s")
    expect(page.frame_locator("iframe").get_by_text("two")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("a")
    expect(page).to_have_url(re.compile("/work/"))
    assert cleo.assignments.get().hit == hits_of(batch)[1]


def test_returning_from_the_queue_asks_first(page: Page, live_server: object, cleo: Worker) -> None:
    mine = an_assignment(cleo)
    open_as(page, live_server, cleo, "/queue/")
    page.get_by_role("button", name="Return").click()
    page.get_by_role("button", name="Keep it").click()
    assert page.url.endswith("/queue/")
    page.get_by_role("button", name="Return").click()
    page.get_by_role("button", name="Return it").click()
    expect(page.get_by_text("Returned.")).to_be_visible()
    mine.refresh_from_db()
    assert mine.status == "Returned"


def test_an_anonymous_visitor_finds_and_accepts_work(page: Page, live_server: object, ada: Requester) -> None:
    a_group(a_project(ada, title="Sort letters", audience="anonymous"))
    page.goto(f"{live_server}/")
    page.get_by_role("button", name="Accept and start “Sort letters”").click()
    expect(page).to_have_url(re.compile("/work/"))
    page.goto(f"{live_server}/")
    expect(page.get_by_role("link", name="Resume")).to_be_visible()
    expect(page.get_by_text("this browser’s cookie knows you as worker")).to_be_visible()
