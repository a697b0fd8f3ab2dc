"""The server's pages as a worker goes through them: what is pressed there, and what is to be read on them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, quote_plus, urljoin, urlsplit

from kempelen.rehearsal.crowd.browsers import Browser, Page, pairs_as_json

_FRAME = re.compile(r'<iframe class="workframe" src="([^"]+)"')
_GROUP = re.compile(r"/groups/([A-Za-z0-9]+)/(accept/)?")
_HIT = re.compile(r"/hits/([A-Za-z0-9]+)/accept/")
_WAY = re.compile(r'href="([^"]*/qualifications/([A-Za-z0-9]+)/)"')
_ASK = re.compile(r'action="([^"]*/qualifications/[A-Za-z0-9]+/ask/)"')
_SUBMIT_TEST = re.compile(r'submit-url="([^"]*/tests/[A-Za-z0-9]+/submit/)"')
_PAGES = 40


@dataclass(frozen=True)
class Hand:
    """An assignment in hand, as the work page has it: its ids, and the task's own page."""

    assignment_id: str
    hit_id: str
    worker_id: str
    frame_url: str


@dataclass(frozen=True)
class Sent:
    """What became of an answer: `submitted`, `late`, `refused`, …; and where the page goes from there."""

    status: str
    message: str
    next: str


class Refused(Exception):
    """The server does not let a worker do this; `str()` is what the page says, in short."""


class Site:
    """One worker on a server."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._path = urlsplit(browser.url).path
        self.url = browser.url

    def log_in(self, link: str) -> None:
        """Open a log-in link and press its button."""
        parts = urlsplit(link)
        self._browser.get(parts.path)
        page = self._browser.press(parts.path)
        if page.status != 200:
            raise Refused(f"the log-in link answers {page.status}")

    def groups(self, search: str = "") -> dict[str, bool]:
        """Give the groups with work, by id; whether the worker may accept it."""
        found: dict[str, bool] = {}
        for number in range(1, _PAGES + 1):
            page = self._browser.get(f"{self._path}/?q={quote_plus(search)}&page={number}")
            for group_id, accept in _GROUP.findall(page.text):
                found[group_id] = found.get(group_id, False) or bool(accept)
            if f"page={number + 1}" not in page.text:
                break
        return found

    def preview_next(self, group_id: str) -> str | None:
        """Look at the HIT that would come next, with its task; gives its id, or None if there is none."""
        page = self._browser.get(f"{self._path}/groups/{group_id}/preview/")
        found = _HIT.search(page.text)
        if found is None:
            return None
        if frame := self._frame_of(page):
            self._browser.elsewhere(frame)
        return found[1]

    def accept(self, hit_id: str) -> Hand | None:
        """Accept a HIT; None where it is gone."""
        return self._hand_on(self._browser.press(f"{self._path}/hits/{hit_id}/accept/"))

    def accept_next(self, group_id: str) -> Hand | None:
        """Accept what comes next in the group; None where nothing is left."""
        return self._hand_on(self._browser.press(f"{self._path}/groups/{group_id}/accept/"))

    def open(self, path: str) -> Hand | None:
        """Open a work page; None where it shows no work any more."""
        return self._hand_on(self._browser.get(path))

    def task_page(self, hand: Hand) -> Page:
        """Load what the frame shows."""
        return self._browser.elsewhere(hand.frame_url)

    def submit(self, hand: Hand, fields: Sequence[tuple[str, str]]) -> Sent:
        """Send the fields of the task's form."""
        where = f"{self._path}/work/{hand.assignment_id}/submit/"
        page = self._browser.send(where, pairs_as_json(fields))
        return self.sent(page.json, otherwise=f"the server answers {page.status}")

    def sent(self, said: Mapping[str, Any], *, otherwise: str = "") -> Sent:
        """Read what the work page is told of an answer."""
        status = str(said.get("status") or "refused")
        return Sent(status, str(said.get("message") or otherwise), str(said.get("next") or ""))

    def work_url(self, hand: Hand) -> str:
        """Give the address of the work page."""
        return f"{self.url}/work/{hand.assignment_id}/"

    def cookies(self) -> list[tuple[str, str]]:
        """Give what keeps the worker logged in, by name."""
        return self._browser.cookies()

    def submit_form(self, hand: Hand, body: bytes, kind: str) -> Sent:
        """Send a form with files by MTurk's own way, as a page without scripts; then ask how it stands."""
        self._browser.post_elsewhere(f"{self._browser.url}/mturk/externalSubmit", body, kind)
        page = self._browser.send(f"{self._path}/work/{hand.assignment_id}/submit/", {"fields": None})
        return self.sent(page.json, otherwise=f"the server answers {page.status}")

    def give_back(self, hand: Hand) -> None:
        """Return the HIT."""
        self._browser.press(f"{self._path}/work/{hand.assignment_id}/return/")

    def skip(self, hand: Hand) -> Hand | None:
        """Put the HIT off; gives the next one, which the server accepts at once, if there is another."""
        return self._hand_on(self._browser.press(f"{self._path}/work/{hand.assignment_id}/skip/"))

    def go_on_by_itself(self, *, on: bool) -> None:
        """Tick or untick “Auto-accept next HIT”."""
        self._browser.press(f"{self._path}/auto-accept/", {"accepts_next": "on"} if on else {})

    def live_in(self, country: str) -> None:
        """Say on the preferences page where one is."""
        self._browser.press(
            f"{self._path}/preferences/", {"language": "browser", "uses_shortcuts": "on", "country": country}
        )

    def qualifications_to_get(self, group_id: str) -> list[str]:
        """Give the pages of qualifications that the group requires and that can be asked for."""
        page = self._browser.get(f"{self._path}/groups/{group_id}/")
        return list(dict.fromkeys(unescape(path) for path, _ in _WAY.findall(page.text)))

    def ask_for(self, qualification: str) -> tuple[str, str] | None:
        """Ask for a qualification; of one with a test, where its answers go and its page, else None."""
        offered = _ASK.search(self._browser.get(qualification).text)
        if offered is None:
            return None
        page = self._browser.press(unescape(offered[1]))
        submit, frame = _SUBMIT_TEST.search(page.text), self._frame_of(page)
        return (unescape(submit[1]), frame) if submit and frame else None

    def test_page(self, frame_url: str) -> Page:
        """Load the questions of a test."""
        return self._browser.elsewhere(frame_url)

    def submit_test(self, where: str, fields: Sequence[tuple[str, str]]) -> str:
        """Send a test's answers; gives how it then stands."""
        return str(self._browser.send(where, pairs_as_json(fields)).json.get("status") or "refused")

    def _hand_on(self, page: Page) -> Hand | None:
        frame = self._frame_of(page)
        if frame is None or "/work/" not in page.path:
            return None
        told = parse_qs(urlsplit(frame).query)
        assignment_id = page.path.partition("/work/")[2].strip("/")
        return Hand(assignment_id, _first(told, "hitId"), _first(told, "workerId"), frame)

    def _frame_of(self, page: Page) -> str | None:
        found = _FRAME.search(page.text)
        return urljoin(f"{self._browser.url}/", unescape(found[1])) if found else None


def _first(told: dict[str, list[str]], name: str) -> str:
    return told.get(name, [""])[0]
