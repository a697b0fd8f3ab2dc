"""Windows that a task opens: they leave the sandbox, and must not take any power over ours along."""

import pytest
from playwright.sync_api import Page

from kempelen.domain.actions import people
from kempelen.domain.models import Assignment, User
from tests.contract.containment.attacks import (
    ELSEWHERE,
    REFUSED,
    an_elsewhere,
    open_task,
    task_frame,
)
from tests.factories import a_user
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

TASK = "<input name=word value=knight><button type=button id=go>Go</button>"
POWERS = {
    "moving our window": f"opener.top.location = '{ELSEWHERE}/moved'",
    "moving the task's parent": f"opener.parent.location.replace('{ELSEWHERE}/moved')",
    "speaking for the task": "opener.parent.postMessage({kempelen: 'submit', fields: [['a', 'b']]}, '*')",
    "reading our page": "opener.top.document.title",
    "moving the window by its name": f"open('{ELSEWHERE}/moved', '_top'); opener.focus()",
}


def popup_of(page: Page, site: Server, victim: User, url: str) -> tuple[Assignment, Page]:
    """A window that the worker opened by pressing a button of the task's."""
    assignment = open_task(page, site, TASK, victim)
    frame = task_frame(page)
    frame.evaluate(f"go.onclick = () => {{ window.popup = open('{url}') }}")
    with page.context.expect_page() as opened:
        frame.locator("#go").click()
    opened.value.wait_for_load_state()
    return assignment, opened.value


@pytest.mark.parametrize("power", POWERS)
def test_a_window_of_another_site_has_no_power_over_ours(
    page: Page, site: Server, victim: User, power: str
) -> None:
    an_elsewhere(page, "<h1>Elsewhere")
    assignment, popup = popup_of(page, site, victim, f"{ELSEWHERE}/")
    got = popup.evaluate(
        f"(() => {{ try {{ {POWERS[power]}; return 'got' }} catch {{ return 'refused' }} }})()"
    )
    page.wait_for_timeout(300)

    assert got == REFUSED or "_top" in POWERS[power]
    assert page.url.endswith(f"/work/{assignment.public_id}/")
    assignment.refresh_from_db()
    assert assignment.status == "Accepted"


def test_a_window_with_a_page_of_ours_is_out_of_the_tasks_reach(
    page: Page, site: Server, victim: User
) -> None:
    _, popup = popup_of(page, site, victim, f"{site.url}/account/")
    reach = (
        "(() => { const got = []; for (const look of [() => popup.document.title, () => popup.location.href,"
        "() => { popup.location = 'about:blank'; return popup && 'moved' }])"
        "try { got.push(look() ?? 'nothing') } catch { got.push('refused') } return got.join() })()"
    )

    assert set(task_frame(page).evaluate(reach).split(",")) == {REFUSED}
    assert popup.evaluate("[opener, document.title !== '']") == [None, True]
    assert popup.url == f"{site.url}/account/"


@pytest.mark.parametrize("kind", ["about:blank", "javascript:document.cookie", "task"])
def test_a_window_of_the_tasks_own_stays_without_an_origin(
    page: Page, site: Server, victim: User, kind: str
) -> None:
    open_task(page, site, TASK, victim)
    frame = task_frame(page)
    frame.evaluate(f"go.onclick = () => open({'location.href' if kind == 'task' else repr(kind)})")
    with page.context.expect_page() as opened:
        frame.locator("#go").click()
    opened.value.wait_for_timeout(500)
    look = "(() => { try { return document.cookie + localStorage.length } catch { return 'refused' } })()"

    assert opened.value.evaluate(f"[self.origin, opener && 'opener', {look}]")[0] in ("null", None)
    assert site.url != opened.value.evaluate("self.origin")


def test_a_window_opened_for_somebody_elses_login_link_asks_first(
    page: Page, site: Server, victim: User
) -> None:
    eve = a_user("Eve")
    popup_of(page, site, victim, f"{site.url}/account/link/{people.login_link(eve)}/")
    page.goto(f"{site.url}/account/")

    assert page.locator("input[name=name]").input_value() == victim.first_name
    assert page.get_by_text("Eve").count() == 0
