"""Statistics with pictures: of all work for a requester, of a project, of a batch or a HIT group."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kempelen.domain import clock
from kempelen.domain.actions import projects
from kempelen.domain.models import HITGroup, WorkOfWorker
from kempelen.domain.statistics import filling, queries, series
from kempelen.domain.statistics.forecast import Forecast, Unknown, forecast
from kempelen.domain.statistics.queries import About
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.work import Work, work_of
from kempelen.web.ui.charts import calendar
from kempelen.web.ui.charts.progress import Progress
from kempelen.web.ui.charts.work_times import WorkTimes
from kempelen.web.ui.respond import respond

WORKERS = 10
# Lines of the table beside the curve, the latest first.
_LINES = 60


@require_safe
@requester_required()
def of_requester(request: RequesterRequest) -> HttpResponse:
    """Show the figures of everything that the requester ever had done."""
    about = About.of(request.requester)
    return respond(request, "requester/statistics.html", **_figures(about))


@require_safe
@requester_required()
def of_project(request: RequesterRequest, number: int) -> HttpResponse:
    """Show the figures of all batches of a project."""
    project = projects.project_of(request.requester, number)
    return respond(request, "requester/statistics.html", project=project, **_figures(About.of(project)))


@require_safe
@requester_required()
def of_batch(request: RequesterRequest, number: int) -> HttpResponse:
    """Show the figures of a batch."""
    return _of_work(request, work_of(request.requester, number=number))


@require_safe
@requester_required()
def of_group(request: RequesterRequest, group_id: str) -> HttpResponse:
    """Show the figures of a HIT group that programs fill."""
    return _of_work(request, work_of(request.requester, group_id=group_id))


def _of_work(request: RequesterRequest, work: Work) -> HttpResponse:
    about = About.of(work.group or HITGroup(pk=0))
    return respond(request, "requester/statistics.html", work=work, **work.head_context(), **_figures(about))


def _figures(about: About) -> dict[str, Any]:
    """Give what the page shows, in a fixed number of queries however much there is."""
    now, zone = clock.now(), timezone.get_current_timezone()
    by_hour = queries.submitted_by_hour(about)
    totals, places = queries.totals_of(about), queries.places_of(about)
    expected = forecast(by_hour, remaining=places.left, is_given_out=places.is_given_out, now=now)
    times = WorkTimes(queries.times_of(about))
    climb = series.climb(by_hour, until=now)
    step = series.step_for(climb[0][0], now) if climb else series.Step.HOUR
    today = timezone.localdate(now)
    return {
        "totals": totals,
        "places": places,
        "expected": expected if isinstance(expected, Forecast) else None,
        "unknown": expected.value if isinstance(expected, Unknown) else "",
        "progress": Progress(
            climb,
            asked=totals.submitted + places.left,
            expected=expected if isinstance(expected, Forecast) else None,
            now=now,
            zone=zone,
        ),
        "step": step.value,
        "parts": series.parts(by_hour, until=now, step=step, zone=zone)[: -_LINES - 1 : -1],
        "times": times,
        "workers": [(row, _pace(row, times.median)) for row in queries.workers_of(about)[:WORKERS]],
        "calendar": calendar.make(series.by_day(by_hour, zone), today),
        "time_zone": timezone.get_current_timezone_name(),
        "is_behind": filling.is_behind(),
    }


def _pace(row: WorkOfWorker, median: float | None) -> float | None:
    """Give how long the worker usually takes, in percent of the median of everybody."""
    usual = row.usual_seconds
    return 100 * usual / median if usual and median else None
