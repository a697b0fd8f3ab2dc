"""A worker's own figures: totals, work by work, and a year of days."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kempelen.domain.models import Assignment, HITGroup, Worker
from kempelen.domain.queries import activity
from kempelen.domain.statistics.queries import About, times_of
from kempelen.web.ui.charts import calendar
from kempelen.web.ui.charts.work_times import WorkTimes
from kempelen.web.ui.respond import respond
from kempelen.web.worker.identity import WorkerRequest
from kempelen.web.worker.periods import Period, today

ORDERS: dict[str, Callable[[HITGroup, activity.Figures], Any]] = {
    "title": lambda group, _: group.hit_type.title.lower(),
    "submitted": lambda _, its: its.submitted,
    "approved": lambda _, its: its.approved,
    "earned": lambda _, its: its.earned_cents + its.pending_cents,
    "time": lambda _, its: its.seconds,
    "hourly": lambda _, its: its.cents_per_hour or 0,
}
# More lines than this are for the history.
MOST_GROUPS = 200


@require_safe
def statistics(request: WorkerRequest) -> HttpResponse:
    """Show the figures of a period (`?from=…&to=…`), and the year that ends with it."""
    period, worker = Period.read(request.GET), request.worker
    done = Assignment.objects.none()
    if worker is not None:
        done = activity.done_by(worker, since=period.since, until=period.until)
    by_group = _ordered(done, request.GET.get("sort", "")) if worker is not None else []
    return respond(
        request,
        "worker/statistics.html",
        worker=worker,
        period=period,
        sort=request.GET.get("sort", ""),
        presets=period.presets(),
        totals=_totals(worker, period),
        by_group=by_group[:MOST_GROUPS],
        groups_left_out=max(0, len(by_group) - MOST_GROUPS),
        calendar=_calendar(worker, period),
        times=WorkTimes(times_of(About.of(worker)) if worker is not None else {}),
        time_zone=timezone.get_current_timezone_name(),
    )


def _totals(worker: Worker | None, period: Period) -> activity.Figures:
    if worker is None:
        return activity.Figures()
    return activity.totals(worker, since=period.since, until=period.until)


def _ordered(done: QuerySet[Assignment], sort: str) -> list[tuple[HITGroup, activity.Figures]]:
    """Give the figures group by group, as the URL says; else the latest worked on first."""
    by_group = activity.figures_by_group(done)
    order = ORDERS.get(sort.removeprefix("-"))
    if order is not None:
        by_group.sort(key=lambda pair: order(*pair), reverse=sort.startswith("-"))
    return by_group


def _calendar(worker: Worker | None, period: Period) -> calendar.Calendar:
    last = min(period.last or today(), today())
    days = {}
    if worker is not None:
        year = Period(calendar.first_day(last), last)
        days = activity.submitted_per_day(activity.done_by(worker, since=year.since, until=year.until))
    return calendar.make(days, last)
