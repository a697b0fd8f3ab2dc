"""The worker's history: what was submitted, what became of it, what it earned; and one's own answers."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kempelen.domain.answers import answers_in
from kempelen.domain.models import Assignment, Worker
from kempelen.domain.queries import home
from kempelen.web.ui.respond import respond
from kempelen.web.worker import doors
from kempelen.web.worker.identity import WorkerRequest, cookie_name
from kempelen.web.worker.in_hand import without_content

PAGE = 25
# What `?show=` may ask for, and what the tab is called.
SHOWN = {
    "": ("All", Assignment.DONE),
    "pending": ("Waiting for review", (Assignment.Status.SUBMITTED,)),
    "approved": ("Approved", (Assignment.Status.APPROVED,)),
    "rejected": ("Rejected", (Assignment.Status.REJECTED,)),
    "given-up": ("Returned or run out", Assignment.GIVEN_UP),
}


@dataclass(frozen=True)
class Totals:
    """What a worker's answers are worth, and how long they took from accepting to submitting."""

    approved_cents: int = 0
    pending_cents: int = 0
    seconds: float = 0

    @property
    def hourly_cents(self) -> int | None:
        """What an hour's work brings, what waits for review included; None before there is any."""
        if self.seconds < 1:
            return None
        return round((self.approved_cents + self.pending_cents) * 3600 / self.seconds)


@require_safe
def history(request: WorkerRequest) -> HttpResponse:
    """Show a page of what the worker has submitted, or of what came to nothing (`?show=given-up`)."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    done = _shown(request.worker, show)
    return respond(
        request,
        "worker/history.html",
        worker=request.worker,
        show=show,
        tabs={key: label for key, (label, _) in SHOWN.items()},
        page=Paginator(done, PAGE).get_page(request.GET.get("page")),
        totals=_totals(request.worker),
        has_other_worker=request.user.is_authenticated and cookie_name() in request.COOKIES,
    )


@require_safe
def answer(request: WorkerRequest, assignment_id: str) -> HttpResponse:
    """Show one of the worker's own assignments as it was sent, or as far as it came."""
    assignment = doors.assignment_of(request, assignment_id)
    if assignment.status == Assignment.Status.ACCEPTED:
        return redirect("worker:work", assignment.public_id)
    return respond(request, "worker/answer.html", assignment=assignment, answers=_answers(assignment))


def _shown(worker: Worker | None, show: str) -> QuerySet[Assignment]:
    if worker is None:
        return Assignment.objects.none()
    _, statuses = SHOWN[show]
    if show == "given-up":
        mine = Assignment.objects.filter(worker=worker, status__in=statuses).order_by("-ended_at", "-pk")
        mine = mine.select_related("hit", "group__hit_type", "group__requester")
    else:
        mine = home.history(worker).filter(status__in=statuses)
    return without_content(mine)


def _totals(worker: Worker | None) -> Totals:
    if worker is None:
        return Totals()
    cents = home.earnings_cents(worker)
    taken = ExpressionWrapper(F("submitted_at") - F("accepted_at"), output_field=DurationField())
    paid = Assignment.objects.filter(worker=worker, status__in=["Submitted", "Approved"])
    spent: timedelta | None = paid.aggregate(spent=Sum(taken))["spent"]
    return Totals(
        approved_cents=cents.get("Approved", 0),
        pending_cents=cents.get("Submitted", 0),
        seconds=spent.total_seconds() if spent else 0,
    )


def _answers(assignment: Assignment) -> list[tuple[str, list[str]]]:
    """Give the fields in the order in which they were sent, each with all its values."""
    fields = assignment.answers if assignment.answers is not None else answers_in(assignment.draft)
    return [(name, value if isinstance(value, list) else [value]) for name, value in fields.items()]
