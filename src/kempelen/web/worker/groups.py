"""A HIT group's page: what it asks, what is left of it, what the worker did; and MTurk's links to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kempelen.domain import clock
from kempelen.domain.models import HITGroup
from kempelen.domain.queries import access, queue
from kempelen.web.ui.respond import respond
from kempelen.web.worker import doors, group_hits, required
from kempelen.web.worker.home import lines_of
from kempelen.web.worker.identity import WorkerRequest
from kempelen.web.worker.in_hand import in_hand


@require_safe
def group(request: WorkerRequest, group_id: str) -> HttpResponse:
    """Show the group and a page of its HITs: those to do, or those done (`?show=done`)."""
    group = doors.group_of(request, group_id)
    shows_done = request.GET.get("show") == "done"
    hits = group_hits.hits_done if shows_done else group_hits.hits_to_do
    (line,) = lines_of(request.worker, [group])
    return respond(
        request,
        "worker/group.html",
        group=group,
        line=line,
        is_open=_is_given_out(request, group),
        required=required.of_group(request.worker, group),
        in_hand=list(in_hand(request.worker).filter(group=group)),
        shows_done=shows_done,
        hits=hits(request.worker, group, after=request.GET.get("after", "")),
    )


@require_safe
def preview_next(request: WorkerRequest, group_id: str) -> HttpResponse:
    """Go to the preview of the HIT that would come next, or say on the group's page that none does."""
    group = doors.group_of(request, group_id)
    is_open = _is_given_out(request, group)
    hit = queue.next_hit(request.worker, group, clock.now()) if is_open else None
    if hit is None:
        messages.info(request, "There is no more work for you in this group now.")
        return redirect("worker:group", group.public_id)
    return redirect("worker:preview", hit.public_id)


@require_safe
def mturk_link(request: WorkerRequest, public_id: str = "") -> HttpResponse:
    """Follow a link as MTurk made them, to a group by its HITGroupId or HITTypeId."""
    group = doors.group_by_any_id(request, public_id or request.GET.get("groupId", ""))
    return redirect("worker:group", group.public_id)


def _is_given_out(request: WorkerRequest, group: HITGroup) -> bool:
    """Tell whether the worker is given HITs of the group; to the blocked it looks like any pause."""
    return group.status == group.Status.OPEN and not access.is_blocked(request.worker, group)
