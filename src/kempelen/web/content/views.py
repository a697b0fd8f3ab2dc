"""Task pages: a HIT's, an assignment's, and a requester's unsaved template with a row of values."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.conf import settings
from django.core.signing import BadSignature
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain.actions.assignments import may_correct
from kempelen.domain.batches import filling
from kempelen.domain.errors import DocumentRefused
from kempelen.domain.models import HIT, Assignment
from kempelen.domain.prepared import Prepared, Slot
from kempelen.domain.queries import tasks
from kempelen.domain.questions import form_parts
from kempelen.domain.questions.documents import HTMLQuestion, QuestionForm
from kempelen.web.content import (
    crowd,
    entered,
    frames,
    origins,
    pages,
    question_forms,
    sources,
    stand_ins,
    tokens,
)
from kempelen.web.content.contained import allow_frame, contained
from kempelen.web.received import row_in

# What the project of a batch's HITs says; None for those that programs made.
_SUBSTITUTES = "substitutes_known_urls"
_HIT = Prepared(
    lambda: (
        HIT.objects.filter(public_id=Slot("id"))
        .select_related("template_version", "group")
        .annotate(**{_SUBSTITUTES: F(f"group__batch__project__{_SUBSTITUTES}")})
    )
)
_ASSIGNMENT = Prepared(
    lambda: (
        Assignment.objects.filter(public_id=Slot("id"))
        .select_related("worker", "group", "hit__template_version")
        .annotate(**{_SUBSTITUTES: F(f"group__batch__project__{_SUBSTITUTES}")})
        .defer("answers", "draft", "feedback")
    )
)
Thing = TypeVar("Thing")
# What a page is opened for that begins with what has been sent.
_AS_ENTERED = ("review", "correct")


@require_safe
@contained
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the task page that the token names."""
    try:
        shown = tokens.read(token)
    except BadSignature:
        return _say(request, "This page has been open for too long. Reload it.", status=410)
    if shown.mode == "preview":
        hit = _found(_HIT.first(id=shown.public_id))
        task = frames.preview_task(request, hit, around=shown.around)
        return _task_page(request, hit, _as_its_project_says(task, hit), shown)
    assignment = _found(_ASSIGNMENT.first(id=shown.public_id))
    assignment.hit.group = assignment.group
    if shown.mode == "work" and assignment.status not in (
        Assignment.Status.ACCEPTED,
        Assignment.Status.ABANDONED,
    ):
        return _say(request, f"This HIT is no longer yours to do: it is {assignment.status.lower()}.")
    if shown.mode == "correct" and not may_correct(assignment):
        return _say(request, "This answer can no longer be corrected.")
    task = frames.assignment_task(request, assignment, shown.mode, around=shown.around)
    return _task_page(request, assignment.hit, _as_its_project_says(task, assignment), shown, assignment)


@csrf_exempt
@require_POST
@contained
def draft(request: HttpRequest, files: str) -> HttpResponse:
    """Show a template that is not saved (`html`), filled with a row (`values`, a JSON object).

    For requesters' members: what anybody could have shown under our name would be an open door.  Their
    editor has a token for it, since no cookie of ours reaches the hosts of task pages.

    `files` stands in the address for what the page loads from below it (`project_files`).
    """
    try:
        right = tokens.read_draft_right(request.POST.get("token", ""))
    except BadSignature:
        return _say(request, "This page has been open for too long. Reload it.", status=410)
    origins.check_host(request, right.requester_id)
    # The editor's form has a box for it, which is not sent when it is empty.
    has_copies = "asks_known_urls" not in request.POST or _SUBSTITUTES in request.POST
    submit_to = frames.submit_to(request, around=right.around)
    task = pages.Task("preview", "", submit_to=submit_to, has_local_copies=has_copies)
    row = row_in(request.POST.get("values", "")) or {}
    html, language = request.POST.get("html", ""), request.POST.get("language", "")
    address = settings.KEMPELEN_S3_ADDRESS
    response = _filled_page(
        request, html, lambda: filling.page_of(html, row, language=language, s3_address=address), task
    )
    return allow_frame(response, around=right.around, permissions=right.permissions)


