"""Some of the crowd at a real Chromium: the task is filled in and sent there, by mouse and keys."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kempelen.rehearsal import filling
from kempelen.rehearsal.crowd.answering import Answerer
from kempelen.rehearsal.crowd.hands import MOST_OF_A_FAULT, Identifiers, Worked, fill, is_by_number
from kempelen.rehearsal.crowd.site import Hand, Sent, Site
from kempelen.rehearsal.filling import browser as browsers
from kempelen.toolkit.troubles import Trouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page, Route

_PATIENCE_MS = 60_000
_PRESSES = 6


class InBrowser:
    """Fills in the tasks of the first so many workers in Chromium, those of the others over HTTP.

    The browser has a thread of its own: Playwright may be at work already in the caller's, as in tests.
    """

    def __init__(self, workers: int, identifiers: Identifiers = lambda hit_id: ()) -> None:
        self._workers = workers
        self._identifiers = identifiers
        self._opened: AbstractContextManager[Browser] | None = None
        self._browser: Browser | None = None
        self._thread = ThreadPoolExecutor(max_workers=1)

    def __call__(self, site: Site, hand: Hand, who: Answerer) -> Worked:
        """Open the work page as it is and fill in what its frame shows."""
        if who.number > self._workers:
            return fill(site, hand, who, self._identifiers)
        return self._thread.submit(self._fill, site, hand, who).result()

    def _fill(self, site: Site, hand: Hand, who: Answerer) -> Worked:
        page = self._page_of(site)
        try:
            page.goto(site.work_url(hand), timeout=_PATIENCE_MS)
            frame = _frame_in(page)
            task = browsers.read_in_browser(frame)
            if is_by_number(task):
                task = browsers.read_in_browser(frame, identifiers=self._identifiers(hand.hit_id))
            filled = filling.fill(task, who)
            browsers.fill_in_browser(frame, task, filled)
        except (filling.NoForm, filling.NotTaken, _error()) as problem:
            page.context.close()
            return Worked(fault=_first_line(problem))

        fields = [pair for pair in filled.pairs if pair[0] != "assignmentId"]
        send = partial(_send, page, site, partial(browsers.press_submit, frame, task, filled))
        return Worked(fields, send=lambda: self._thread.submit(send).result())

    def close(self) -> None:
        """Close the browser, if there is one."""
        if self._opened is not None:
            self._thread.submit(self._opened.__exit__, None, None, None).result()
            self._opened = self._browser = None
        self._thread.shutdown()

    def _page_of(self, site: Site) -> "Page":
        """Give a page of a browser that is logged in as the worker is."""
        if self._browser is None:
            self._opened = browsers.chromium()
            try:
                self._browser = self._opened.__enter__()
            except browsers.NoBrowser as problem:
                self._opened = None
                raise Trouble(str(problem)) from problem
        context = self._browser.new_context()
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(site.url))
        context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in site.cookies()])
        return context.new_page()


def _frame_in(page: "Page") -> "Frame":
    found = page.wait_for_selector("task-frame iframe", timeout=_PATIENCE_MS)
    frame = found.content_frame() if found else None
    if frame is None:
        raise Trouble("The work page shows no task.")
    # A frame begins as an empty page, which counts as loaded.
    frame.wait_for_url(lambda url: url != "about:blank", timeout=_PATIENCE_MS)
    return frame


def _send(page: "Page", site: Site, press: Callable[[], None]) -> Sent:
    """Press the button and give what the work page is told, which goes on to another page at once."""
    told: list[Sent] = []

    def pass_on(route: "Route") -> None:
        answer = route.fetch()
        told.append(site.sent(answer.json(), otherwise=f"the server answers {answer.status}"))
        route.fulfill(response=answer)

    page.route("**/work/*/submit/", pass_on)
    try:
        _press_until_sent(page, press)
    except (filling.NoForm, _error()) as problem:
        # A page whose scripts keep the answer back, or that has no button.
        return Sent("refused", _first_line(problem), "")
    finally:
        page.context.close()
    return told[-1]


def _press_until_sent(page: "Page", press: Callable[[], None]) -> None:
    """Press again where nothing happens, as people do: the page's scripts may not have been ready."""
    from playwright.sync_api import TimeoutError as NothingHappened

    for attempt in range(_PRESSES):
        try:
            with page.expect_response(
                lambda answer: answer.url.endswith("/submit/"), timeout=_PATIENCE_MS / _PRESSES
            ):
                press()
        except NothingHappened:
            if attempt == _PRESSES - 1:
                raise
        else:
            return


def _error() -> type[Exception]:
    """Give what Playwright raises: a page that does not come, a field that cannot be used, …"""
    from playwright.sync_api import Error

    return Error


def _first_line(problem: Exception) -> str:
    return str(problem).partition("\n")[0][:MOST_OF_A_FAULT]
