"""What the frame on a worker's or requester's page loads, and what it is allowed to do there.

A HIT shows a template, from our own content path.  Other kinds of question (ExternalQuestion is
somebody else's origin, which gets `allow-same-origin`) become other `Frame`s here.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from kempelen.domain.models import HIT, Assignment
from kempelen.web.content import tokens
from kempelen.web.content.pages import Mode, Task

# The same flags stand in the page's own policy, for when it is opened without the frame.
SANDBOX = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads"


@dataclass(frozen=True)
class Frame:
    """An iframe's address and sandbox flags; shown by `content/_frame.html`."""

    url: str
    sandbox: str = SANDBOX


def preview_frame(request: HttpRequest, hit: HIT) -> Frame:
    """Show a HIT to somebody who has not accepted it."""
    return _template_frame(tokens.Shown("preview", hit.public_id), preview_task(request, hit))


def work_frame(request: HttpRequest, assignment: Assignment) -> Frame:
    """Show an assignment to the worker who has it in hand."""
    return _template_frame(
        tokens.Shown("work", assignment.public_id), assignment_task(request, assignment, "work")
    )


def review_frame(request: HttpRequest, assignment: Assignment) -> Frame:
    """Show an assignment to look at; nothing can be sent from it."""
    return _template_frame(
        tokens.Shown("review", assignment.public_id), assignment_task(request, assignment, "review")
    )


def preview_task(request: HttpRequest, hit: HIT) -> Task:
    """Describe the task of somebody who only looks."""
    return Task("preview", hit.public_id, submit_to=submit_to(request))


def assignment_task(request: HttpRequest, assignment: Assignment, mode: Mode) -> Task:
    """Describe the task of an assignment's worker."""
    return Task(
        mode,
        assignment.hit.public_id,
        submit_to=submit_to(request),
        assignment_id=assignment.public_id,
        worker_id=assignment.worker.public_id,
    )


def submit_to(request: HttpRequest) -> str:
    """Give MTurk's `turkSubmitTo`: our origin as the browser reached it, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def _template_frame(shown: tokens.Shown, task: Task) -> Frame:
    return Frame(f"{reverse('content:page', args=[tokens.make(shown)])}?{task.query}")
