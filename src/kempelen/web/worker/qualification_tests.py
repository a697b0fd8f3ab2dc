"""The page on which a worker takes a qualification test: its form in a frame, and the time that is left."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain.actions import qualification_tests
from kempelen.domain.errors import NotFound
from kempelen.domain.models import Qualification, QualificationRequest, Worker
from kempelen.web.content import fields
from kempelen.web.content.qualification_tests import frame_of_test
from kempelen.web.received import body_of
from kempelen.web.worker.identity import WorkerRequest

_Status = QualificationRequest.Status
_LATE = "The time for this test was over, so your answers do not count."


@require_safe
@never_cache
def test(request: WorkerRequest, request_id: str) -> HttpResponse:
    """Show the test while its time lasts; of one that is over, what became of it."""
    asked = qualification_tests.request_of(_worker(request, request_id), request_id)
    kind = asked.qualification_type
    if asked.status != _Status.TAKING_TEST:
        return redirect("worker:qualification", kind.public_id)
    context = {"asked": asked, "kind": kind, "frame": frame_of_test(request, asked)}
    return render(request, "worker/test.html", context)


@require_POST
def submit(request: WorkerRequest, request_id: str) -> JsonResponse:
    """Store the answers (`{"fields": [[name, value], …]}`), once; with null it only asks how the test stands.

    Answers that the test does not take are refused, with what is wrong with each (kempelen.web.refusals).
    """
    sent, worker = fields.from_json(body_of(request)), _worker(request, request_id)
    if sent is None:
        return _standing(request, qualification_tests.request_of(worker, request_id))
    asked = qualification_tests.submit(worker, request_id, fields.answers_of(sent))
    return _standing(request, asked)


def _worker(request: WorkerRequest, request_id: str) -> Worker:
    if request.worker is None:
        raise NotFound("qualification request", request_id)
    return request.worker


def _standing(request: HttpRequest, asked: QualificationRequest) -> JsonResponse:
    """Tell the test's page what is true, and where to go from it."""
    if asked.status == _Status.TAKING_TEST:
        return JsonResponse({"status": "open", "message": "", "next": ""})
    next_page = reverse("worker:qualification", args=[asked.qualification_type.public_id])
    if asked.status == _Status.ABANDONED:
        return JsonResponse({"status": "late", "message": _LATE, "next": next_page})
    if asked.submitted_at is None:
        message = asked.reason or "The requester has ended this test."
        return JsonResponse({"status": "refused", "message": message, "next": next_page})
    messages.success(request, _outcome(asked))
    return JsonResponse({"status": "submitted", "message": "Sent.", "next": next_page})


def _outcome(asked: QualificationRequest) -> str:
    kind = asked.qualification_type
    if asked.status != _Status.GRANTED:
        return f"Sent. {kind.requester} looks at your answers."
    held = Qualification.objects.filter(worker=asked.worker, qualification_type=kind).first()
    value = "" if held is None or held.value is None else f": {held.value:,}"
    return f"Your test is scored{value}."
