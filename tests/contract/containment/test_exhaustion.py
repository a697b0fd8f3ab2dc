"""Tasks that use up what they can: the page around them stays usable, and the worker can leave."""

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.models import Assignment, User
from tests.contract.containment.attacks import open_task, task_frame, with_script_changed
from tests.servers import Server

# What exhausts a browser may also end it, and every other test with it: a proof, run apart.
pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.proof]

TASK = "<input name=word value=knight>"
# Started a moment later, so that the test's own call returns.
LOOPS = {
    "loop": "for (;;);",
    "recursion": "(function again() { try { again() } finally { again() } })()",
    "promises": "(function again() { Promise.resolve().then(again) })()",
    "console": "for (;;) console.log('x'.repeat(1000))",
    "layout": "for (;;) { document.body.append('x'); document.body.offsetHeight }",
    "old requests": "for (;;) { const r = new XMLHttpRequest(); r.open('GET', '/', false);"
    " try { r.send() } catch {} }",
}


def start(page: Page, script: str) -> None:
    task_frame(page).evaluate(f"void setTimeout(() => {{ {script} }}, 50)")
    # Until our page has noticed that the task has no pulse.
    page.wait_for_timeout(2500)


def skip(page: Page, assignment: Assignment) -> None:
    """Skip the HIT as a worker does, and wait for the next task: beside a loop it would never come."""
    page.evaluate("document.querySelector('form[action$=\"/skip/\"] button').click()")
    page.wait_for_url(lambda url: assignment.public_id not in url, wait_until="commit")
    page.frame_locator("task-frame iframe").locator("[name=word]").wait_for()


@pytest.mark.parametrize("loop", LOOPS)
def test_a_task_that_never_ends_can_be_left(page: Page, site: Server, victim: User, loop: str) -> None:
    assignment = open_task(page, site, TASK, victim, hits=2)
    start(page, LOOPS[loop])
    assert page.evaluate("document.querySelectorAll('.workbar button').length") > 1

    skip(page, assignment)


def test_if_its_frame_stayed_leaving_would_take_long(page: Page, site: Server, victim: User) -> None:
    with_script_changed(page, "task-frame", "this.frame.remove()", "undefined")
    assignment = open_task(page, site, TASK, victim, hits=2)
    start(page, LOOPS["loop"])
    page.evaluate("document.querySelector('form[action$=\"/skip/\"] button').click()")
    page.wait_for_timeout(3000)

    assert assignment.public_id in page.url


HEAPS = {
    "page of 100 MB": "document.body.insertAdjacentHTML('beforeend', '<p>' + 'x'.repeat(1e8))",
    "a million elements": "document.body.append(...Array.from({length: 3e5}, () => new Image()))",
    "console of 100 MB": "for (let i = 0; i < 100; i++) console.log('x'.repeat(1e6))",
    "memory": "window.heap = []; for (let i = 0; i < 50; i++) heap.push(new Uint8Array(1e7).fill(1))",
    "frames": "for (let i = 0; i < 200; i++) document.body.append(document.createElement('iframe'))",
    "timers": "for (let i = 0; i < 1e5; i++) setInterval(() => Math.random(), 1)",
}


@pytest.mark.parametrize("heap", HEAPS)
def test_a_task_that_fills_itself_does_not_fill_our_page(
    page: Page, site: Server, victim: User, heap: str
) -> None:
    assignment = open_task(page, site, TASK, victim, hits=2)
    start(page, HEAPS[heap])

    assert page.evaluate("1 + 1") == 2
    skip(page, assignment)


def test_entries_of_history_do_not_hold_the_worker(page: Page, site: Server, victim: User) -> None:
    open_task(page, site, TASK, victim, hits=2)
    before = page.evaluate("history.length")
    task_frame(page).evaluate(
        "for (let i = 0; i < 500; i++) { try { history.pushState(i, '') } catch {} location.hash = i }"
    )
    page.wait_for_timeout(500)
    after = page.evaluate("history.length")
    page.locator("a.brand").click()

    page.wait_for_url(f"{site.url}/")
    expect(page.get_by_role("main")).to_be_visible()
    assert after - before <= 50


def test_a_task_cannot_hold_the_worker_with_a_question(page: Page, site: Server, victim: User) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    nagging = "onbeforeunload = (event) => { event.preventDefault(); return 'Stay!' }"
    open_task(page, site, f"{TASK}<script>{nagging}</script>", victim)
    task_frame(page).locator("[name=word]").click()
    page.locator("a.brand").click()

    page.wait_for_url(f"{site.url}/")
    assert asked in ([], ["beforeunload"])


def test_a_storm_of_dialogs_ends_when_the_worker_leaves(page: Page, site: Server, victim: User) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    assignment = open_task(page, site, TASK, victim, hits=2)
    task_frame(page).evaluate("void setInterval(() => alert('Again'), 200)")
    page.wait_for_timeout(700)

    skip(page, assignment)
    heard = len(asked)
    page.wait_for_timeout(700)
    assert len(asked) == heard > 0
