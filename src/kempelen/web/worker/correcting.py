"""Correcting an answer that is sent: the task opens as it was filled in, and what is sent replaces it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kempelen.domain.actions import assignments
from kempelen.domain.models import Assignment
from kempelen.web.content import entered, fields
from kempelen.web.content.frames import correct_frame
from kempelen.web.received import body_of
from kempelen.web.worker.doors import assignment_of
from kempelen.web.worker.identity import WorkerRequest

_NOT_THIS_WAY = (
    "This task sends its answer in a way that cannot be corrected; what you sent first still counts."
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def correct(request: WorkerRequest, assignment_id: str) -> HttpResponse:
    """Show the task with the worker's answer in it; a POST of the frame around it stores another."""
    assignment = assignment_of(request, assignment_id)
    if request.method == "POST":
        return _store(request, assignment)
    if not assignments.may_correct(assignment):
        messages.info(request, "This answer can no longer be corrected.")
        return redirect("worker:answer", assignment.public_id)
    context = {
        "assignment": assignment,
        "hit": assignment.hit,
        "kept": {"fields": entered.fields_of(assignment)},
        "frame": correct_frame(request, assignment),
        "file_limit": settings.KEMPELEN_FILE_LIMIT,
    }
    return render(request, "worker/correct.html", context)


def _store(request: WorkerRequest, assignment: Assignment) -> JsonResponse:
    """Answer the frame as the work page's submit does; a refusal has a `message` too (kempelen.web.refusals).

    The frame sends null for fields where the task sent its answer by MTurk's own way, which stores an
    answer once and corrects none.
    """
    sent = fields.from_json(body_of(request))
    page = reverse("worker:answer", args=[assignment.public_id])
    if sent is None:
        return JsonResponse({"status": "refused", "message": _NOT_THIS_WAY, "next": page})
    assignments.correct(assignment.worker, assignment.public_id, fields.answers_of(sent))
    messages.success(request, "Corrected. The requester sees this answer, and the earlier one beside it.")
    return JsonResponse({"status": "submitted", "message": "Corrected.", "next": page})
