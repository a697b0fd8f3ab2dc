"""The form of a qualification test, in the frame where all that requesters wrote is shown.

Workers take it there, and members of its requester try it, or look at it while they write it.
"""

from dataclasses import replace

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain import clock
from kempelen.domain.errors import Refusal
from kempelen.domain.models import QualificationRequest, QualificationType, Requester
from kempelen.domain.questions import form_parts
from kempelen.web import security
from kempelen.web.content import frames, origins, question_forms, tokens
from kempelen.web.content.contained import allow_frame, contained
from kempelen.web.content.pages import Task
from kempelen.web.policies import sandbox_flags


def frame_of_test(request: HttpRequest, asked: QualificationRequest) -> frames.Frame:
    """Show a test to the worker who is taking it."""
    requester = asked.qualification_type.requester
    origin = origins.origin_of(requester.public_id) if requester is not None else ""
    security.allow_frame(request, origin, [])
    token = tokens.make_test(asked.public_id, frames.origin_around(request))
    return frames.Frame(f"{origin}{reverse('content:test', args=[token])}", sandbox_flags(origin))


@require_safe
@contained
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the test that the token names, as it was when it was begun, until its time is over."""
    try:
        public_id, around = tokens.read_test(token)
    except BadSignature:
        return _say(request, "This page has been open for too long. Reload it.", status=410)
    asked = get_object_or_404(
        QualificationRequest.objects.select_related("qualification_type__requester"), public_id=public_id
    )
    if asked.qualification_type.requester is not None:
        origins.check_host(request, asked.qualification_type.requester.public_id)
    is_running = asked.status == QualificationRequest.Status.TAKING_TEST
    if not is_running or (asked.deadline_at is not None and asked.deadline_at <= clock.now()):
        return _say(request, "This test is over.")
    task = Task("work", "", submit_to=frames.submit_to(request, around=around))
    response = question_forms.response(form_parts.read(asked.test), task)
    return allow_frame(response, around=around, permissions=[])


def frame_of_draft(request: HttpRequest, requester: Requester) -> frames.DraftFrame:
    """Show the form that a requester's member writes, before it is saved."""
    frame = frames.draft_frame(request, requester, [])
    origin = origins.origin_of(requester.public_id)
    return replace(frame, url=f"{origin}{reverse('content:draft_form')}")


def frame_of_trial(request: HttpRequest, kind: QualificationType) -> frames.Frame:
    """Show a type's test to a member of its requester, who tries it."""
    requester = kind.requester
    origin = origins.origin_of(requester.public_id) if requester is not None else ""
    security.allow_frame(request, origin, [])
    token = tokens.make_trial(kind.public_id, frames.origin_around(request))
    return frames.Frame(f"{origin}{reverse('content:trial', args=[token])}", sandbox_flags(origin))


@require_safe
@contained
def trial(request: HttpRequest, token: str) -> HttpResponse:
    """Show the test of the type that the token names, to fill in and to send nowhere but to its page."""
    try:
        public_id, around = tokens.read_trial(token)
    except BadSignature:
        return _say(request, "This page has been open for too long. Reload it.", status=410)
    kind = get_object_or_404(QualificationType.objects.select_related("requester"), public_id=public_id)
    if kind.requester is not None:
        origins.check_host(request, kind.requester.public_id)
    task = Task("work", "", submit_to=around or frames.submit_to(request))
    return _form(request, kind.test, task, around)


@csrf_exempt
@require_POST
@contained
def draft(request: HttpRequest) -> HttpResponse:
    """Show a form that is not saved (`test`), to look at; for members, by the token of their editor."""
    try:
        right = tokens.read_draft_right(request.POST.get("token", ""))
    except BadSignature:
        return _say(request, "This page has been open for too long. Reload it.", status=410)
    origins.check_host(request, right.requester_id)
    text = request.POST.get("test", "")
    if not text.strip():
        return _say(
            request, "What workers see stands here as soon as there is a question.", title="No test yet"
        )
    task = Task("preview", "", submit_to=right.around or frames.submit_to(request))
    return _form(request, text, task, right.around)


def _form(request: HttpRequest, text: str, task: Task, around: str) -> HttpResponse:
    try:
        form = form_parts.read(text)
    except Refusal as refused:
        why = str(refused).partition("Details: ")[2] or str(refused)
        response = _say(request, why, title="Not ready to be shown")
    else:
        response = question_forms.response(form, task)
    return allow_frame(response, around=around, permissions=[])


def _say(
    request: HttpRequest, message: str, *, title: str = "Nothing to do here", status: int = 200
) -> HttpResponse:
    context = {"title": title, "message": message}
    return render(request, "content/message.html", context, status=status)
