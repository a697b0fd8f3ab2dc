"""HITs one by one, as the API makes and changes them.

Reading what is due comes first (`settling.settle_hit`), so that each decision is made on the HIT as it is
at this moment.  Locks are taken in the order HIT, group.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from kempelen.domain import answers, clock, events, properties
from kempelen.domain.actions import hit_types, places, request_tokens, settling
from kempelen.domain.errors import (
    HITAlreadyExists,
    InvalidParameter,
    OutOfRange,
    RepeatedRequest,
    WrongLength,
    WrongState,
)
from kempelen.domain.ids import new_id
from kempelen.domain.models import HIT, Deferral, HITGroup, HITType, Message, Requester
from kempelen.domain.prepared import insert
from kempelen.domain.quality import policies
from kempelen.domain.queries import hits as reads
from kempelen.domain.queries import requirements
from kempelen.domain.queries.tasks import Task

MOST_ASSIGNMENTS = properties.RANGES["max_assignments"][1]
LONGEST_ANNOTATION = 255
EXTENSION_SECONDS = (60, properties.YEAR_SECONDS)


@dataclass(frozen=True)
class NewHIT:
    """What a HIT is made of beside its type.

    `review_policies` are by level ("Assignment", "HIT"), in MTurk's members.
    """

    task: Task
    lifetime_seconds: int
    max_assignments: int = 1
    requester_annotation: str = ""
    review_policies: Mapping[str, Mapping[str, Any]] | None = None


@transaction.atomic
def create(hit_type: HITType, new: NewHIT, *, operation: str = "CreateHIT", token: str = "") -> HIT:
    """Make a HIT of the type, at the end of the queue of the type's own group.

    The same token a second time within a day is refused with `HITAlreadyExists`.
    """
    _check(new)
    requirements.check_usable(hit_type)
    now = clock.now()
    hit = HIT(
        public_id=new_id(),
        requester_id=hit_type.requester_id,
        hit_type=hit_type,
        group=hit_types.own_group(hit_type),
        template_version=new.task.template_version,
        inputs=new.task.inputs,
        question=new.task.question,
        max_assignments=new.max_assignments,
        places_left=new.max_assignments,
        requester_annotation=new.requester_annotation,
        lifetime_seconds=new.lifetime_seconds,
        created_at=now,
        expires_at=now + timedelta(seconds=new.lifetime_seconds),
        review_policies=new.review_policies or None,
    )
    try:
        request_tokens.remember(hit_type.requester, operation, token, hit.public_id)
    except RepeatedRequest as repeated:
        raise HITAlreadyExists(repeated) from repeated
    # The group's row stays locked from here to the commit: as late as can be.
    hit.seq = hit.shuffled_seq = places.take_positions(hit.group_id, 1)
    insert(hit)
    events.record(events.HITCreated(hit))
    return hit


@transaction.atomic
def add_assignments(requester: Requester, hit_id: str, count: int, *, token: str = "") -> HIT:
    """Give a HIT more places; one that was done and has not expired is given out again.

    One that was made for fewer than ten never gets to ten (CreateAdditionalAssignmentsForHIT).
    """
    hit = _locked(requester, hit_id)
    _check_state(hit, *_LIVING)
    _check_group_open(hit)
    highest = MOST_ASSIGNMENTS - hit.max_assignments
    if not 1 <= count <= MOST_ASSIGNMENTS:
        raise OutOfRange("NumberOfAdditionalAssignments", count, (1, MOST_ASSIGNMENTS))
    crosses = properties.reaches_many(hit.max_assignments, hit.max_assignments + count)
    if crosses or count > highest:
        raise WrongState(
            f"HIT {hit_id} was made for {hit.max_assignments} assignments; "
            + (
                f"it cannot be extended to {properties.MANY_ASSIGNMENTS} or more."
                if crosses
                else f"at most {highest} can be added."
            ),
            code="InvalidMaximumAssignmentsIncrease",
        )
    request_tokens.remember(requester, "CreateAdditionalAssignmentsForHIT", token, hit_id)
    places.extend(hit, more=count)
    return hit


@transaction.atomic
def update_expiration(requester: Requester, hit_id: str, expire_at: datetime) -> HIT:
    """Extend a HIT's time, or expire it now where the time is past; it cannot be shortened otherwise.

    The time that was announced stays shown where the HIT is expired by this (mturk-api.md §9).  The same
    time a second time is refused, as MTurk did: inside it took the HIT and the time for a token.
    """
    hit = _locked(requester, hit_id)
    _check_state(hit, *_LIVING)
    request_tokens.remember(requester, "UpdateExpirationForHIT", f"{hit_id}{_java_date(expire_at)}", hit_id)
    now = clock.now()
    if expire_at <= now:
        settling.expire_hit(hit.pk)
        return hit
    _check_group_open(hit)
    # In whole seconds, as the API shows times.
    until = (hit.expires_at if hit.expired_at is None else now).replace(microsecond=0)
    seconds = (expire_at - until) // timedelta(seconds=1)
    if not EXTENSION_SECONDS[0] <= seconds <= EXTENSION_SECONDS[1]:
        raise OutOfRange("ExpirationIncrementInSeconds", seconds, EXTENSION_SECONDS)
    places.extend(hit, expires_at=expire_at)
    return hit


@transaction.atomic
def delete(requester: Requester, hit_id: str) -> None:
    """Dispose of a HIT whose work is all reviewed: the API lists it no more, our pages keep its answers."""
    hit = _locked(requester, hit_id)
    if hit.unreviewed_count:
        raise _wrong_state(hit, *_DONE)
    _check_state(hit, *_DONE)
    hit.status = HIT.Status.DISPOSED
    # No clock will tell of it any more.
    hit.expired_at = hit.expired_at or clock.now()
    hit.save(update_fields=["status", "expired_at"])
    events.record(events.HITDisposed(hit))


@transaction.atomic
def update_review_status(requester: Requester, hit_id: str, *, revert: bool = False) -> None:
    """Mark a Reviewable HIT as Reviewing, or with `revert` the other way."""
    before, after = HIT.Status.REVIEWABLE, HIT.Status.REVIEWING
    if revert:
        before, after = after, before
    hit = _locked(requester, hit_id)
    _check_state(hit, before)
    hit.status = after
    hit.save(update_fields=["status"])


@transaction.atomic
def change_type(requester: Requester, hit_id: str, hit_type: HITType) -> None:
    """Move a HIT to another type, and with it to the end of that type's queue.

    What workers have accepted stays in the group where they found it, and so keeps the reward and the
    delay of its review.  A HIT of a batch stays in it: its results and its progress are the batch's.
    """
    hit = _locked(requester, hit_id)
    _check_state(hit, *_LIVING)
    if hit.hit_type_id == hit_type.pk:
        return
    if not hit.group.is_of_type:
        raise WrongState(
            f"HIT {hit_id} belongs to a batch, whose HITs all have one type.", code="InvalidHITState"
        )
    requirements.check_usable(hit_type)
    group = hit_types.own_group(hit_type)
    hit.hit_type, hit.group = hit_type, group
    # Every cursor of the new queue is behind it: whoever has not had this HIT will meet it.
    hit.seq = hit.shuffled_seq = places.take_positions(group.pk, 1)
    hit.save(update_fields=["hit_type", "group", "seq", "shuffled_seq"])
    Deferral.objects.filter(hit=hit).update(group=group)
    Message.objects.filter(hit=hit).update(group=group)


_LIVING = (HIT.Status.ASSIGNABLE, HIT.Status.UNASSIGNABLE, HIT.Status.REVIEWABLE, HIT.Status.REVIEWING)
_DONE = (HIT.Status.REVIEWING, HIT.Status.REVIEWABLE)


def _locked(requester: Requester, hit_id: str) -> HIT:
    pk = reads.found(requester, hit_id).pk
    settling.settle_hit(pk)
    return places.lock_hit(pk)


def _check(new: NewHIT) -> None:
    properties.check({"lifetime_seconds": new.lifetime_seconds, "max_assignments": new.max_assignments})
    annotation = new.requester_annotation
    if len(annotation) > LONGEST_ANNOTATION:
        raise WrongLength("RequesterAnnotation", limit=LONGEST_ANNOTATION)
    if answers.storable(annotation) != annotation:
        raise InvalidParameter("RequesterAnnotation", annotation)
    for level, policy in (new.review_policies or {}).items():
        policies.check(policy, level)
        written = json.dumps(policy, ensure_ascii=False)
        if answers.storable(written) != written or r"\u0000" in written:
            raise InvalidParameter(f"{level}ReviewPolicy", policy.get("PolicyName"))


def _check_state(hit: HIT, *allowed: str) -> None:
    if hit.status not in allowed:
        raise _wrong_state(hit, *allowed)


def _wrong_state(hit: HIT, *allowed: str) -> WrongState:
    """Give the refusal in MTurk's words (mturk-api.md §1.3 [S15]), with its two spaces."""
    return WrongState(
        f"HIT {hit.public_id} is {hit.status}"
        + (", and has work to review." if hit.unreviewed_count else "."),
        code="InvalidHITState",
        mturk_message=(
            f"This HIT is currently in the state '{hit.status}'.  "
            f"This operation can be called with a status of: {', '.join(_values(allowed))}"
        ),
    )


def _values(statuses: Iterable[str]) -> list[str]:
    return [HIT.Status(status).value for status in statuses]


def _check_group_open(hit: HIT) -> None:
    if hit.group.status == HITGroup.Status.CLOSED:
        raise WrongState(
            f"HIT {hit.public_id} belongs to a batch that was cancelled.", code="InvalidHITState"
        )


def _java_date(at: datetime) -> str:
    """Give a time as Java's Date writes it: `Wed Jul 14 20:26:06 UTC 2021` (mturk-api.md [S7])."""
    at = at.astimezone(UTC)
    day, month = _DAYS[at.weekday()], _MONTHS[at.month - 1]
    return f"{day} {month} {at:%d %H:%M:%S} UTC {at.year}"


# Whatever language the server's own machine speaks.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
