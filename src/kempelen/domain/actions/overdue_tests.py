"""Qualification tests whose time is over: whoever looks settles them first, a job the rest."""

from django.db import transaction
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from kempelen.domain import clock, events
from kempelen.domain.models import QualificationRequest, QualificationType, Worker

PAGE = 500
# As the index of open requests has it (`one_open_request_per_worker`): SQLite uses it for nothing else.
_IS_OPEN = RawSQL("status IN ('TakingTest', 'Pending')", (), output_field=BooleanField())


def settle() -> int:
    """Abandon every test whose time is over; gives how many."""
    return _settle(Q(_IS_OPEN))


def settle_of_worker(worker: Worker) -> int:
    """Abandon the worker's tests whose time is over; gives how many."""
    return _settle(Q(_IS_OPEN, worker=worker))


def settle_of_type(kind: QualificationType) -> int:
    """Abandon the type's tests whose time is over; gives how many."""
    return _settle(Q(_IS_OPEN, qualification_type=kind))


def abandon(asked: QualificationRequest) -> None:
    """Note that the time ran out, of a locked request; it ended when it was over, not when that was seen."""
    asked.status, asked.resolved_at = QualificationRequest.Status.ABANDONED, asked.deadline_at
    asked.save(update_fields=["status", "resolved_at"])
    events.record(events.QualificationTestAbandoned(asked.qualification_type, asked.worker))


def _settle(where: Q) -> int:
    changed = 0
    while page := list(_due(where).values_list("pk", flat=True)[:PAGE]):
        changed += _settle_page(Q(pk__in=page))
    return changed


@transaction.atomic
def _settle_page(where: Q) -> int:
    # Looked at again: one that was submitted meanwhile was in time.
    due = _due(where).select_for_update(of=("self",)).select_related("qualification_type", "worker")
    page = list(due.order_by("pk"))
    for asked in page:
        abandon(asked)
    return len(page)


def _due(where: Q) -> QuerySet[QualificationRequest]:
    return QualificationRequest.objects.filter(
        where, status=QualificationRequest.Status.TAKING_TEST, deadline_at__lte=clock.now()
    )
