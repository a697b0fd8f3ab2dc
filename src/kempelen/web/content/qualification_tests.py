"""The form of a qualification test, in the frame where all that requesters wrote is shown."""

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kempelen.domain import clock
from kempelen.domain.models import QualificationRequest
from kempelen.domain.questions import form_parts
from kempelen.web import security
from kempelen.web.content import frames, origins, question_forms, tokens
from kempelen.web.content.contained import allow_frame, contained, sandbox_flags
from kempelen.web.content.pages import Task


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


def _say(request: HttpRequest, message: str, *, status: int = 200) -> HttpResponse:
    context = {"title": "Nothing to do here", "message": message}
    return render(request, "content/message.html", context, status=status)
