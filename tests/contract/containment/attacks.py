"""Runs hostile scripts in task pages, and takes walls down to show that the attacks could succeed."""

import json
import re
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from playwright.sync_api import Frame, Page, Request, Route

from kempelen.domain.actions import batches, claims, people
from kempelen.domain.models import Assignment, Batch, HITGroup, User, Worker
from tests.servers import Server
from tests.web.content.tasks import a_group_showing, open_assignment

ELSEWHERE = "http://elsewhere.example"
REFUSED, GOT = "refused", "got"

_TASK_PAGE = re.compile(r"/content/[^/]+/\?")
_RUN = (
    "<script>(async () => { %s })().then((value) => value ?? 'nothing', (error) => String(error))"
    ".then((value) => { document.documentElement.dataset.outcome = JSON.stringify(value); });</script>"
)
# Each probe gives something, or is refused by an exception, or by an answer that never comes.
_PROBES = """
  const probes = { %s };
  const outcome = {};
  for (const [name, probe] of Object.entries(probes)) {
    const never = new Promise((_, refuse) => setTimeout(refuse, 1500));
    try {
      const value = await Promise.race([probe(), never]);
      outcome[name] = value === null || value === undefined || value === "" ? "refused" : "got";
    } catch {
      outcome[name] = "refused";
    }
  }
  return outcome;
"""


def log_in(page: Page, site: Server, user: User) -> Worker:
    """Give the page's browser a session as the site would; the user's worker."""
    client = Client()
    client.force_login(user)
    session = {"value": client.cookies["sessionid"].value, "httpOnly": True}
    # The theme's cookie is one that scripts of ours may read.
    cookies = {"sessionid": session, "kempelen_theme": {"value": "dark"}}
    page.context.add_cookies(
        [{"name": name, "url": site.url, "sameSite": "Lax", **cookie} for name, cookie in cookies.items()]
    )
    return people.worker_of(user)


def open_task(page: Page, site: Server, html: str, user: User, **options: Any) -> Assignment:
    """Log the user in, who has accepted a HIT that shows this template, and open their work page."""
    group: HITGroup = a_group_showing(html, **options)
    assignment = claims.accept_next(log_in(page, site, user), group)
    open_assignment(page, site, assignment)
    return assignment


def task_frame(page: Page) -> Frame:
    """The frame in which the task runs."""
    element = page.wait_for_selector("task-frame iframe")
    assert element
    frame = element.content_frame()
    assert frame
    return frame


def attack(page: Page, site: Server, script: str, user: User, *, html: str = "", **options: Any) -> Any:
    """Open a task that runs the script; what the script returned, or the error that stopped it."""
    open_task(page, site, f"<input name=a value=1>{html}{_RUN % script}", user, **options)
    return outcome(page)


def probe(page: Page, site: Server, probes: Mapping[str, str], user: User) -> dict[str, str]:
    """Open a task that tries each expression: what was got, and what refused."""
    tried = ", ".join(f"{json.dumps(name)}: () => ({text})" for name, text in probes.items())
    found: dict[str, str] = attack(page, site, _PROBES % tried, user)
    return found


def outcome(page: Page) -> Any:
    """Wait for what the task's script returned."""
    text = task_frame(page).locator("html[data-outcome]").get_attribute("data-outcome")
    return json.loads(text or "null")


def published(batch: Batch) -> Batch:
    """The batch when the site's own job has published it: a test that did so would race with that."""
    batches.publish(batch)
    give_up_at = time.monotonic() + 30
    while batch.state != Batch.State.PUBLISHED and time.monotonic() < give_up_at:
        time.sleep(0.1)
        batch.refresh_from_db()
    assert batch.state == Batch.State.PUBLISHED
    return batch


def without_the_sandbox(page: Page) -> None:
    """Take down the wall around task pages: the frame's flags and the page's own policy."""

    def strip_page(route: Route) -> None:
        response = route.fetch()
        body = response.text().replace(" sandbox=", " data-no-sandbox=")
        route.fulfill(response=response, body=body)

    page.context.route("**/work/*/", strip_page)
    page.context.route(_TASK_PAGE, lambda route: without_headers(route, "content-security-policy"))


def without_policy(page: Page, pattern: str) -> None:
    """Take down our own pages' policy against being framed."""
    page.context.route(
        pattern, lambda route: without_headers(route, "content-security-policy", "x-frame-options")
    )


def without_headers(route: Route, *names: str) -> None:
    """Answer as the server does, but for these headers."""
    response = route.fetch()
    kept = {name: value for name, value in response.headers.items() if name not in names}
    route.fulfill(response=response, headers=kept)


def with_script_changed(page: Page, name: str, old: str, new: str) -> None:
    """Take down a wall in a script of ours."""

    def change(route: Route) -> None:
        response = route.fetch()
        body = response.text()
        assert old in body, f"{name} has no {old!r} any more: this test proves nothing"
        route.fulfill(response=response, body=body.replace(old, new))

    page.context.route(f"**/{name}*.js", change)


def an_elsewhere(page: Page, html: str) -> None:
    """Let a page stand on another site, which belongs to the attacker."""
    page.context.route(
        f"{ELSEWHERE}/**", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
    )


def asked_with_cookies(page: Page) -> list[str]:
    """A list that grows with what the task's own frames send to us with the worker's cookies."""
    found: list[str] = []

    def look(request: Request) -> None:
        is_the_tasks = request.frame != page.main_frame
        if is_the_tasks and "/content/" not in urlsplit(request.url).path:
            found.extend([request.url] if "cookie" in request.all_headers() else [])

    page.context.on("requestfinished", look)
    page.context.on("requestfailed", look)  # as what may not be framed ends
    return found
