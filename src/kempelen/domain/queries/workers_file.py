"""A requester's workers and bonuses as the rows of files, read a page at a time."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q

from kempelen.domain import clock, money
from kempelen.domain.batches import workers_csv
from kempelen.domain.batches.workers_csv import Rate
from kempelen.domain.models import (
    Assignment,
    Payment,
    Qualification,
    QualificationType,
    Requester,
    WorkerBlock,
    WorkerRecord,
)
from kempelen.domain.queries.workers import ChosenWorkers, own_types

_AT_ONCE = 500
_STATUS = Assignment.Status
_DAYS = (30, 7)
BONUS_COLUMNS = ("WorkerId", "AssignmentId", "BonusAmount", "Reason", "GrantTime", "PaidBy")
PLAIN_COLUMNS = (workers_csv.WORKER_ID, workers_csv.VALUE)


def amazons(requester: Requester, chosen: ChosenWorkers) -> Iterator[list[str]]:
    """Give the header and the row of each chosen worker, in Amazon's columns."""
    types = list(own_types(requester).only("pk", "name"))
    yield workers_csv.header([kind.name for kind in types])
    last = 0
    while page := list(_records_after(requester, chosen, last)):
        last = page[-1].pk
        workers = [record.worker_id for record in page]
        lately = [_rates(requester, workers, days) for days in _DAYS]
        scores = _scores(types, workers)
        blocked = set(
            WorkerBlock.objects.filter(requester=requester, worker__in=workers).values_list(
                "worker", flat=True
            )
        )
        for record in page:
            worker = record.worker_id
            ever = Rate(record.approved + record.rejected, record.approved)
            yield workers_csv.row(
                record.worker.public_id,
                [ever, *(rates.get(worker, Rate()) for rates in lately)],
                [scores.get((kind.pk, worker)) for kind in types],
                is_blocked=worker in blocked,
            )


def holders_of(kind: QualificationType) -> Iterator[list[str]]:
    """Give who holds the type, and with which value: a plain file that an upload takes too."""
    yield list(PLAIN_COLUMNS)
    held = Qualification.objects.filter(qualification_type=kind, status=Qualification.Status.GRANTED)
    rows = held.order_by("pk").values_list("worker__public_id", "value")
    for worker_id, value in rows.iterator(chunk_size=_AT_ONCE):
        yield [worker_id, "" if value is None else str(value)]


def bonuses(requester: Requester) -> Iterator[list[str]]:
    """Give every bonus that was paid, oldest first; one outside any HIT has no AssignmentId."""
    yield list(BONUS_COLUMNS)
    paid = Payment.objects.filter(requester=requester, kind=Payment.Kind.BONUS).order_by("paid_at", "pk")
    rows = paid.values_list(
        "worker__public_id", "assignment__public_id", "amount_cents", "reason", "paid_at", "by__username"
    )
    for worker_id, assignment_id, cents, reason, at, by in rows.iterator(chunk_size=_AT_ONCE):
        amount = str(money.dollars_of(cents))
        when = at.isoformat(timespec="seconds")
        yield [worker_id, assignment_id or "", amount, _harmless(reason), when, _harmless(by or "")]


def _records_after(requester: Requester, chosen: ChosenWorkers, last: int) -> list[WorkerRecord]:
    found = chosen.records(requester).filter(pk__gt=last).select_related("worker")
    return list(found.order_by("pk")[:_AT_ONCE])


def _rates(requester: Requester, workers: list[int], days: int) -> dict[int, Rate]:
    """Give the rates of what these workers submitted in the last days."""
    reviewed = Assignment.objects.filter(
        worker__in=workers,
        group__requester=requester,
        status__in=[_STATUS.APPROVED, _STATUS.REJECTED],
        submitted_at__gte=clock.now() - timedelta(days=days),
    )
    counted = (
        reviewed.order_by()
        .values("worker")
        .annotate(reviewed=Count("pk"), approved=Count("pk", filter=Q(status=_STATUS.APPROVED)))
    )
    rows = counted.values_list("worker", "reviewed", "approved")
    return {worker: Rate(*counts) for worker, *counts in rows}


def _scores(types: list[QualificationType], workers: list[int]) -> dict[tuple[int, int], int | None]:
    held = Qualification.objects.filter(
        qualification_type__in=types, worker__in=workers, status=Qualification.Status.GRANTED
    )
    return {
        (kind, worker): value
        for kind, worker, value in held.values_list("qualification_type", "worker", "value")
    }


def _harmless(cell: str) -> str:
    """Give the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
