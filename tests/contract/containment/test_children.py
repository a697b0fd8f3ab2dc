"""Tasks that look for a way round the sandbox through children of theirs, workers and frames of ours."""

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.models import User
from tests.contract.containment.attacks import (
    ELSEWHERE,
    GOT,
    REFUSED,
    an_elsewhere,
    attack,
    open_task,
    probe,
    task_frame,
    without_policy,
    without_the_sandbox,
)
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

# What a child tries, and how it tells.
_TRY = (
    "let got = 'refused'; for (const look of [() => top.document.title, () => localStorage.length + 'kept'])"
    "try { got = look() } catch {}; parent.postMessage({child: got}, '*')"
)
_CHILD = (
    # Our page speaks to the task as well: only the child's word counts.
    "const heard = new Promise((done) => addEventListener('message',"
    " (event) => event.data.child && done(event.data.child)));"
    "const child = document.createElement('iframe');"
    f"const html = '<script>' + {_TRY!r} + '</' + 'script>';"
    "MAKE; document.body.append(child);"
    "return Promise.race([heard, new Promise((done) => setTimeout(done, 1500, 'refused'))]);"
)
CHILDREN = {
    "srcdoc": "child.srcdoc = html",
    "srcdoc with flags of its own": "child.sandbox = 'allow-scripts allow-same-origin allow-top-navigation';"
    "child.srcdoc = html",
    "blob": "child.src = URL.createObjectURL(new Blob([html], {type: 'text/html'}))",
    "data": "child.src = 'data:text/html,' + encodeURIComponent(html)",
    "script address": "child.src = 'javascript:' + JSON.stringify(html)",
    "blank": "document.body.append(child);"
    "try { child.contentDocument.write(html) } catch { return 'refused' }",
}


@pytest.mark.parametrize("kind", CHILDREN)
def test_a_child_gets_no_further_than_the_task(page: Page, site: Server, victim: User, kind: str) -> None:
    assert attack(page, site, _CHILD.replace("MAKE", CHILDREN[kind]), victim) == REFUSED


@pytest.mark.parametrize("kind", ["srcdoc", "blob", "blank"])
def test_without_the_sandbox_it_would(page: Page, site: Server, victim: User, kind: str) -> None:
    without_the_sandbox(page)

    assert attack(page, site, _CHILD.replace("MAKE", CHILDREN[kind]), victim) != REFUSED


WORKERS = {
    "service worker of ours": "navigator.serviceWorker.register("
    "'/static/kempelen/content/externalHIT_v1.js')",
    "list of service workers": "navigator.serviceWorker.getRegistrations()",
    "shared worker of ours": "new Promise((done, fail) => { const w = new SharedWorker("
    "'/static/kempelen/content/submitted.js'); w.onerror = fail; setTimeout(done, 900, 'runs') })",
    "worker of ours": "new Promise((done, fail) => { const w = new Worker("
    "'/static/kempelen/content/submitted.js'); w.onerror = fail; setTimeout(done, 900, 'runs') })",
}


def test_no_worker_settles_on_our_origin(page: Page, site: Server, victim: User) -> None:
    assert probe(page, site, WORKERS, victim) == dict.fromkeys(WORKERS, REFUSED)


def test_without_the_sandbox_service_workers_could(page: Page, site: Server, victim: User) -> None:
    without_the_sandbox(page)
    found = probe(page, site, WORKERS, victim)

    assert found["list of service workers"] == GOT
    assert found["service worker of ours"] == GOT


FRAMING = {
    "frame": "<iframe src='{}'></iframe>",
    "object": "<object data='{}' type='text/html'></object>",
    "embed": "<embed src='{}' type='text/html'>",
    "frame without flags": "<iframe sandbox='allow-scripts allow-same-origin allow-forms' src='{}'></iframe>",
}


@pytest.mark.parametrize("how", FRAMING)
def test_our_buttons_cannot_be_framed(page: Page, site: Server, victim: User, how: str) -> None:
    open_task(page, site, FRAMING[how].format(f"{site.url}/account/"), victim)
    page.wait_for_timeout(500)

    inside = [frame for frame in page.frames if frame.url.startswith(f"{site.url}/account/")]
    assert not [frame for frame in inside if frame.locator("form").count()]


@pytest.mark.parametrize("path", ["/", "/queue/", "/history/", "/account/login/", "/r/", "/nowhere/"])
def test_no_page_of_ours_can_be_framed_by_another_site(
    page: Page, site: Server, victim: User, path: str
) -> None:
    an_elsewhere(page, f"<iframe src='{site.url}{path}'></iframe>")
    page.goto(ELSEWHERE)
    frame = page.frames[1]

    assert not frame.locator("main, .brand, form").count()


def test_without_our_policy_it_could(page: Page, site: Server, victim: User) -> None:
    without_policy(page, f"{site.url}/account/login/")
    an_elsewhere(page, f"<iframe src='{site.url}/account/login/'></iframe>")
    page.goto(ELSEWHERE)

    expect(page.frame_locator("iframe").get_by_label("Password")).to_be_visible()


def test_a_task_cannot_show_itself_as_our_page(page: Page, site: Server, victim: User) -> None:
    open_task(page, site, "<p>Task</p>", victim)
    task_frame(page).evaluate("location = '/account/'")
    page.wait_for_timeout(500)

    assert not page.frame_locator("task-frame iframe").locator("form").count()
