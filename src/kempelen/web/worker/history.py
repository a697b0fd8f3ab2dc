"""The worker's history: what was submitted, what became of it, what it earned; and one's own answers."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kempelen.domain import answers as answering
from kempelen.domain.actions.assignments import may_correct
from kempelen.domain.models import Assignment, Payment, Worker
from kempelen.domain.queries import activity, home
from kempelen.domain.queries.payments import with_bonuses
from kempelen.web.content import entered, frames
from kempelen.web.ui.respond import respond
from kempelen.web.worker import doors
from kempelen.web.worker.identity import WorkerRequest, cookie_name
from kempelen.web.worker.in_hand import without_content
from kempelen.web.worker.periods import Period

PAGE = 25
# What `?show=` may ask for, and what the tab is called.
SHOWN = {
    "": ("All", Assignment.DONE),
    "pending": ("Waiting for review", (Assignment.Status.SUBMITTED,)),
    "approved": ("Approved", (Assignment.Status.APPROVED,)),
    "rejected": ("Rejected", (Assignment.Status.REJECTED,)),
    "given-up": ("Returned or run out", Assignment.GIVEN_UP),
}


@require_safe
def history(request: WorkerRequest) -> HttpResponse:
    """Show a page of what the worker has submitted, or of what came to nothing (`?show=given-up`)."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    period = Period.read(request.GET)
    page = Paginator(_shown(request.worker, show, period), PAGE).get_page(request.GET.get("page"))
    return respond(
        request,
        "worker/history.html",
        worker=request.worker,
        show=show,
        kinds={key: label for key, (label, _) in SHOWN.items()},
        period=period,
        presets=period.presets(),
        page=page,
        correctable={mine.pk for mine in page if may_correct(mine)},
        totals=_totals(request.worker, period),
        bonuses=_bonuses(request.worker, period),
        has_other_worker=request.user.is_authenticated and cookie_name() in request.COOKIES,
    )


@require_safe
def answer(request: WorkerRequest, assignment_id: str) -> HttpResponse:
    """Show one of the worker's own assignments as it was sent, or as far as it came."""
    assignment = doors.assignment_of(request, assignment_id)
    if assignment.status == Assignment.Status.ACCEPTED:
        return redirect("worker:work", assignment.public_id)
    fields = _fields(assignment)
    return respond(
        request,
        "worker/answer.html",
        assignment=assignment,
        hit=assignment.hit,
        answers=_values(fields),
        kept={"fields": entered.fields_of(assignment)},
        frame=frames.review_frame(request, assignment),
        earlier=[
            (version.sent_at, _values(version.answers))
            for version in assignment.earlier_answers.order_by("-pk")
        ],
        may_correct=may_correct(assignment),
        bonuses=list(assignment.payments.filter(kind=Payment.Kind.BONUS).order_by("pk")),
        work_seconds=_work_seconds(assignment),
    )


def _shown(worker: Worker | None, show: str, period: Period) -> QuerySet[Assignment]:
    if worker is None:
        return Assignment.objects.none()
    _, statuses = SHOWN[show]
    if show == "given-up":
        mine = Assignment.objects.filter(worker=worker, status__in=statuses).order_by("-ended_at", "-pk")
        mine = _within(period, "ended_at", mine.select_related("hit", "group__hit_type", "group__requester"))
    else:
        mine = _within(period, "submitted_at", home.history(worker).filter(status__in=statuses))
    return with_bonuses(without_content(mine))


def _within(period: Period, moment: str, mine: QuerySet[Assignment]) -> QuerySet[Assignment]:
    if period.since is not None:
        mine = mine.filter(**{f"{moment}__gte": period.since})
    if period.until is not None:
        mine = mine.filter(**{f"{moment}__lt": period.until})
    return mine


def _totals(worker: Worker | None, period: Period) -> activity.Figures:
    if worker is None:
        return activity.Figures()
    return activity.totals(worker, since=period.since, until=period.until)


def _bonuses(worker: Worker | None, period: Period) -> list[Payment]:
    """Give the bonuses outside any HIT; there are few, and more than a page of them says nothing."""
    if worker is None:
        return []
    return list(activity.bonuses_outside(worker, since=period.since, until=period.until)[:PAGE])


def _work_seconds(assignment: Assignment) -> float:
    """Give the time from accepting to submitting."""
    submitted_at = assignment.submitted_at
    return (submitted_at - assignment.accepted_at).total_seconds() if submitted_at else 0


def _fields(assignment: Assignment) -> answering.Answers:
    """Give what was sent; of an assignment that came to nothing, how far it came."""
    sent: answering.Answers | None = assignment.answers
    return sent if sent is not None else answering.answers_in(assignment.draft)


def _values(fields: answering.Answers) -> list[tuple[str, list[str | answering.Uploaded]]]:
    """Give the fields in the order in which they were sent, each with all its values and files."""
    return [
        (name, [value for _, value in answering.fields_of({name: given})]) for name, given in fields.items()
    ]
