"""An answer in the very task that it was given in, to look at: what was chosen, and between what."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kempelen.domain.errors import NotFound
from kempelen.domain.models import Assignment, Membership
from kempelen.web.content import entered, frames
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.results import answers_of, shown
from kempelen.web.requester.work import Work, work_of
from kempelen.web.ui.respond import respond


@require_safe
@requester_required()
def show(request: RequesterRequest, assignment_id: str, number: int = 0, group_id: str = "") -> HttpResponse:
    """Show an answer that was sent, in its task; of any other assignment there is nothing to see.

    The table of answers asks for the task alone, when somebody wants to see it.
    """
    work = work_of(request.requester, number=number, group_id=group_id)
    sent = (
        answers_of(work)
        .filter(public_id=assignment_id, status__in=Assignment.DONE)
        .select_related("hit__template_version", "worker", "group__requester")
        .first()
    )
    if sent is None:
        raise NotFound("assignment", assignment_id)
    return respond(
        request,
        "requester/results/in_task.html",
        fragment="requester/results/_in_task.html",
        work=work,
        assignment=sent,
        hit=sent.hit,
        frame=frames.review_frame(request, sent),
        kept={"fields": entered.fields_of(sent)},
        shown=shown([sent])[0],
        may_review=request.membership.includes(Membership.Role.REVIEWER),
        **_neighbours(work, sent),
    )


def _neighbours(work: Work, sent: Assignment) -> dict[str, Any]:
    """Give the ids of the answers before and after this one, in the order of the table."""
    done = Assignment.objects.filter(group=work.group, status__in=Assignment.DONE)
    ids = done.values_list("public_id", flat=True)
    later = Q(hit=sent.hit_id, pk__gt=sent.pk) | Q(hit__gt=sent.hit_id)
    earlier = Q(hit=sent.hit_id, pk__lt=sent.pk) | Q(hit__lt=sent.hit_id)
    return {
        "before": ids.filter(earlier).order_by("-hit", "-pk").first(),
        "after": ids.filter(later).order_by("hit", "pk").first(),
    }
