"""Looking at a HIT before accepting it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kempelen.domain import clock
from kempelen.domain.models import HIT, Assignment
from kempelen.domain.qualifications.requirements import Action
from kempelen.domain.queries import access
from kempelen.web.content import frames
from kempelen.web.ui.respond import respond
from kempelen.web.worker import doors, required
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
    if access.is_blocked(request.worker, hit.group):
        raise Http404("There is no such HIT, or it is not for you.")
    permitted = required.permitted(request.worker, hit.group)
    if Action.PREVIEW not in permitted:
        messages.warning(request, "You do not meet what looking at this work requires.")
        return redirect("worker:group", hit.group.public_id)
    return respond(
        request,
        "worker/preview.html",
        hit=hit,
        group=hit.group,
        frame=frames.preview_frame(request, hit),
        unavailable=_why_not(hit),
        is_qualified=Action.ACCEPT in permitted,
    )


def _why_not(hit: HIT) -> str:
    """Say why the HIT cannot be accepted now; nothing if it can."""
    if hit.group.status != hit.group.Status.OPEN:
        return hit.group.get_status_display()
    if hit.expired_at is not None or hit.expires_at <= clock.now():
        return "Expired"
    return "" if hit.places_left else "All places are taken"
