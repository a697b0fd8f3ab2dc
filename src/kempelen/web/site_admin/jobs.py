"""Background work that failed for the last time, of all requesters: tried again, given up, or dismissed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain.actions import batches, bulk_reviews, exports, failed_jobs
from kempelen.domain.actions.additions import ADD_ROWS
from kempelen.domain.errors import NotFound
from kempelen.domain.models import Job, Requester
from kempelen.domain.queries import server
from kempelen.web.site_admin.access import AdministratorRequest, administrator_required
from kempelen.web.ui.respond import respond

PAGE = 50
# What cannot be tried again, since its own page offers to begin anew.
_OTHERS = {
    batches.PUBLISH_BATCH: "Publishing a batch",
    ADD_ROWS: "Adding rows to a batch",
    exports.MAKE_EXPORT: "Making a file of results",
    bulk_reviews.PLAN_REVIEW: "Looking over many answers",
}


@dataclass(frozen=True)
class Line:
    """A failed job, in words, and whose it is."""

    job: Job
    does: str
    reason: str
    left: str
    requester: Requester | None

    @property
    def is_open(self) -> bool:
        """Whether it can be tried again."""
        return self.requester is not None and bool(self.left)


@administrator_required
def index(request: AdministratorRequest) -> HttpResponseBase:
    """List what failed, newest first."""
    page = Paginator(server.failed_jobs(), PAGE).get_page(request.GET.get("page"))
    return respond(request, "site_admin/jobs.html", page=page, lines=_lines(page))


@require_POST
@administrator_required
def again(request: AdministratorRequest, pk: int) -> HttpResponseBase:
    """Try it again, from where it stopped."""
    failed_jobs.try_again(_job(pk), by=request.user)
    messages.success(request, "It goes on where it stopped.")
    return redirect("site_admin:jobs")


@require_POST
@administrator_required
def give_up(request: AdministratorRequest, pk: int) -> HttpResponseBase:
    """Leave it where it stopped, or take it off the list if it cannot be tried again."""
    job = _job(pk)
    if job.kind in failed_jobs.KINDS:
        failed_jobs.give_up(job, by=request.user)
        messages.success(request, f"Given up. {failed_jobs.KINDS[job.kind].left}")
    else:
        failed_jobs.dismiss(job)
        messages.success(request, "It is off the list.")
    return redirect("site_admin:jobs")


def _job(pk: int) -> Job:
    job = server.failed_jobs().filter(pk=pk).first()
    if job is None:
        raise NotFound("failed job", pk)
    return job


def _lines(jobs: Iterable[Job]) -> list[Line]:
    listed = list(jobs)
    subjects = failed_jobs.subjects_of(listed)
    return [_line(job, subjects.get(job.pk)) for job in listed]


def _line(job: Job, subject: failed_jobs.Subject | None) -> Line:
    kind = failed_jobs.KINDS.get(job.kind)
    return Line(
        job=job,
        does=kind.does if kind else _OTHERS.get(job.kind, job.kind),
        reason=failed_jobs.reason_of(job.problem),
        left=kind.left if kind else "",
        requester=subject.requester if subject else None,
    )
