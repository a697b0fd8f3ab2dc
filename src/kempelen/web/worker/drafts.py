"""What a worker has entered so far, which the work page sends every few seconds."""

from datetime import datetime, timedelta

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_POST

from kempelen.domain import clock
from kempelen.domain.actions import assignments
from kempelen.domain.errors import InvalidValue
from kempelen.domain.models import Assignment, Worker
from kempelen.web.content import fields
from kempelen.web.received import body_of
from kempelen.web.worker.identity import WorkerRequest

# Older fields were kept in a browser that was offline: another one may have been used meanwhile.
_FRESH = timedelta(seconds=10)
_LONGEST = timedelta(days=400)


@require_POST
def draft(request: WorkerRequest, assignment_id: str) -> JsonResponse:
    """Keep the fields (`{"fields": [[name, value], …]}`), which were entered `?age=` seconds ago.

    The answer's `status` is `kept`, with the moment it was kept `at`; `older` where the worker has kept
    something newer from elsewhere; `over` where the assignment is not in hand any more.
    """
    if request.worker is None:
        raise Http404("There is no such assignment, or it is not yours.")
    sent = fields.from_json(body_of(request))
    if sent is None:
        raise InvalidValue("fields", "A draft has fields.")
    age = _age(request.GET.get("age", ""))
    if age > _FRESH and _kept_at(request.worker, assignment_id) > clock.real_now() - age:
        return JsonResponse({"status": "older"})
    if not assignments.save_draft(request.worker, assignment_id, sent):
        return _not_in_hand(request.worker, assignment_id)
    return JsonResponse({"status": "kept", "at": clock.real_now().isoformat()})


def _age(text: str) -> timedelta:
    try:
        return min(timedelta(seconds=float(text)), _LONGEST)
    except (ValueError, OverflowError):
        return timedelta()


def _kept_at(worker: Worker, assignment_id: str) -> datetime:
    mine = worker.assignments.filter(public_id=assignment_id)
    at = mine.values_list("draft__at", flat=True).first()
    return datetime.fromisoformat(at) if at else datetime.min.replace(tzinfo=clock.real_now().tzinfo)


def _not_in_hand(worker: Worker, assignment_id: str) -> JsonResponse:
    if not Assignment.objects.filter(worker=worker, public_id=assignment_id).exists():
        raise Http404("There is no such assignment, or it is not yours.")
    return JsonResponse({"status": "over"})
