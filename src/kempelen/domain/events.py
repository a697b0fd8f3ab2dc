"""What has happened, as values; `record` writes them in the transaction that made them true."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

import msgspec
from django.db import connection, transaction

from kempelen.domain import clock, prepared
from kempelen.domain.actions import background
from kempelen.domain.models import (
    HIT,
    Assignment,
    Event,
    Notification,
    QualificationType,
    Requester,
    User,
    Worker,
)

_encode = msgspec.json.Encoder().encode
_PLAIN = ("kind", "requester_pk", "batch_pk", "hit_pk", "assignment_pk", "worker_pk", "user_pk")
# Written out: through the model a row costs six times as much, and every action writes one or two.
_COLUMNS = f"(at, data, {', '.join(_PLAIN)}, is_audited, told_from, awaits_notification)"
_INSERT = f"INSERT INTO {Event._meta.db_table} {_COLUMNS} VALUES "
_VALUES = ", ".join(["%s"] * (len(_PLAIN) + 4))
_ROW = f"({_VALUES}, FALSE)"
# Whether the HIT's type asks to be told of this kind: asked within the INSERT, which is no further trip.
# Of several forms this one costs least: 2 µs on SQLite, 60 µs on PostgreSQL, which plans it each time.
_ROW_TO_TELL = f"""({_VALUES}, COALESCE((
    SELECT is_active AND CAST(event_types AS text) LIKE %s FROM {Notification._meta.db_table}
    WHERE hit_type_id = (SELECT hit_type_id FROM {HIT._meta.db_table} WHERE id = %s)), FALSE))"""
_AT_ONCE = 500
_KEPT = 2


@dataclass(frozen=True)
class Happening:
    """Something that happened; its class name is the kind that is stored."""

    # Whether it belongs into the log of who did what (`queries.audit`), which has few rows for that reason.
    is_audited: ClassVar[bool] = False

    def row(self) -> Event:
        """Give the row that is written, without its time."""
        raise NotImplementedError


@dataclass(frozen=True)
class AssignmentHappening(Happening):
    """Something that happened to an assignment; `by` is the requester's member who did it, if one did.

    What can still be undone is told to nobody before `told_from`.
    """

    assignment: Assignment
    requester_pk: int
    by: User | None = None
    data: dict[str, Any] = field(default_factory=dict)
    told_from: datetime | None = None

    def row(self) -> Event:
        """Give the row, with everything that the assignment belongs to."""
        return Event(
            kind=type(self).__name__,
            requester_pk=self.requester_pk,
            hit_pk=self.assignment.hit_id,
            assignment_pk=self.assignment.pk,
            worker_pk=self.assignment.worker_id,
            user_pk=self.by.pk if self.by else None,
            data=self.data,
            told_from=self.told_from,
        )


class AssignmentAccepted(AssignmentHappening):
    """A worker took a place."""


class AssignmentSubmitted(AssignmentHappening):
    """A worker's answer was stored."""


class AssignmentCorrected(AssignmentHappening):
    """A worker sent another answer in place of the first, which is kept."""


class AssignmentReturned(AssignmentHappening):
    """A worker gave the place back."""


class AssignmentAbandoned(AssignmentHappening):
    """A worker's time ran out."""


class AssignmentApproved(AssignmentHappening):
    """The work was approved, by a member or by the clock (`data["auto"]`)."""


class AssignmentRejected(AssignmentHappening):
    """The work was rejected."""


class BonusSent(AssignmentHappening):
    """The worker was paid more than the reward: `data["cents"]`."""


@dataclass(frozen=True)
class HITHappening(Happening):
    """Something that happened to a HIT."""

    hit: HIT
    data: dict[str, Any] = field(default_factory=dict)

    def row(self) -> Event:
        """Give the row, with the HIT's requester."""
        return Event(
            kind=type(self).__name__, requester_pk=self.hit.requester_id, hit_pk=self.hit.pk, data=self.data
        )


class HITCreated(HITHappening):
    """A HIT was made by itself, not as a row of a batch."""


class HITExpired(HITHappening):
    """No place of the HIT is given out any more, by time or by call."""


class HITReviewable(HITHappening):
    """All work on the HIT is in."""


class HITExtended(HITHappening):
    """The HIT has more places, or lives longer."""


class HITDisposed(HITHappening):
    """The HIT was deleted: it is hidden, and its work stays."""