def no_task_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer on the hosts of task pages for whatever is no task page."""
    return contained(_no_task_here)(request)


def server_failed(request: HttpRequest) -> HttpResponse:
    """Answer there after a fault of ours."""
    return HttpResponse("The server failed. Reload the page.", status=500, content_type="text/plain")


def _no_task_here(request: HttpRequest) -> HttpResponse:
    return _say(request, "There is no task at this address.", status=404)


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404("What this page showed is gone.")
    return thing


def _task_page(
    request: HttpRequest,
    hit: HIT,
    task: pages.Task,
    shown: tokens.Shown,
    assignment: Assignment | None = None,
) -> HttpResponse:
    if settings.KEMPELEN_CONTENT_ORIGIN:
        origins.check_host(request, hit.group.requester.public_id)
    question = frames.question_of(hit)
    if isinstance(question, HTMLQuestion):
        response = _whole_page(request, question.html, task)
    elif hit.template_version is not None:
        version, row = hit.template_version, hit.inputs or {}
        response = _filled_page(request, version.html, lambda: tasks.page_of(version, row), task)
    elif isinstance(question, QuestionForm):
        response = _form_page(request, hit, task, assignment if shown.mode in _AS_ENTERED else None)
    else:
        response = _say(request, "This task is a page of its requester’s own site.")
    return allow_frame(response, around=shown.around, permissions=hit.group.permissions)


def _filled_page(request: HttpRequest, html: str, fill: Callable[[], str], task: pages.Task) -> HttpResponse:
    try:
        page = fill()
    except filling.TemplateTrouble as trouble:
        message = (
            f"Its template cannot be filled with its row: {trouble}. "
            "Workers: please return the HIT. Requesters: look at the template and at this row of its file."
        )
        return _say(request, message, title="This task cannot be shown")
    return _whole_page(request, page, task)


def _whole_page(request: HttpRequest, html: str, task: pages.Task) -> HttpResponse:
    return HttpResponse(pages.page(html, task, _ours(request, task)))


def _form_page(request: HttpRequest, hit: HIT, task: pages.Task, sent: Assignment | None) -> HttpResponse:
    """Show a QuestionForm, with what has been sent if there is anything; drafts come from the page around."""
    try:
        form = form_parts.read(hit.question)
    except DocumentRefused as refusal:  # taken by an earlier version, which looked less closely
        return _say(request, title="This form cannot be shown", message=str(refusal))
    return question_forms.response(form, task, fields=None if sent is None else entered.fields_of(sent))


def _as_its_project_says(task: pages.Task, found: HIT | Assignment) -> pages.Task:
    # HITs that programs made have no project: the server's setting alone counts.
    return replace(task, has_local_copies=getattr(found, _SUBSTITUTES) is not False)


def _ours(request: HttpRequest, task: pages.Task) -> pages.Ours:
    has_copies = settings.KEMPELEN_LOCAL_COPIES and task.has_local_copies
    return pages.Ours(
        runtime=sources.runtime(),
        exchange=sources.source("stand-ins.js"),
        external_hit=sources.source("externalHIT_v1.js"),
        style=sources.source("page.css"),
        external_hit_url=request.build_absolute_uri(static("kempelen/content/externalHIT_v1.js")),
        crowd_url=crowd.script_url(request),
        stand_ins_url=stand_ins.address(request) if has_copies else "",
    )


def _say(
    request: HttpRequest, message: str, *, title: str = "Nothing to do here", status: int = 200
) -> HttpResponse:
    """Show a sentence where a task would be, never a blank frame."""
    return render(request, "content/message.html", {"title": title, "message": message}, status=status)
