"""Tasks with a given template, in the hands of a browser's own worker."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import FrameLocator, Page

from kempelen.domain.actions import claims, people
from kempelen.domain.models import HIT, Assignment, HITGroup, TemplateVersion
from kempelen.web.worker.identity import COOKIE
from tests.domain.queues import a_group
from tests.servers import Server


def a_group_showing(html: str, *, inputs: Mapping[str, str] | None = None, **options: Any) -> HITGroup:
    """An open group whose HITs show this template; `options` are those of `a_group`."""
    group = a_group(**options)
    hits = HIT.objects.filter(group=group)
    TemplateVersion.objects.filter(hits__in=hits).update(html=html)
    hits.update(inputs=dict(inputs or {}))
    return group


def accept_in(page: Page, site: Server, group: HITGroup, *, accepts_next: bool = True) -> Assignment:
    """Make the page's browser a worker who has accepted the group's first HIT, and wants the next at once."""
    worker, secret = people.new_anonymous_worker()
    people.set_accepts_next(worker, accepts_next=accepts_next)
    page.context.add_cookies([{"name": COOKIE, "value": secret, "url": site.url}])
    return claims.accept_next(worker, group)


def open_work(page: Page, site: Server, html: str, **options: Any) -> tuple[Assignment, FrameLocator]:
    """Open the work page of a HIT with this template; the assignment, and the task's frame."""
    assignment = accept_in(page, site, a_group_showing(html, **options))
    return assignment, open_assignment(page, site, assignment)


def open_assignment(page: Page, site: Server, assignment: Assignment) -> FrameLocator:
    """Open the assignment's work page; gives the task's frame."""
    page.goto(f"{site.url}/work/{assignment.public_id}/")
    return page.frame_locator("task-frame iframe")


def open_preview(page: Page, site: Server, html: str, **options: Any) -> FrameLocator:
    """Open the preview of a HIT with this template; gives the task's frame."""
    hit = HIT.objects.filter(group=a_group_showing(html, **options)).earliest("pk")
    page.goto(f"{site.url}/hits/{hit.public_id}/")
    return page.frame_locator("iframe")


def answers_after_leaving(page: Page, assignment: Assignment) -> Any:
    """Wait until the page has gone on, then give what the server stored."""
    page.wait_for_url(lambda url: assignment.public_id not in url)
    assignment.refresh_from_db()
    return assignment.answers
