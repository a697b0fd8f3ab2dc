"""An answer in the very task that it was given in, beside what was sent: to look at, and to review."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from kempelen.domain import clock
from kempelen.domain.actions import verdicts
from kempelen.domain.errors import NotFound
from kempelen.domain.ids import new_id
from kempelen.domain.models import Assignment, Decision, Membership
from kempelen.domain.queries import decisions, selections
from kempelen.web.content import entered, frames
from kempelen.web.requester import desk
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.results import answers_of, shown
from kempelen.web.requester.work import Work, work_of
from kempelen.web.ui.respond import wants_fragment

# Which part is asked for: our script the whole of the next answer, the table only its task.
_TEMPLATES = {"": "desk.html", "desk": "_answer.html", "aside": "_aside.html"}


@require_safe
@requester_required()
def show(request: RequesterRequest, assignment_id: str, number: int = 0, group_id: str = "") -> HttpResponse:
    """Show an answer that was sent, in its task; of any other assignment there is nothing to see.

    The address names the selection in which it stands, for the answers before and after it.
    """
    work = work_of(request.requester, number=number, group_id=group_id)
    sent = (
        answers_of(work)
        .filter(public_id=assignment_id, status__in=Assignment.DONE)
        .select_related("hit__template_version", "worker", "group__requester", "group__hit_type")
        .first()
    )
    if sent is None:
        raise NotFound("assignment", assignment_id)
    part = request.headers.get("HX-Target", "")
    if wants_fragment(request) and part not in ("desk", "aside"):
        template, context = "requester/results/_in_task.html", _in_task(request, sent)
    else:
        template = f"requester/review/{_TEMPLATES.get(part, 'desk.html')}"
        context = _in_task(request, sent) | _beside(request, work, sent)
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _in_task(request: RequesterRequest, sent: Assignment) -> dict[str, Any]:
    return {
        "assignment": sent,
        "hit": sent.hit,
        "frame": frames.review_frame(request, sent),
        "kept": {"fields": entered.fields_of(sent)},
    }


def _beside(request: RequesterRequest, work: Work, sent: Assignment) -> dict[str, Any]:
    """Give what stands beside the task: what was sent, what can be done, and the way on."""
    selection = desk.selection_of(request)
    beside = selections.neighbours(selection, work.of, sent)
    may_review = request.membership.includes(Membership.Role.REVIEWER)
    now = clock.now()
    can_override = verdicts.obstacle_to_approval(sent, sent.hit, now, overrides=True) is None
    return {
        **desk.bar_context(request, work),
        "shown": shown([sent])[0],
        "may_review": may_review,
        "may_approve": may_review and can_override,
        "last": decisions.last_of([sent]).get(sent.pk),
        # A bonus that is sent twice is paid once.
        "token": new_id(),
        "reasons": {
            kind: decisions.reasons(request.requester, kind) if may_review else []
            for kind in (Decision.Kind.REJECT.value, Decision.Kind.BONUS.value)
        },
        "url": desk.address_of(request, work, sent.public_id),
        "before": beside.previous and desk.address_of(request, work, beside.previous),
        "after": beside.next and desk.address_of(request, work, beside.next),
        "to_results": desk.address_of_results(request, work),
        "to_first": desk.address_of_first(request, work),
    }
