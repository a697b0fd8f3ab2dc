"""Workers' figures with each requester, in one row that lists are sorted and paged by (`WorkerRecord`).

Whatever changes a worker's figures marks the record; the background counts marked records anew, from the
figures that are kept by group and by requester.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import groupby
from math import log2
from statistics import fmean
from typing import NamedTuple

from django.db import transaction

from kempelen.domain import clock
from kempelen.domain.models import Assignment, HITGroup, Scope, WorkerRecord, WorkOfWorker, WorkTime
from kempelen.domain.statistics import work_times

PAGE = 100
# Agreement is that of so many of the latest answers.
MOST_COMPARED = 1000
_HOUR_SECONDS = 3600
_LOG_UNITS = 1000
_COUNTED = (
    "submitted",
    "approved",
    "rejected",
    "work_seconds",
    "reward_cents",
    "bonus_cents",
    "approval_percent",
    "pace_percent",
    "hourly_cents",
    "compared",
    "agreement_percent",
    "last_seen_at",
    "is_stale",
)


def have_changed(pairs: Iterable[tuple[int, int]]) -> None:
    """Mark the records of these pairs of requester and worker (primary keys); new ones are made.

    Part of the transaction that changed what they are counted from.
    """
    now = clock.now()
    # In the order of their key, as everybody should lock them.
    WorkerRecord.objects.bulk_create(
        [
            WorkerRecord(requester_id=requester, worker_id=worker, last_seen_at=now, is_stale=True)
            for requester, worker in sorted(set(pairs))
        ],
        update_conflicts=True,
        unique_fields=["requester", "worker"],
        update_fields=["is_stale"],
        batch_size=500,
    )


def count_all() -> None:
    """Count every marked record anew."""
    while count_some():
        pass


def count_some() -> bool:
    """Count a page of marked records anew; false if there is none, or another process is at it."""
    stale = WorkerRecord.objects.filter(is_stale=True)
    # Looking costs no lock; on SQLite the transaction below would stop every other writer.
    if not stale.exists():
        return False
    with transaction.atomic():
        page = list(stale.select_for_update(skip_locked=True).order_by("pk")[:PAGE])
        page.sort(key=lambda record: record.requester_id)
        for requester, records in groupby(page, key=lambda record: record.requester_id):
            _count(requester, list(records))
        WorkerRecord.objects.bulk_update(page, _COUNTED)
    return bool(page)


class Pace(NamedTuple):
    """A worker's answers in a group: how many, and the sum of the logarithms of their times."""

    group: int
    submitted: int
    log_milliseconds: int


def pace_of(paces: Iterable[Pace], medians: Mapping[int, float]) -> int | None:
    """Give the time of these answers in percent of their groups' median seconds; None if none is known.

    Logarithms, so that one answer that lay over night does not make a worker slow.
    """
    # What takes less than a second, programs do.
    known = [its for its in paces if its.submitted > 0 and medians.get(its.group, 0) >= 1]
    count = sum(its.submitted for its in known)
    if not count:
        return None
    usual = sum(its.submitted * log2(medians[its.group] * 1000) for its in known)
    taken = sum(its.log_milliseconds for its in known) / _LOG_UNITS
    return min(round(100 * 2 ** ((taken - usual) / count)), 100_000)


def hourly_of(cents: int, work_milliseconds: int, *, submitted: int, reviewed: int) -> int | None:
    """Give the cents that an hour of reviewed work brought; None where none is reviewed, or no time known."""
    if not submitted or not reviewed or work_milliseconds <= 0:
        return None
    return round(cents * _HOUR_SECONDS * 1000 * submitted / (work_milliseconds * reviewed))


def medians_of(groups: Iterable[int]) -> dict[int, float]:
    """Give the median seconds that answers in these groups took."""
    bins: dict[int, dict[int, int]] = defaultdict(dict)
    rows = WorkTime.objects.filter(scope=Scope.GROUP, scope_pk__in=sorted(set(groups)))
    for group, number, count in rows.values_list("scope_pk", "bin", "count"):
        bins[group][number] = count
    medians = ((group, work_times.quantile(counts, 0.5)) for group, counts in bins.items())
    return {group: median for group, median in medians if median is not None}


def _count(requester: int, records: list[WorkerRecord]) -> None:
    workers = [record.worker_id for record in records]
    totals = {
        total.worker_id: total
        for total in WorkOfWorker.objects.filter(
            scope=Scope.REQUESTER, scope_pk=requester, worker__in=workers
        )
    }
    paces, agreements = _paces(requester, workers), _agreements(requester, workers)
    medians = medians_of(pace.group for of_worker in paces.values() for pace in of_worker)
    for record in records:
        worker = record.worker_id
        _take_over(record, totals.get(worker) or WorkOfWorker(), _last_submitted(requester, worker))
        record.pace_percent = pace_of(paces[worker], medians)
        percents = agreements[worker]
        record.compared = len(percents)
        record.agreement_percent = int(fmean(percents)) if percents else None


def _take_over(record: WorkerRecord, total: WorkOfWorker, seen: datetime | None) -> None:
    record.approved, record.rejected = max(0, total.approved), max(0, total.rejected)
    reviewed = record.approved + record.rejected
    record.submitted = max(reviewed, total.submitted)
    record.work_seconds = max(0, total.work_milliseconds) // 1000
    record.reward_cents, record.bonus_cents = max(0, total.reward_cents), max(0, total.bonus_cents)
    record.approval_percent = 100 * total.approved // reviewed if reviewed else None
    record.hourly_cents = hourly_of(
        total.reward_cents + total.bonus_cents,
        total.work_milliseconds,
        submitted=total.submitted,
        reviewed=reviewed,
    )
    hour = datetime.fromtimestamp(total.last_hour * _HOUR_SECONDS, UTC)
    if total.last_hour:
        record.last_seen_at = max(seen or hour, hour)
    record.is_stale = False


def _paces(requester: int, workers: list[int]) -> dict[int, list[Pace]]:
    found: dict[int, list[Pace]] = defaultdict(list)
    rows = WorkOfWorker.objects.filter(
        scope=Scope.GROUP,
        worker__in=workers,
        scope_pk__in=HITGroup.objects.filter(requester=requester).values("pk"),
    )
    for worker, *pace in rows.values_list("worker", "scope_pk", "submitted", "log_milliseconds"):
        found[worker].append(Pace(*pace))
    return found


def _agreements(requester: int, workers: list[int]) -> dict[int, list[int]]:
    """Give how far each of the latest answers that were compared agrees with others', by worker."""
    compared = Assignment.objects.filter(group__requester=requester, agreement_percent__isnull=False)
    return {
        worker: [
            percent
            for percent in compared.filter(worker=worker)
            .order_by("-submitted_at")
            .values_list("agreement_percent", flat=True)[:MOST_COMPARED]
            if percent is not None
        ]
        for worker in workers
    }


def _last_submitted(requester: int, worker: int) -> datetime | None:
    mine = Assignment.objects.filter(worker=worker, group__requester=requester, submitted_at__isnull=False)
    return mine.order_by("-submitted_at").values_list("submitted_at", flat=True).first()
