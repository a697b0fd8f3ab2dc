"""What the frame on a worker's or requester's page loads, and what it is allowed to do there.

A template and an HTMLQuestion come from our own content path.  An ExternalQuestion is a page of
somebody else's origin, with MTurk's parameters in its address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from kempelen.domain.models import HIT, Assignment, HITGroup, Project, Requester
from kempelen.domain.questions import documents, external
from kempelen.domain.questions.documents import ExternalQuestion, Question, QuestionForm
from kempelen.web import security
from kempelen.web.content import origins, tokens
from kempelen.web.content.pages import Mode, Task
from kempelen.web.policies import sandbox_flags


@dataclass(frozen=True)
class Frame:
    """An iframe's address, sandbox flags and permissions; shown by `content/_frame.html`."""

    url: str
    sandbox: str
    allow: str = ""
    # In pixels, as a question document may ask for; 0 fits the frame to the window.
    height: int = 0
    # Somebody else's page tells nothing of what is entered in it.
    is_elsewhere: bool = False


@dataclass(frozen=True)
class DraftFrame(Frame):
    """A frame that unsaved templates are posted into, with the token that allows it."""

    token: str = ""

    def file_url(self, path: str) -> str:
        """Give the address of a file of the project, as a page in this frame would ask for it."""
        return self.url + quote(path)


def draft_frame(
    request: HttpRequest, requester: Requester, permissions: Sequence[str], *, project: Project | None = None
) -> DraftFrame:
    """Show what a requester's member writes, before it is saved, with the files of the project."""
    right = tokens.DraftRight(requester.public_id, origin_around(request), list(permissions))
    files = tokens.make_draft_files(requester.public_id, project.number if project else 0)
    origin = origins.origin_of(requester.public_id)
    security.allow_frame(request, origin, permissions, is_posted_to=True)
    return DraftFrame(
        f"{origin}{reverse('content:draft', args=[files])}",
        sandbox_flags(origin),
        "; ".join(permissions),
        token=tokens.make_draft_right(right),
    )


def preview_frame(request: HttpRequest, hit: HIT) -> Frame:
    """Show a HIT to somebody who has not accepted it."""
    shown = tokens.Shown("preview", hit.public_id, origin_around(request))
    return _frame(request, shown, preview_task(request, hit), hit)


def allow_review_frames(request: HttpRequest, group: HITGroup) -> None:
    """Let the page that answers this request show answers of the group in their tasks, once asked to."""
    _content_origin(request, group)


def work_frame(request: HttpRequest, assignment: Assignment) -> Frame:
    """Show an assignment to the worker who has it in hand."""
    return _assignment_frame(request, assignment, "work")


def review_frame(request: HttpRequest, assignment: Assignment) -> Frame:
    """Show an assignment to look at; nothing can be sent from it."""
    return _assignment_frame(request, assignment, "review")


def correct_frame(request: HttpRequest, assignment: Assignment) -> Frame:
    """Show an assignment to the worker who may correct its answer."""
    return _assignment_frame(request, assignment, "correct")


def preview_task(request: HttpRequest, hit: HIT, *, around: str = "") -> Task:
    """Describe the task of somebody who only looks."""
    return Task("preview", hit.public_id, submit_to=submit_to(request, around=around))


def assignment_task(request: HttpRequest, assignment: Assignment, mode: Mode, *, around: str = "") -> Task:
    """Describe the task of an assignment's worker."""
    return Task(
        "work" if mode == "correct" else mode,
        assignment.hit.public_id,
        submit_to=submit_to(request, around=around),
        assignment_id=assignment.public_id,
        worker_id=assignment.worker.public_id,
    )


def submit_to(request: HttpRequest, *, around: str = "") -> str:
    """Give MTurk's `turkSubmitTo`: our address as the browser reached it, without a slash at its end.

    `around` is the origin of the page around a task that comes from another host.
    """
    return (around or _own_origin(request)) + str(settings.KEMPELEN_PREFIX)


def _own_origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _assignment_frame(request: HttpRequest, assignment: Assignment, mode: Mode) -> Frame:
    shown = tokens.Shown(mode, assignment.public_id, origin_around(request))
    assignment.hit.group = assignment.group
    return _frame(request, shown, assignment_task(request, assignment, mode), assignment.hit)


def _frame(request: HttpRequest, shown: tokens.Shown, task: Task, hit: HIT) -> Frame:
    question = question_of(hit)
    if isinstance(question, ExternalQuestion):
        # A page that only looks back must not take itself for the work.
        return _external_frame(
            request, question, preview_task(request, hit) if shown.mode == "review" else task
        )
    height = 0 if question is None or isinstance(question, QuestionForm) else question.frame_height
    return _content_frame(request, shown, task, hit.group, height)


def question_of(hit: HIT) -> Question | None:
    """Read the HIT's question document; None for a HIT that shows a template."""
    return documents.read(hit.question) if hit.template_version_id is None else None


def _external_frame(request: HttpRequest, question: ExternalQuestion, task: Task) -> Frame:
    """Show somebody else's page, which may have its own cookies and storage; a page of ours has none."""
    for shown in external.shown_by(question.url):
        security.allow_frame(request, shown, [])
    own_origin = "" if origins.is_ours(request, question.url) else "its own"
    return Frame(
        external.with_parameters(question.url, task.query),
        sandbox_flags(own_origin),
        height=question.frame_height,
        is_elsewhere=True,
    )


def _content_frame(
    request: HttpRequest, shown: tokens.Shown, task: Task, group: HITGroup, height: int
) -> Frame:
    origin = _content_origin(request, group)
    url = f"{origin}{reverse('content:page', args=[tokens.make(shown)])}?{task.query}"
    return Frame(url, sandbox_flags(origin), "; ".join(group.permissions), height)


def _content_origin(request: HttpRequest, group: HITGroup) -> str:
    """Give where the group's task pages come from, and let the page around show a frame from there."""
    # Whose it is costs a query, and says nothing new where all task pages come from here.
    origin = origins.origin_of(group.requester.public_id) if settings.KEMPELEN_CONTENT_ORIGIN else ""
    security.allow_frame(request, origin, group.permissions)
    return origin


def origin_around(request: HttpRequest) -> str:
    """Give our own origin where task pages have others, which then cannot tell; else nothing."""
    return _own_origin(request) if settings.KEMPELEN_CONTENT_ORIGIN else ""
