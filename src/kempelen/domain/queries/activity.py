"""A worker's own figures: what was done, how long it took, what it earned."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from kempelen.domain.models import Assignment, HITGroup, Payment, Worker


@dataclass(frozen=True)
class Figures:
    """Submitted work in figures; money is in cents, bonuses are in what was earned.

    But for `outside_cents`, bonuses that belong to no HIT: no time stands against them.
    """

    submitted: int = 0
    approved: int = 0
    rejected: int = 0
    seconds: float = 0.0
    earned_cents: int = 0
    bonus_cents: int = 0
    pending_cents: int = 0
    outside_cents: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def paid_cents(self) -> int:
        """All that was paid, for work and outside it."""
        return self.earned_cents + self.outside_cents

    @property
    def cents_per_hour(self) -> float | None:
        """What an hour of it is worth if all that waits is approved; None without measured time."""
        if self.seconds <= 0:
            return None
        return (self.earned_cents + self.pending_cents) * 3600 / self.seconds

    @property
    def mean_seconds(self) -> float | None:
        """How long an answer took on average; None without any."""
        return self.seconds / self.submitted if self.submitted else None


_REWARD = F("group__hit_type__reward_cents")
_TOOK = ExpressionWrapper(F("submitted_at") - F("accepted_at"), output_field=DurationField())
_FIGURES = {
    "submitted": Count("pk"),
    "approved": Count("pk", filter=Q(status="Approved")),
    "rejected": Count("pk", filter=Q(status="Rejected")),
    "took": Sum(_TOOK),
    "earned_cents": Sum(_REWARD, filter=Q(status="Approved")),
    "pending_cents": Sum(_REWARD, filter=Q(status="Submitted")),
    "first_at": Min("submitted_at"),
    "last_at": Max("submitted_at"),
}
_BONUS = Sum("payments__amount_cents")


def done_by(
    worker: Worker, *, since: datetime | None = None, until: datetime | None = None
) -> QuerySet[Assignment]:
    """Give what the worker submitted from `since` on and before `until`."""
    done = Assignment.objects.filter(worker=worker, status__in=Assignment.DONE)
    if since is not None:
        done = done.filter(submitted_at__gte=since)
    if until is not None:
        done = done.filter(submitted_at__lt=until)
    return done


def totals(worker: Worker, *, since: datetime | None = None, until: datetime | None = None) -> Figures:
    """Give what the worker did and was paid in this time, with bonuses outside any HIT; three queries."""
    outside = bonuses_outside(worker, since=since, until=until).aggregate(cents=Sum("amount_cents"))
    done = figures(done_by(worker, since=since, until=until))
    return replace(done, outside_cents=outside["cents"] or 0)


def bonuses_outside(
    worker: Worker, *, since: datetime | None = None, until: datetime | None = None
) -> QuerySet[Payment]:
    """Give the bonuses that belong to no HIT and were paid in this time, newest first."""
    paid = Payment.objects.filter(worker=worker, assignment__isnull=True)
    if since is not None:
        paid = paid.filter(paid_at__gte=since)
    if until is not None:
        paid = paid.filter(paid_at__lt=until)
    return paid.select_related("requester").order_by("-paid_at", "-pk")


def figures(done: QuerySet[Assignment]) -> Figures:
    """Give the assignments in figures, in two queries."""
    [bonus_cents] = _with_bonuses(done).aggregate(cents=_BONUS).values()
    return _figures(done.aggregate(**_FIGURES), bonus_cents)


def figures_by_group(done: QuerySet[Assignment]) -> list[tuple[HITGroup, Figures]]:
    """Give the figures group by group, the latest worked on first."""
    rows = done.order_by().values("group").annotate(**_FIGURES).values_list("group", *_FIGURES)
    paid = _with_bonuses(done).order_by().values("group").annotate(cents=_BONUS)
    bonuses = dict(paid.values_list("group", "cents"))
    by_group = {
        group: _figures(dict(zip(_FIGURES, values, strict=True)), bonuses.get(group))
        for group, *values in rows
    }
    groups = HITGroup.objects.select_related("hit_type", "requester").in_bulk(by_group)
    found = [(groups[pk], its_figures) for pk, its_figures in by_group.items()]
    return sorted(found, key=lambda pair: str(pair[1].last_at), reverse=True)


def submitted_per_day(done: QuerySet[Assignment]) -> dict[date, int]:
    """Give how many were submitted on each day that has any, by the time zone at hand."""
    days = done.order_by().annotate(day=TruncDate("submitted_at")).values_list("day").annotate(Count("pk"))
    return dict(days)


def _with_bonuses(done: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Give a row for each bonus paid for these assignments."""
    return done.filter(payments__kind=Payment.Kind.BONUS)


def _figures(row: dict[str, Any], bonus_cents: int | None) -> Figures:
    took = row.pop("took")
    values = {name: value for name, value in row.items() if value is not None}
    bonus = bonus_cents or 0
    values["earned_cents"] = values.get("earned_cents", 0) + bonus
    return Figures(seconds=took.total_seconds() if took else 0.0, bonus_cents=bonus, **values)
