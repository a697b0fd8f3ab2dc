"""Messages to the page around the task: only the task's own frame is heard, and no flood of them hurts."""

import pytest
from playwright.sync_api import Page, Request, expect

from kempelen.domain.models import Assignment, User
from tests.contract.containment.attacks import (
    ELSEWHERE,
    an_elsewhere,
    open_task,
    task_frame,
    with_script_changed,
)
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

TASK = "<input name=word value=knight>"
SPOOF = "{kempelen: 'submit', fields: [['word', 'spoofed']], source: 'task', origin: 'null'}"
_CHILD = (
    "const f = document.createElement('iframe'); f.srcdoc = '<script>setInterval(() => "
    "parent.parent.postMessage(%s, \"*\"), 100)</' + 'script>'; document.body.append(f)"
)
SPOOFERS = {
    "nested frame": _CHILD % SPOOF.replace("'", '"'),
    "nested frame that asks": _CHILD % '{kempelen: "submitted"}',
    "forged event": "setInterval(() => dispatchEvent(new MessageEvent('message',"
    f" {{data: {SPOOF}, source: window}})), 100)",
}
# What the page around asks of whoever speaks to it.
_WALL = "event.source !== this.frame.contentWindow"


def spoof(page: Page, site: Server, victim: User, spoofer: str) -> Assignment:
    assignment = open_task(page, site, TASK, victim)
    task_frame(page).evaluate(SPOOFERS[spoofer].replace("const f", "var f"))
    return assignment


@pytest.mark.parametrize("spoofer", SPOOFERS)
def test_nobody_speaks_for_the_task(page: Page, site: Server, victim: User, spoofer: str) -> None:
    posted = posts(page)
    assignment = spoof(page, site, victim, spoofer)
    page.wait_for_timeout(600)

    assignment.refresh_from_db()
    assert assignment.status == "Accepted"
    assert not [url for url in posted if url.endswith("/submit/")]


def test_if_sources_were_not_checked_a_nested_frame_could(page: Page, site: Server, victim: User) -> None:
    with_script_changed(page, "task-frame", _WALL, "false")
    with page.expect_response("**/submit/"):
        spoof(page, site, victim, "nested frame")


def test_a_window_that_opened_ours_cannot_speak_to_it(page: Page, site: Server, victim: User) -> None:
    assignment = open_task(page, site, TASK, victim)
    an_elsewhere(page, "<button>Open</button>")
    opener = page.context.new_page()
    opener.goto(ELSEWHERE)
    with page.context.expect_page() as opened:
        opener.evaluate(f"window.ours = window.open('{site.url}/work/{assignment.public_id}/')")
    opened.value.wait_for_load_state()
    opener.evaluate(f"setInterval(() => ours.postMessage({SPOOF}, '*'), 50)")
    opener.wait_for_timeout(500)

    assert opener.evaluate("ours.closed"), "our policy cuts the tie between the windows"
    assignment.refresh_from_db()
    assert assignment.status == "Accepted"


FLOODS = {
    "questions": "{kempelen: 'submitted'}",
    "empty answers": "{kempelen: 'submit', fields: []}",
    "answers that are none": "{kempelen: 'submit', fields: [[1, {}], null]}",
    "previews": "{kempelen: 'preview'}",
    "readiness": "{kempelen: 'ready'}",
    "nonsense": "{kempelen: {toString: null}, fields: 'x'.repeat(10000)}",
    "drafts": "{kempelen: 'draft', fields: [['word', 'x'.repeat(10000)]]}",
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_messages_is_not_passed_on_to_the_server(
    page: Page, site: Server, victim: User, flood: str
) -> None:
    open_task(page, site, TASK, victim)
    posted = posts(page)
    task_frame(page).evaluate(
        f"setInterval(() => {{ for (let i = 0; i < 200; i++) parent.postMessage({FLOODS[flood]}, '*') }}, 10)"
    )
    page.wait_for_timeout(3000)

    assert len(posted) <= 8, f"{len(posted)} requests in 3 seconds"
    page.get_by_role("button", name="Return").click()
    expect(page.get_by_role("button", name="Return it")).to_be_visible()


def test_a_message_of_100_mb_is_refused_and_the_page_stays(page: Page, site: Server, victim: User) -> None:
    assignment = open_task(page, site, TASK, victim, hits=2)
    task_frame(page).evaluate(
        "parent.postMessage({kempelen: 'submit', fields: [['word', 'x'.repeat(1e8)]]}, '*')"
    )
    expect(page.get_by_text("larger than the server takes")).to_be_visible()
    page.get_by_role("button", name="Skip").click()

    page.wait_for_url(lambda url: assignment.public_id not in url)


def posts(page: Page) -> list[str]:
    """A list that grows with each POST of our own page."""
    found: list[str] = []

    def look(request: Request) -> None:
        if request.method == "POST":
            found.append(request.url)

    page.on("request", look)
    return found
