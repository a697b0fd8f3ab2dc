"""The events of work done in Turkle, with its times: figures of all kinds are made from events."""

from collections.abc import Iterable, Iterator

from kempelen.domain.events import (
    AssignmentAccepted,
    AssignmentApproved,
    AssignmentHappening,
    AssignmentSubmitted,
)
from kempelen.domain.models import Assignment, Event, Requester

_AT_ONCE = 500


def write(requester: Requester, new: Iterable[Assignment], finished: Iterable[Assignment]) -> None:
    """Write what has happened to new assignments, and to those that were in hand before."""
    rows = [row for one in new for row in _all_of(one, requester.pk)]
    rows += [row for one in finished for row in _answer_of(one, requester.pk)]
    Event.objects.bulk_create(rows, batch_size=_AT_ONCE)


def _all_of(assignment: Assignment, requester_pk: int) -> Iterator[Event]:
    yield _event(AssignmentAccepted(assignment, requester_pk), assignment.accepted_at)
    if assignment.submitted_at is not None:
        yield from _answer_of(assignment, requester_pk)


def _answer_of(assignment: Assignment, requester_pk: int) -> Iterator[Event]:
    if assignment.corrected_at is not None:
        return
    yield _event(AssignmentSubmitted(assignment, requester_pk), assignment.submitted_at)
    if assignment.approved_at is not None:
        auto = AssignmentApproved(assignment, requester_pk, data={"auto": True})
        yield _event(auto, assignment.approved_at)


def _event(happening: AssignmentHappening, at: object) -> Event:
    row = happening.row()
    row.at = at  # type: ignore[assignment]
    return row
