"""An answer in the very task that it was given in, to look at: what was chosen, and between what."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kempelen.domain.errors import NotFound
from kempelen.domain.models import Assignment
from kempelen.web.content import entered, frames
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.work import work_of


@require_safe
@requester_required()
def show(request: RequesterRequest, assignment_id: str, number: int = 0, group_id: str = "") -> HttpResponse:
    """Show an answer that was sent, in its task; of any other assignment there is nothing to see."""
    work = work_of(request.requester, number=number, group_id=group_id)
    sent = (
        Assignment.objects.filter(group=work.group, public_id=assignment_id, status__in=Assignment.DONE)
        .select_related("hit__template_version", "worker", "group__requester")
        .first()
    )
    if sent is None:
        raise NotFound("assignment", assignment_id)
    context = {
        "work": work,
        "assignment": sent,
        "hit": sent.hit,
        "frame": frames.review_frame(request, sent),
        "kept": {"fields": entered.fields_of(sent)},
    }
    return render(request, "requester/results/in_task.html", context)
