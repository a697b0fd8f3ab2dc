"""Storms of windows and of files: the browser's own blocker stands, which tests usually switch off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kempelen.domain.models import User
from tests import programs
from tests.browser import FLAGS, PATIENCE_MS
from tests.contract.containment.attacks import open_task, task_frame
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.proof]

TASK = "<input name=word value=knight><button type=button id=go>Go</button>"
STORM = "for (let i = 0; i < 30; i++) open('about:blank')"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor whose browser blocks windows that nobody asked for, as browsers do."""
    blocking = browser.browser_type.launch(
        executable_path=programs.chromium(),
        args=list(FLAGS),
        ignore_default_args=["--disable-popup-blocking"],
    )
    page = blocking.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    blocking.close()


def test_no_window_opens_by_itself(page: Page, site: Server, victim: User) -> None:
    open_task(page, site, f"{TASK}<script>{STORM}; setInterval(() => {{ {STORM} }}, 100)</script>", victim)
    page.wait_for_timeout(1000)

    assert len(page.context.pages) == 1


def test_a_press_does_not_open_many_windows(page: Page, site: Server, victim: User) -> None:
    open_task(page, site, TASK, victim)
    frame = task_frame(page)
    frame.evaluate(f"go.onclick = () => {{ {STORM} }}")
    frame.locator("#go").click()
    page.wait_for_timeout(1000)

    assert 2 <= len(page.context.pages) <= 4


def test_a_storm_of_files_does_not_touch_our_page(page: Page, site: Server, victim: User) -> None:
    open_task(page, site, TASK, victim)
    task_frame(page).evaluate(
        "for (let i = 0; i < 100; i++) Object.assign(document.createElement('a'),"
        " {href: URL.createObjectURL(new Blob(['x'.repeat(1e5)])), download: i + '.exe'}).click()"
    )
    page.wait_for_timeout(500)
    page.locator("a.brand").click()

    page.wait_for_url(f"{site.url}/")
    expect(page.get_by_role("main")).to_be_visible()
