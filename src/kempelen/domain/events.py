"""What has happened, as values; `record` writes them in the transaction that made them true."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import connection

from kempelen.domain import clock
from kempelen.domain.models import HIT, Assignment, Batch, Event, Message, Requester, User

_encode = msgspec.json.Encoder().encode
_PLAIN = ("kind", "requester_pk", "batch_pk", "hit_pk", "assignment_pk", "worker_pk", "user_pk")
# Written out: through the model a row costs six times as much, and every action writes one or two.
_INSERT = f"INSERT INTO {Event._meta.db_table} (at, data, {', '.join(_PLAIN)}) VALUES "
_ROW = f"({', '.join(['%s'] * (len(_PLAIN) + 2))})"
_AT_ONCE = 500


@dataclass(frozen=True)
class Happening:
    """Something that happened; its class name is the kind that is stored."""

    def row(self) -> Event:
        """Give the row that is written, without its time."""
        raise NotImplementedError


@dataclass(frozen=True)
class AssignmentHappening(Happening):
    """Something that happened to an assignment; `by` is the requester's member who did it, if one did."""

    assignment: Assignment
    requester_pk: int
    by: User | None = None
    data: dict[str, Any] = field(default_factory=dict)

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


@dataclass(frozen=True)
class MessageHappening(Happening):
    """Something that happened to a message between a worker and a requester."""

    message: Message
    requester_pk: int
    by: User | None = None

    def row(self) -> Event:
        """Give the row, with the HIT that the message is about."""
        return Event(
            kind=type(self).__name__,
            requester_pk=self.requester_pk,
            hit_pk=self.message.hit_id,
            worker_pk=self.message.worker_id,
            user_pk=self.by.pk if self.by else None,
            data={"message": self.message.public_id},
        )


class MessageSent(MessageHappening):
    """A worker told the requester something about a HIT."""


class MessageReplied(MessageHappening):
    """The requester replied."""


@dataclass(frozen=True)
class BatchHappening(Happening):
    """Something that happened to a batch; one event for all its HITs."""

    batch: Batch
    by: User | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def row(self) -> Event:
        """Give the row, with the batch's requester."""
        return Event(
            kind=type(self).__name__,
            requester_pk=self.batch.requester_id,
            batch_pk=self.batch.pk,
            user_pk=self.by.pk if self.by else None,
            data=self.data,
        )


class BatchUploaded(BatchHappening):
    """A CSV was checked and kept."""


class BatchPublished(BatchHappening):
    """All HITs of the batch appeared at once."""


class BatchFailed(BatchHappening):
    """Publishing failed; nothing of the batch is left but its name."""


class BatchPaused(BatchHappening):
    """The batch's HITs are not given out for now."""


class BatchResumed(BatchHappening):
    """The batch's HITs are given out again."""


class BatchCancelled(BatchHappening):
    """What nobody had begun was withdrawn."""


@dataclass(frozen=True)
class RequesterHappening(Happening):
    """Something that happened to a requester's account."""

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


class MemberJoined(RequesterHappening):
    """A user became a member of the requester."""


class AccessKeyCreated(RequesterHappening):
    """A member has a new access key; `data` names it."""


class AccessKeyRevoked(RequesterHappening):
    """An access key works no more; `data` names it."""


class ProjectSaved(RequesterHappening):
    """A project was made or changed; `data` names it."""


def record(*happenings: Happening) -> None:
    """Write the happenings; call it inside the transaction that made them true."""
    record_all(happenings)


def record_all(happenings: Iterable[Happening]) -> None:
    """Write many happenings with few statements; each action of a worker waits for this."""
    at = connection.ops.adapt_datetimefield_value(clock.now())
    rows = [happening.row() for happening in happenings]
    for start in range(0, len(rows), _AT_ONCE):
        page = rows[start : start + _AT_ONCE]
        values: list[Any] = []
        for row in page:
            values += [at, _encode(row.data).decode(), *(getattr(row, name) for name in _PLAIN)]
        with connection.cursor() as cursor:
            cursor.execute(_INSERT + ", ".join([_ROW] * len(page)), values)
