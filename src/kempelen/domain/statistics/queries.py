"""Figures of a group, a project, a requester or a worker: a fixed number of short queries each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, QuerySet, Sum

from kempelen.domain.models import (
    Batch,
    GroupProgress,
    HITGroup,
    HourOfWork,
    Project,
    Requester,
    Scope,
    Worker,
    WorkOfWorker,
    WorkTime,
)
from kempelen.domain.statistics import work_times
from kempelen.domain.statistics.counting import FIGURES
from kempelen.domain.statistics.derived import Derived

# More hours than this are more than ten years of work around the clock.
_MOST_HOURS = 100_000


@dataclass(frozen=True)
class About:
    """What figures are about."""

    scope: Scope
    pk: int

    @classmethod
    def of(cls, one: HITGroup | Project | Requester | Worker) -> "About":
        """Give what stands for a row."""
        return cls(_SCOPES[type(one)], one.pk)


_SCOPES: dict[type[Any], Scope] = {
    HITGroup: Scope.GROUP,
    Project: Scope.PROJECT,
    Requester: Scope.REQUESTER,
    Worker: Scope.WORKER,
}


@dataclass(frozen=True)
class Totals(Derived):
    """Work in figures; money is in cents, and bonuses are beside the rewards."""

    accepted: int = 0
    submitted: int = 0
    approved: int = 0
    rejected: int = 0
    returned: int = 0
    abandoned: int = 0
    work_milliseconds: int = 0
    reward_cents: int = 0
    bonus_cents: int = 0
    # Since 1970, UTC; None where nothing has happened.
    first_hour: int | None = None
    last_hour: int | None = None


def totals_of(about: About) -> Totals:
    """Give the figures of the whole time."""
    sums = {name: Sum(name, default=0) for name in FIGURES}
    return Totals(**_hours(about).aggregate(**sums, first_hour=Min("hour"), last_hour=Max("hour")))


def submitted_by_hour(about: About) -> dict[int, int]:
    """Give how many answers came in each hour that has any."""
    found = _hours(about).filter(submitted__gt=0).order_by("hour")
    return dict(found.values_list("hour", "submitted")[:_MOST_HOURS])


def times_of(about: About) -> Mapping[int, int]:
    """Give how many answers took how long, by bin of `work_times`."""
    rows = WorkTime.objects.filter(scope=about.scope, scope_pk=about.pk, count__gt=0)
    return work_times.added(rows.order_by("bin").values_list("bin", "count"))


def workers_of(about: About) -> QuerySet[WorkOfWorker]:
    """Give who has worked on it, whoever submitted most first: ordered by (`submitted`, `worker`)."""
    rows = WorkOfWorker.objects.filter(scope=about.scope, scope_pk=about.pk)
    return rows.select_related("worker__user").order_by("-submitted", "-worker")


def work_of(worker: Worker, about: About) -> WorkOfWorker:
    """Give what the worker has done there; all zero if nothing."""
    key = {"scope": about.scope, "scope_pk": about.pk, "worker": worker}
    return WorkOfWorker.objects.filter(**key).first() or WorkOfWorker(**key)


@dataclass(frozen=True)
class Places:
    """How many answers are asked for, and how many of them may still come in."""

    asked: int = 0
    left: int = 0
    is_given_out: bool = False


def places_of(about: About) -> Places:
    """Give the places of all HITs; what is expired or cancelled is not left."""
    by_status = GroupProgress.objects.filter(group__in=_groups(about)).order_by().values_list("group__status")
    sums = by_status.annotate(Sum("places"), Sum("open_places"), Sum("pending"))
    asked = sum(places for _, places, _, _ in sums)
    left = {status: free + pending for status, _, free, pending in sums}
    given_out = left.get(HITGroup.Status.OPEN, 0)
    if given_out:
        return Places(asked, given_out, is_given_out=True)
    return Places(asked, left.get(HITGroup.Status.PAUSED, 0))


def _groups(about: About) -> QuerySet[HITGroup]:
    if about.scope == Scope.GROUP:
        return HITGroup.objects.filter(pk=about.pk)
    if about.scope == Scope.PROJECT:
        of_project = Batch.objects.filter(project=about.pk, hit_group__isnull=False)
        return HITGroup.objects.filter(pk__in=of_project.values("hit_group"))
    return HITGroup.objects.filter(requester=about.pk)


def _hours(about: About) -> QuerySet[HourOfWork]:
    return HourOfWork.objects.filter(scope=about.scope, scope_pk=about.pk)
