"""An example's whole way: published, done by a worker in a browser, found in the results.

`how to do it` is all that differs: a function that fills the task as a person would, and the answer
columns that the requester's CSV then has.
"""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.test import Client
from playwright.sync_api import ConsoleMessage, Frame, Page, Request, Response

from kempelen import examples
from kempelen.domain.actions import batches, claims, people, projects, publishing
from kempelen.domain.models import Assignment, Audience, Batch, QueueOrder
from kempelen.examples import Example, made
from kempelen.web.worker.identity import COOKIE
from tests.browser import assert_accessible
from tests.factories import a_requester, group_of, owner_of
from tests.servers import Server
from tests.web.content.tasks import answers_after_leaving, open_assignment

_PHONE_WIDTH = 390
_FITS = "document.documentElement.scrollWidth <= innerWidth"


@dataclass(frozen=True)
class How:
    """How a task is done, and the columns `Answer.…` that come of it, without that beginning.

    `checks` look at columns that are no text for people, such as a mask's.
    """

    fill: Callable[[Frame], None]
    columns: Mapping[str, str]
    checks: Mapping[str, Callable[[str], None]] = field(default_factory=dict)


def do(slug: str, how: How, page: Page, site: Server) -> None:
    """Publish the example, do its first HIT, look at the results; also by axe, in the dark and on a phone."""
    example = examples.example(slug)
    batch = published(example)
    faults = faults_in(page)
    assignment = accepted(page, site, batch)
    task = frame_of(page, site, assignment)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(task)
    must_fit_a_phone(page, task)
    how.fill(task)
    task.get_by_role("button", name="Submit", exact=True).click()
    answers_after_leaving(page, assignment)

    row = results_of(batch)
    with example.rows.open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert {name: value for name, value in row.items() if name.startswith("Input.")} == named("Input", first)
    answers = {name: value for name, value in row.items() if name.startswith("Answer.")}
    for name, check in how.checks.items():
        check(answers.pop(f"Answer.{name}"))
    assert answers == named("Answer", how.columns)
    assert not faults


def published(example: Example) -> Batch:
    """A batch of all the example's rows, open to anybody; the first is given out first."""
    project = made.project(a_requester("Ada"), example)
    projects.update_project(project, audience=Audience.ANONYMOUS, queue_order=QueueOrder.OLDEST)
    batch = made.upload(project, example)
    # At once, before the server beside the test sees that there is something to publish.
    with transaction.atomic():
        batches.publish(batch)
        return publishing.publish_now(batch.pk)


def accepted(page: Page, site: Server, batch: Batch) -> Assignment:
    """The batch's first HIT in the hands of the browser's own worker."""
    worker, secret = people.new_anonymous_worker()
    people.set_accepts_next(worker, accepts_next=False)
    page.context.add_cookies([{"name": COOKIE, "value": secret, "url": site.url}])
    return claims.accept_next(worker, group_of(batch))


def frame_of(page: Page, site: Server, assignment: Assignment) -> Frame:
    """The task on its work page, once its scripts run and its pictures are there."""
    locator = open_assignment(page, site, assignment)
    locator.get_by_role("button", name="Submit", exact=True).wait_for()
    frame = locator.owner.element_handle().content_frame()
    assert frame
    frame.wait_for_load_state("load")
    frame.wait_for_function("[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    return frame


def must_fit_a_phone(page: Page, task: Frame) -> None:
    """Look at the task on a narrow screen, which must not scroll sideways."""
    size = page.viewport_size
    assert size
    page.set_viewport_size({"width": _PHONE_WIDTH, "height": 780})
    task.wait_for_function(f"innerWidth <= {_PHONE_WIDTH}")
    assert task.evaluate(_FITS), "It is wider than a phone."
    page.set_viewport_size(size)
    task.wait_for_function(f"innerWidth > {_PHONE_WIDTH}")


def faults_in(page: Page) -> list[str]:
    """A list that grows with each script that fails, and with each file that is not there."""
    faults: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            faults.append(message.text)

    def failed(request: Request) -> None:
        # A player may stop loading what it has enough of.
        if request.failure != "net::ERR_ABORTED":
            faults.append(f"{request.url}: {request.failure}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            faults.append(f"{response.url}: {response.status}")

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", said)
    page.on("requestfailed", failed)
    page.on("response", answered)
    return faults


def results_of(batch: Batch) -> dict[str, str]:
    """The only row of the batch's results, as the requester downloads them."""
    client = Client()
    client.force_login(owner_of(batch.requester))
    answer = client.get(f"/r/{batch.requester.slug}/batches/{batch.number}/results.csv")
    text = b"".join(answer).decode()
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    return {name: value or "" for name, value in row.items()}


def named(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """The values under the names of their columns in the CSV."""
    return {f"{kind}.{name}": value for name, value in values.items()}


def choosing(*names: str) -> Callable[[Frame], None]:
    """A way to do tasks of radio buttons: choose those of these names, one after the other."""

    def fill(task: Frame) -> None:
        for name in names:
            task.get_by_role("radio", name=name, exact=True).check()

    return fill
