"""A real Chromium: one per process, a fresh context for each visitor."""

import contextlib
import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright

from tests import programs

FLAGS = (
    "--no-sandbox",  # root cannot use it, and only our own pages are visited
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # No network beyond our servers: a name that exists nowhere is known at once to exist nowhere, also where
    # nobody answers questions about names, and no page leans on what somebody else serves.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
)
# A loaded machine is no fault of the page's.
PATIENCE_MS = 30_000
SERIOUS = {"serious", "critical"}
RESULTS = Path("test-results")
_ANSWERS = re.compile(
    r"Failed to load resource|Response Status Error|htmx:(sendError|afterRequest|responseError)"
)
SECONDS_AT_MOST = 240
# Chromium ignores it; by it the one that this process started is told from others.
_MARK = f"--tests-of-process={os.getpid()}."
_PAGES = pytest.StashKey[list[Page]]()
# What moves for a while is looked at when it has come to rest: a colour half faded in has no contrast.
_AT_REST = """() => Promise.allSettled(document.getAnimations()
    .filter((moving) => Number.isFinite(moving.effect.getComputedTiming().endTime))
    .map((moving) => moving.finished))"""

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def _running_browser() -> Iterator[Callable[[], Browser]]:
    """A function that gives the Chromium of this process; a new one after a crash."""
    program = programs.chromium()
    assert program, "Chromium is missing: `make test` installs it, as does python -m tools.prepare_tests"
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    started: list[Browser] = []
    with sync_playwright() as playwright:

        def running_browser() -> Browser:
            if not started or not started[-1].is_connected():
                started.append(playwright.chromium.launch(executable_path=program, args=[*FLAGS, _MARK]))
            return started[-1]

        yield running_browser
        for browser in started:
            browser.close()


@pytest.fixture
def browser(_running_browser: Callable[[], Browser]) -> Iterator[Browser]:
    """The Chromium of this process; it is ended if a test holds it for minutes, so that the run goes on.

    Some of Playwright's calls, such as closing, wait for ever for a browser that does not answer.
    """
    watch = threading.Timer(SECONDS_AT_MOST, _end_browser)
    watch.daemon = True
    watch.start()
    yield _running_browser()
    watch.cancel()


def _end_browser() -> None:
    subprocess.run(["pkill", "-9", "-f", "--", _MARK], check=False)


@pytest.fixture
def new_visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """A function that opens a browser of its own: another person, with other cookies.

    Takes Playwright's options for a context, such as `viewport` or `color_scheme`.
    """
    pages = request.node.stash.setdefault(_PAGES, [])

    def open_browser(**options: Any) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1200, "height": 800}} | options))
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        pages.append(page)
        return page

    yield open_browser
    for page in pages:
        with contextlib.suppress(Error):  # a task may have crashed the whole browser
            page.context.close()


@pytest.fixture
def page(new_visitor: Callable[..., Page]) -> Iterator[Page]:
    """A visitor's page; the test fails if a script of ours does, or if the browser complains of our page."""
    page = new_visitor()
    faults = faults_on(page)
    yield page
    assert not faults, "\n".join(faults)


def faults_on(page: Page) -> list[str]:
    """A list that grows with each fault of our scripts, and with what the console has against our own pages.

    Answers such as 404 and 409 are asked for by tests, and a network is lost on purpose.
    """
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        is_ours = "/content/" not in message.location.get("url", "")
        if is_ours and message.type in ("error", "warning") and not _ANSWERS.match(message.text):
            faults.append(message.text)

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", heard)
    return faults


def assert_accessible(page: Page) -> None:
    """Fail with what axe finds that keeps people from using the page."""
    page.evaluate(_AT_REST)
    # Not into frames: tasks have tests of their own, and axe would call to them across their sandbox.
    found = Axe().run(page, options={"iframes": False}).response["violations"]
    assert not (
        serious := [
            f"{violation['id']}: {violation['help']}: "
            + "; ".join(node["html"][:200] for node in violation["nodes"])
            for violation in found
            if violation["impact"] in SERIOUS
        ]
    ), f"{page.url}\n" + "\n".join(serious)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keep a picture of each page of a test that failed."""
    report: Any = yield
    if report.when == "call" and report.failed:
        for number, page in enumerate(item.stash.get(_PAGES, [])):
            if not page.is_closed():
                name = re.sub(r"[^\w.-]+", "-", item.nodeid)
                # A page whose task never ends has no picture, and must not end the whole run.
                with contextlib.suppress(Error):
                    page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True, timeout=5000)
    return report
