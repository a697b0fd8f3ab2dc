"""The places of a HIT: the one rule by which counts, status and queue position move together."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from kempelen.domain import events
from kempelen.domain.models import HIT, HITGroup
from kempelen.domain.prepared import update


def lock_hit(pk: int) -> HIT:
    """Read a HIT and keep everybody else from changing it until the transaction ends."""
    return HIT.objects.select_for_update().get(pk=pk)


def status_of(hit: HIT) -> str:
    """Give the status that the HIT's counts and expiry imply (mturk-api.md §3.1)."""
    if hit.places_left and hit.expired_at is None:
        return HIT.Status.ASSIGNABLE
    if hit.pending_count:
        return HIT.Status.UNASSIGNABLE
    if hit.status in (HIT.Status.REVIEWING, HIT.Status.DISPOSED):
        return hit.status
    return HIT.Status.REVIEWABLE


def move(
    hit: HIT,
    *,
    left: int = 0,
    pending: int = 0,
    unreviewed: int = 0,
    reviewed: int = 0,
    happened: Sequence[events.Happening] = (),
    also: Sequence[str] = (),
) -> None:
    """Move places of a locked HIT from one count to another, and its status with them.

    `happened` is what it happens by: recorded in the same statement, since everybody waits for each.
    `also` names what else of the HIT has changed.
    """
    hit.places_left += left
    hit.pending_count += pending
    hit.unreviewed_count += unreviewed
    hit.reviewed_count += reviewed
    counts = ("places_left", "pending_count", "unreviewed_count", "reviewed_count")
    save(hit, *counts, *also, happened=happened)


def save(hit: HIT, *changed: str, happened: Sequence[events.Happening] = ()) -> None:
    """Save what has changed of a locked HIT, with the status that it has by this.

    A HIT that opens again goes to the end of its queue, so that every worker's cursor meets it: an
    open HIT behind a cursor is always one which that worker had.
    """
    was = hit.status
    hit.status = status_of(hit)
    fields = [*changed, "status"]
    if hit.status == HIT.Status.ASSIGNABLE != was:
        hit.seq = hit.shuffled_seq = take_positions(hit.group_id, 1)
        fields += ["seq", "shuffled_seq"]
    update(hit, *fields)
    is_in = hit.status == HIT.Status.REVIEWABLE != was
    events.record(*happened, *([events.HITReviewable(hit)] if is_in else []))


def extend(hit: HIT, *, more: int = 0, expires_at: datetime | None = None) -> None:
    """Give a locked HIT more places, a later end, or both; whether that is allowed is the caller's to know.

    An expired HIT stays so unless its end moves too; an end that is not later changes nothing.
    """
    prolong(hit, more=more, expires_at=expires_at)
    save(hit, *PROLONGED, happened=[events.HITExtended(hit)])


def extend_all(hits: Sequence[HIT], *, more: int = 0, expires_at: datetime | None = None) -> None:
    """Do so with locked HITs of one group, in a few statements."""
    opened = []
    for hit in hits:
        was = hit.status
        prolong(hit, more=more, expires_at=expires_at)
        hit.status = status_of(hit)
        if hit.status == HIT.Status.ASSIGNABLE != was:
            opened.append(hit)
    if opened:
        for seq, hit in enumerate(opened, take_positions(opened[0].group_id, len(opened))):
            hit.seq = hit.shuffled_seq = seq
    HIT.objects.bulk_update(hits, [*PROLONGED, "status", "seq", "shuffled_seq"])
    events.record_all(events.HITExtended(hit) for hit in hits)


def prolong(hit: HIT, *, more: int, expires_at: datetime | None) -> None:
    """Change the HIT's places and end, which are `PROLONGED`; nothing is saved."""
    hit.max_assignments += more
    hit.places_left += more
    if expires_at is not None and expires_at > min(hit.expires_at, hit.expired_at or hit.expires_at):
        hit.expires_at, hit.expired_at = expires_at, None


PROLONGED = ("max_assignments", "places_left", "expires_at", "expired_at")


def take_positions(group_pk: int, count: int) -> int:
    """Reserve `count` positions at the end of the group's queue; gives the first.

    The group's row stays locked until the transaction ends: positions become visible in their order.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_POSITIONS, [count, group_pk])
        (after,) = cursor.fetchone()
    return int(after) - count


_TAKE_POSITIONS = (
    f"UPDATE {HITGroup._meta.db_table} SET next_seq = next_seq + %s WHERE id = %s RETURNING next_seq"
)
