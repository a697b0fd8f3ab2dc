"""The worker's lists name the answers that this browser could not send before its page was closed."""

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import assignments, people
from kempelen.domain.models import Assignment
from kempelen.web.worker.identity import COOKIE
from tests.browser import assert_accessible
from tests.contract.web.test_work_drafts import wait_until
from tests.servers import Server
from tests.web.content.tasks import answers_after_leaving, open_work

pytestmark = [pytest.mark.browser, pytest.mark.once]

HINT = "Not sent yet, and kept in this browser."


@pytest.fixture
def unsent(page: Page, site: Server) -> Assignment:
    """An assignment whose answer this browser keeps; the page that could not send it is closed."""
    assignment, task = open_work(page, site, "<input name=word value=knight>", hits=1)
    page.route("**/submit/", lambda route: route.abort())
    task.locator("#submitButton").click()
    expect(page.get_by_text("Your answer is kept here")).to_be_visible()
    page.goto("about:blank")
    page.unroute("**/submit/")
    return assignment


@pytest.mark.parametrize("path", ["/", "/queue/"])
@pytest.mark.parametrize("width", [1200, 390])
def test_an_unsent_answer_is_named_and_sent_when_it_is_opened(
    page: Page, site: Server, unsent: Assignment, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.url + path)
    expect(page.get_by_text(HINT)).to_be_visible()
    assert_accessible(page)
    page.locator("unsent-hint").get_by_role("link", name=unsent.hit.hit_type.title).click()

    assert answers_after_leaving(page, unsent) == {"word": "knight"}
    page.goto(site.url + path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(HINT)).to_be_hidden()


def test_the_hint_goes_when_another_tab_has_sent_the_answer(
    page: Page, site: Server, unsent: Assignment
) -> None:
    page.goto(f"{site.url}/queue/")
    expect(page.get_by_text(HINT)).to_be_visible()
    page.context.new_page().goto(f"{site.url}/work/{unsent.public_id}/")

    expect(page.get_by_text(HINT)).to_be_hidden()


def test_an_answer_that_the_server_has_already_is_not_called_unsent(
    page: Page, site: Server, unsent: Assignment
) -> None:
    assignments.submit(unsent.public_id, {"word": "knight"})
    with page.expect_response("**/work/**"):
        page.goto(f"{site.url}/")

    wait_until(lambda: page.evaluate("localStorage.length") == 0)
    expect(page.get_by_text(HINT)).to_be_hidden()


def test_another_workers_answer_stays_and_is_not_named(page: Page, site: Server, unsent: Assignment) -> None:
    _, secret = people.new_anonymous_worker()
    page.context.add_cookies([{"name": COOKIE, "value": secret, "url": site.url}])
    with page.expect_response("**/work/**") as answer:
        page.goto(f"{site.url}/")

    assert answer.value.status == 404
    expect(page.get_by_text(HINT)).to_be_hidden()
    assert page.evaluate("localStorage.length") == 1
