"""The events of work done in Turkle, with its times: figures of all kinds are made from events."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from kempelen.domain.events import AssignmentAccepted, AssignmentApproved, AssignmentSubmitted
from kempelen.domain.models import Assignment, Event, Requester

# Written out: there are three for each answer, and through the model a row costs five times as much.
_INSERT = (
    f"INSERT INTO {Event._meta.db_table} "
    "(at, kind, requester_pk, hit_pk, assignment_pk, worker_pk, data, is_audited, awaits_notification) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, FALSE, FALSE)"
)
_PLAIN, _BY_ITSELF = "{}", '{"auto": true}'


def write(requester: Requester, new: Iterable[Assignment], finished: Iterable[Assignment]) -> None:
    """Write what has happened to new assignments, and to those that were in hand before."""
    rows = [row for one in new for row in _all_of(one, requester.pk)]
    rows += [row for one in finished for row in _answer_of(one, requester.pk)]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)


def _all_of(assignment: Assignment, requester_pk: int) -> Iterator[tuple[Any, ...]]:
    yield _row(AssignmentAccepted, assignment, requester_pk, assignment.accepted_at)
    if assignment.submitted_at is not None:
        yield from _answer_of(assignment, requester_pk)


def _answer_of(assignment: Assignment, requester_pk: int) -> Iterator[tuple[Any, ...]]:
    if assignment.submitted_at is not None:
        yield _row(AssignmentSubmitted, assignment, requester_pk, assignment.submitted_at)
    if assignment.approved_at is not None:
        yield _row(AssignmentApproved, assignment, requester_pk, assignment.approved_at, data=_BY_ITSELF)


def _row(
    kind: type, assignment: Assignment, requester_pk: int, at: datetime, *, data: str = _PLAIN
) -> tuple[Any, ...]:
    when = connection.ops.adapt_datetimefield_value(at)
    ids = (requester_pk, assignment.hit_id, assignment.pk, assignment.worker_id)
    return (when, kind.__name__, *ids, data)
