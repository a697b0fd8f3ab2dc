"""Background work that failed: shown at what it was about, tried again or given up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain.actions import failed_jobs
from kempelen.domain.models import Batch, BulkReview, HITGroup, Job, Membership
from kempelen.web.requester.access import RequesterRequest, requester_required, too_low


@dataclass(frozen=True)
class FailedWork:
    """A failed job in words, and whether the member may decide about it."""

    pk: int
    does: str
    reason: str
    left: str
    at: datetime | None
    may_decide: bool


def shown(request: RequesterRequest, subject: failed_jobs.Subject) -> list[FailedWork]:
    """Give what failed about this and waits for a word."""
    return [_shown(request, job) for job in failed_jobs.of(subject)]


@require_POST
@requester_required(Membership.Role.REVIEWER)
def again(request: RequesterRequest, pk: int) -> HttpResponseBase:
    """Try it again, from where it stopped."""
    job = failed_jobs.found(request.requester, pk)
    if refused := _refused(request, job):
        return refused
    failed_jobs.try_again(job, by=request.user)
    messages.success(request, "It goes on where it stopped.")
    return _back(request, job)


@require_POST
@requester_required(Membership.Role.REVIEWER)
def give_up(request: RequesterRequest, pk: int) -> HttpResponseBase:
    """Leave it where it stopped."""
    job = failed_jobs.found(request.requester, pk)
    if refused := _refused(request, job):
        return refused
    failed_jobs.give_up(job, by=request.user)
    messages.success(request, f"Given up. {failed_jobs.KINDS[job.kind].left}")
    return _back(request, job)


def _shown(request: RequesterRequest, job: Job) -> FailedWork:
    kind = failed_jobs.KINDS[job.kind]
    return FailedWork(
        pk=job.pk,
        does=kind.does,
        reason=failed_jobs.reason_of(job.problem),
        left=kind.left,
        at=job.failed_at,
        may_decide=request.membership.includes(kind.role),
    )


def _refused(request: RequesterRequest, job: Job) -> HttpResponse | None:
    role = failed_jobs.KINDS[job.kind].role
    return None if request.membership.includes(role) else too_low(request, role)


def _back(request: RequesterRequest, job: Job) -> HttpResponseBase:
    page, *parts = _page_of(failed_jobs.subject_of(job))
    return redirect(f"requester:{page}", request.requester.slug, *parts)


def _page_of(subject: failed_jobs.Subject | None) -> tuple[Any, ...]:
    """Give the name of the page that is about this, and the parts of its address."""
    if isinstance(subject, Batch):
        return "batch", subject.number
    if isinstance(subject, HITGroup):
        batch = Batch.objects.filter(hit_group=subject).first()
        return ("batch", batch.number) if batch else ("group", subject.public_id)
    if isinstance(subject, BulkReview):
        return _page_of_review(subject)
    return ("workers_changed", subject.public_id) if subject is not None else ("home",)


def _page_of_review(review: BulkReview) -> tuple[Any, ...]:
    if review.project is not None:
        return "project_bulk_review", review.project.number, review.public_id
    batch = Batch.objects.filter(hit_group=review.group_id).first()
    if batch is not None:
        return "batch_bulk_review", batch.number, review.public_id
    assert review.group is not None  # by a constraint
    return "group_bulk_review", review.group.public_id, review.public_id
