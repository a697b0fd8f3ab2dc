"""What is known of a worker for qualification types: scores they hold, and the system types' values.

The system types' values are computed from what the worker did, when they are asked for, and only those
that are (mturk-api.md §4.1).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from kempelen.domain import clock
from kempelen.domain.models import Assignment, Qualification, Worker
from kempelen.domain.qualifications import system_types
from kempelen.domain.qualifications.comparing import Fact

# Of a worker who has submitted fewer, a percentage says nothing: everybody starts with 100.
FEWEST_FOR_PERCENT_APPROVED = 100
_FROM_HISTORY = {
    system_types.APPROVED,
    system_types.PERCENT_APPROVED,
    system_types.PERCENT_SUBMITTED,
    system_types.PERCENT_ABANDONED,
    system_types.PERCENT_RETURNED,
    system_types.PERCENT_REJECTED,
}
_FROM_THE_WORKER = {system_types.LOCALE, system_types.ADULT}


@dataclass(frozen=True)
class Record:
    """How many of a worker's assignments came to what; what is in hand counts nowhere."""

    approved: int = 0
    rejected: int = 0
    waiting: int = 0
    returned: int = 0
    abandoned: int = 0

    @property
    def submitted(self) -> int:
        """How many were submitted, whatever became of them."""
        return self.approved + self.rejected + self.waiting

    def value_of(self, type_id: str) -> int:
        """Give a system type's value; shares are whole percents, rounded down, so that 95 is at least 95.

        Work that waits for its review is neither for nor against the worker.
        """
        reviewed = self.approved + self.rejected
        ended = self.submitted + self.returned + self.abandoned
        if type_id == system_types.APPROVED:
            return self.approved
        if type_id == system_types.PERCENT_APPROVED:
            is_known = self.submitted >= FEWEST_FOR_PERCENT_APPROVED
            return _percent(self.approved, reviewed, if_none=100) if is_known else 100
        shares = {
            system_types.PERCENT_SUBMITTED: _percent(self.submitted, ended, if_none=100),
            system_types.PERCENT_ABANDONED: _percent(self.abandoned, ended, if_none=0),
            system_types.PERCENT_RETURNED: _percent(self.returned, ended, if_none=0),
            system_types.PERCENT_REJECTED: _percent(self.rejected, reviewed, if_none=0),
        }
        return shares[type_id]


def facts(worker: Worker | None, type_ids: Collection[str]) -> dict[str, Fact]:
    """Give what the worker has of these qualification types, with two queries at most.

    A type that the worker lacks is left out.  None is somebody who has not worked yet.
    """
    wanted = set(type_ids)
    found = _of_the_worker(worker or Worker(), wanted)
    from_history = wanted & _FROM_HISTORY
    if from_history:
        record = record_of(worker, clock.now()) if worker is not None else Record()
        found |= {type_id: Fact(record.value_of(type_id)) for type_id in from_history}
    scored = wanted - _FROM_HISTORY - _FROM_THE_WORKER
    if scored and worker is not None:
        held = Qualification.objects.filter(
            worker=worker,
            status=Qualification.Status.GRANTED,
            qualification_type__public_id__in=scored,
        )
        rows = held.values_list("qualification_type__public_id", "value")
        found |= {type_id: Fact(value) for type_id, value in rows}
    return found


def record_of(worker: Worker, now: datetime) -> Record:
    """Count what became of the worker's assignments; what is due counts as done, settled or not."""
    status = Assignment.Status
    is_due = Q(status=status.SUBMITTED, auto_approval_at__lte=now)
    counts = Assignment.objects.filter(worker=worker).aggregate(
        approved=Count("pk", filter=Q(status=status.APPROVED) | is_due),
        rejected=Count("pk", filter=Q(status=status.REJECTED)),
        waiting=Count("pk", filter=Q(status=status.SUBMITTED) & ~Q(auto_approval_at__lte=now)),
        returned=Count("pk", filter=Q(status=status.RETURNED)),
        abandoned=Count(
            "pk", filter=Q(status=status.ABANDONED) | Q(status=status.ACCEPTED, deadline_at__lte=now)
        ),
    )
    return Record(**counts)


def _of_the_worker(worker: Worker, wanted: set[str]) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    if system_types.ADULT in wanted:
        found[system_types.ADULT] = Fact(int(worker.is_adult))
    if system_types.LOCALE in wanted and worker.country:
        found[system_types.LOCALE] = Fact(country=worker.country, state=worker.subdivision)
    return found


def _percent(part: int, whole: int, *, if_none: int) -> int:
    return 100 * part // whole if whole else if_none
