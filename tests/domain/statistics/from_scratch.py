"""Figures counted the long way, from assignments and payments, to compare the kept ones with."""

from collections import defaultdict

from django.db.models import Sum

from kempelen.domain.models import Assignment, HourOfWork, Payment, Scope, WorkOfWorker, WorkTime
from kempelen.domain.statistics import work_times
from kempelen.domain.statistics.counting import FIGURES
from kempelen.domain.statistics.hours import hour_of

Rows = dict[tuple[int, int, int], dict[str, int]]


def kept_hours() -> Rows:
    """What the figures say of hours."""
    rows = HourOfWork.objects.values_list("scope", "scope_pk", "hour", *FIGURES)
    return _told({(scope, pk, hour): dict(zip(FIGURES, its, strict=True)) for scope, pk, hour, *its in rows})


def kept_workers() -> Rows:
    """What the figures say of workers."""
    names = (*FIGURES, "log_milliseconds", "other_bonus_cents")
    rows = WorkOfWorker.objects.values_list("scope", "scope_pk", "worker", *names)
    return _told({(scope, pk, key): dict(zip(names, its, strict=True)) for scope, pk, key, *its in rows})


def kept_times() -> Rows:
    """What the figures say of how long answers took."""
    rows = WorkTime.objects.values_list("scope", "scope_pk", "bin", "count")
    return _told({(scope, pk, number): {"count": count} for scope, pk, number, count in rows})


def hours() -> Rows:
    """What there is to say of hours."""
    found: defaultdict[tuple[int, int, int], defaultdict[str, int]] = _rows()
    for assignment in _assignments():
        for scope in _scopes(assignment):
            found[*scope, hour_of(assignment.accepted_at)]["accepted"] += 1
            ended_at = assignment.submitted_at or assignment.ended_at
            if ended_at:
                _add(found[*scope, hour_of(ended_at)], assignment)
    return _told(found)


def workers() -> Rows:
    """What there is to say of workers."""
    found = _rows()
    for assignment in _assignments():
        for scope in _scopes(assignment)[:-1]:
            row = found[*scope, assignment.worker_id]
            row["accepted"] += 1
            _add(row, assignment)
            if assignment.submitted_at:
                row["log_milliseconds"] += work_times.log_of(_milliseconds(assignment))
    outside = Payment.objects.filter(assignment=None).values_list("requester", "worker")
    for requester, worker, cents in outside.annotate(Sum("amount_cents")):
        found[Scope.REQUESTER, requester, worker]["other_bonus_cents"] = cents
    return _told(found)


def times() -> Rows:
    """What there is to say of how long answers took."""
    found = _rows()
    for assignment in _assignments():
        if assignment.submitted_at:
            for scope in _scopes(assignment):
                found[*scope, work_times.bin_of(_milliseconds(assignment))]["count"] += 1
    return _told(found)


def _rows() -> defaultdict[tuple[int, int, int], defaultdict[str, int]]:
    return defaultdict(lambda: defaultdict(int))


def _told(rows: object) -> Rows:
    """Rows and figures that are not nothing."""
    assert isinstance(rows, dict)
    told = {
        tuple(map(int, key)): {name: int(count) for name, count in its.items() if count}
        for key, its in rows.items()
    }
    return {key: its for key, its in told.items() if its}


def _assignments() -> list[Assignment]:
    found = Assignment.objects.select_related("group__batch").prefetch_related("payments")
    return list(found)


def _scopes(assignment: Assignment) -> list[tuple[int, int]]:
    group = assignment.group
    batch = getattr(group, "batch", None)
    project = [(Scope.PROJECT, batch.project_id)] if batch else []
    return [
        (Scope.GROUP, group.pk),
        *project,
        (Scope.REQUESTER, group.requester_id),
        (Scope.WORKER, assignment.worker_id),
    ]


def _milliseconds(assignment: Assignment) -> int:
    assert assignment.submitted_at
    return round((assignment.submitted_at - assignment.accepted_at).total_seconds() * 1000)


def _add(row: dict[str, int], assignment: Assignment) -> None:
    if assignment.status != "Accepted" and assignment.status != "Submitted":
        row[assignment.status.lower()] += 1
    if assignment.submitted_at:
        row["submitted"] += 1
        row["work_milliseconds"] += _milliseconds(assignment)
    for payment in assignment.payments.all():
        row[f"{payment.kind}_cents"] += payment.amount_cents
