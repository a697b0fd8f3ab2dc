"""Looking at a HIT before accepting it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kempelen.domain import clock
from kempelen.domain.models import HIT, Assignment
from kempelen.web.content import frames
from kempelen.web.ui.respond import respond
from kempelen.web.worker import doors
from kempelen.web.worker.identity import WorkerRequest


@require_safe
def preview(request: WorkerRequest, hit_id: str) -> HttpResponse:
    """Show the task, which cannot be submitted; what the worker has or did already opens as such."""
    hit = doors.hit_of(request, hit_id)
    if request.worker is not None:
        mine = hit.assignments.filter(worker=request.worker, status__in=Assignment.LIVE_OR_DONE).first()
        if mine is not None:
            page = "worker:work" if mine.status == Assignment.Status.ACCEPTED else "worker:answer"
            return redirect(page, mine.public_id)
    return respond(
        request,
        "worker/preview.html",
        hit=hit,
        group=hit.group,
        frame=frames.preview_frame(request, hit),
        unavailable=_why_not(hit),
    )


def _why_not(hit: HIT) -> str:
    """Say why the HIT cannot be accepted now; nothing if it can."""
    if hit.group.status != hit.group.Status.OPEN:
        return hit.group.get_status_display()
    if hit.expired_at is not None or hit.expires_at <= clock.now():
        return "Expired"
    return "" if hit.places_left else "All places are taken"
