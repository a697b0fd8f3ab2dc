"""Batches: the list, a batch's page, and what can be done with one that is published."""

from datetime import timedelta
from statistics import median

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kempelen.domain.actions import audiences, batches
from kempelen.domain.models import Assignment, Batch, HITGroup, Membership
from kempelen.domain.queries import requirements, work_lists
from kempelen.web.requester import failed, publish
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.work import BatchWork
from kempelen.web.ui.respond import respond

PAGE = 25
EDITOR = Membership.Role.EDITOR
DEFAULT_ORDER = "-made"
STATES = {
    "uploaded": "Not published",
    "scheduled": "Scheduled",
    "publishing": "Being published",
    "open": "Published",
    "paused": "Paused",
    "cancelled": "Cancelled",
    "failed": "Failed",
    work_lists.MADE_BY_PROGRAMS: "Made by programs",
}
# Enough to say what the work takes; the newest HITs, so that the index ends the search.
SAMPLE_OF_TIMES = 200


@requester_required()
def index(request: RequesterRequest) -> HttpResponse:
    """List batches, and the groups that programs make; `q` searches names, `state` keeps one kind."""
    search, state = request.GET.get("q", "").strip()[:200], request.GET.get("state", "")
    sort = request.GET.get("sort", "")
    found = work_lists.found(
        request.requester,
        search=search,
        state=state if state in STATES else "",
        sort=sort if sort.removeprefix("-") in work_lists.ORDERS else DEFAULT_ORDER,
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return respond(
        request,
        "requester/batches.html",
        fragment="requester/batches/_list.html",
        page=page,
        lines=work_lists.lines(request.requester, list(page)),
        search=search,
        state=state,
        states=STATES.items(),
        default_order=DEFAULT_ORDER,
    )


@requester_required()
def show(request: RequesterRequest, number: int) -> HttpResponse:
    """Show a batch: an upload to look over, or how far the work is."""
    batch = batches.batch_of(request.requester, number)
    if batch.state == Batch.State.UPLOADED:
        return publish.show_upload(request, batch)
    work, group = BatchWork(batch), batch.hit_group
    link = request.build_absolute_uri(reverse("worker:group", args=[group.public_id])) if group else ""
    return respond(
        request,
        "requester/batch.html",
        work=work,
        **work.head_context(),
        project=batch.project,
        failed_work=failed.shown(request, batch),
        group=group,
        link=link,
        work_seconds=_usual_seconds(group) if group else None,
        may_edit=request.membership.includes(EDITOR),
        additions=batch.additions.order_by("number"),
        repeated_by=batch.repeated_by.order_by("number"),
        chosen_groups=audiences.chosen_groups(group) if group else (),
        named_count=audiences.named_workers(group).count() if group else 0,
        required=requirements.in_words(group.hit_type.qualification_requirements) if group else (),
    )


@require_POST
@requester_required(EDITOR)
def pause(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Give out no more of the batch for now."""
    batches.pause(batches.batch_of(request.requester, number), by=request.user)
    messages.success(request, "The batch is paused. Whoever has accepted a HIT may finish it.")
    return redirect("requester:batch", request.requester.slug, number)


@require_POST
@requester_required(EDITOR)
def resume(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Give the batch out again."""
    batches.resume(batches.batch_of(request.requester, number), by=request.user)
    messages.success(request, "The batch is open again.")
    return redirect("requester:batch", request.requester.slug, number)


@require_POST
@requester_required(EDITOR)
def cancel(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Withdraw what nobody has begun."""
    batches.cancel_rest(batches.batch_of(request.requester, number), by=request.user)
    messages.success(request, "What nobody had begun is withdrawn; the answers that are in stay.")
    return redirect("requester:batch", request.requester.slug, number)


def _usual_seconds(group: HITGroup) -> float | None:
    """Give the median time from accepting to submitting, of the newest HITs that are answered."""
    times = (
        # By status: told that there is a time, SQLite takes an index of such, and sorts all.
        Assignment.objects.filter(group=group, status__in=Assignment.DONE)
        .order_by("-hit", "-pk")
        .values_list("accepted_at", "submitted_at")[:SAMPLE_OF_TIMES]
    )
    spans: list[timedelta] = [ended - begun for begun, ended in times if ended is not None]
    usual = median(span.total_seconds() for span in spans) if spans else 0
    return usual if usual >= 1 else None