# The kinds that a requester's programs may ask to be told of: MTurk's EventTypes (mturk-api.md §6).
TOLD = frozenset(
    kind.__name__
    for kind in (
        AssignmentAccepted,
        AssignmentAbandoned,
        AssignmentReturned,
        AssignmentSubmitted,
        AssignmentRejected,
        AssignmentApproved,
        HITCreated,
        HITExpired,
        HITReviewable,
        HITExtended,
        HITDisposed,
    )
)


@dataclass(frozen=True)
class RequesterHappening(Happening):
    """Something that happened to a requester's account."""

    is_audited = True

    requester: Requester
    by: User | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def row(self) -> Event:
        """Give the row."""
        return Event(
            kind=type(self).__name__,
            requester_pk=self.requester.pk,
            user_pk=self.by.pk if self.by else None,
            data=self.data,
        )


class RequesterCreated(RequesterHappening):
    """A requester and its owner came to be."""


class AccessKeyCreated(RequesterHappening):
    """A member has a new access key; `data` names it."""


class AccessKeyRevoked(RequesterHappening):
    """An access key works no more; `data` names it."""


class DeliveryGivenUp(RequesterHappening):
    """A message to the requester's programs, or a mail in its name, never left; `data` says why."""

    is_audited = False


class ProjectSaved(RequesterHappening):
    """A project was made or changed; `data` names it."""


@dataclass(frozen=True)
class QualificationHappening(Happening):
    """Something that happened to a qualification type, or to a worker's qualification of that type."""

    qualification_type: QualificationType
    worker: Worker | None = None
    by: User | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def row(self) -> Event:
        """Give the row, with the type's public id; system types have no requester."""
        return Event(
            kind=type(self).__name__,
            requester_pk=self.qualification_type.requester_id,
            worker_pk=self.worker.pk if self.worker else None,
            user_pk=self.by.pk if self.by else None,
            data={"qualification_type": self.qualification_type.public_id, **self.data},
        )


class QualificationTypeCreated(QualificationHappening):
    """A requester made a qualification type."""

    is_audited = True


class QualificationTypeChanged(QualificationHappening):
    """A qualification type was changed; a test that was replaced is in `data`, with its answer key."""

    is_audited = True


class QualificationTypeDisposed(QualificationHappening):
    """A qualification type was deleted; what was granted of it stays."""

    is_audited = True


class QualificationRequested(QualificationHappening):
    """A worker asked for a qualification; where it has a test, that began."""


class QualificationTestSubmitted(QualificationHappening):
    """A worker's answers to the test were stored."""


class QualificationTestAbandoned(QualificationHappening):
    """A worker's time for the test ran out."""


class QualificationRequestRejected(QualificationHappening):
    """A worker's request was refused; `data` says why."""


class QualificationGranted(QualificationHappening):
    """A worker holds the qualification, with the value in `data`."""


class QualificationRevoked(QualificationHappening):
    """A worker's qualification was taken away; `data` says why."""


def record(*happenings: Happening) -> None:
    """Write the happenings; call it inside the transaction that made them true."""
    record_all(happenings)


def record_all(happenings: Iterable[Happening]) -> None:
    """Write many happenings with few statements; each action of a worker waits for this."""
    at = connection.ops.adapt_datetimefield_value(clock.now())
    rows = [_row_of(happening) for happening in happenings]
    for start in range(0, len(rows), _AT_ONCE):
        _insert(rows[start : start + _AT_ONCE], at)


def _row_of(happening: Happening) -> Event:
    row = happening.row()
    row.is_audited = happening.is_audited
    return row


def _insert(rows: list[Event], at: object) -> None:
    shapes: list[str] = []
    values: list[Any] = []
    for row in rows:
        values += [at, _encode(row.data).decode(), *(getattr(row, name) for name in _PLAIN), row.is_audited]
        if row.kind in TOLD:
            shapes.append(_ROW_TO_TELL)
            held = row.told_from and connection.ops.adapt_datetimefield_value(row.told_from)
            values += [held or at, f'%"{row.kind}"%', row.hit_pk]
        else:
            shapes.append(_ROW)
            values.append(None)
    # A statement is worth keeping if there are few different ones.
    with prepared.cursor() if len(rows) <= _KEPT else connection.cursor() as cursor:
        cursor.execute(f"{_INSERT}{', '.join(shapes)} RETURNING awaits_notification", values)
        if any(is_awaited for (is_awaited,) in cursor.fetchall()):
            transaction.on_commit(background.told.set)
