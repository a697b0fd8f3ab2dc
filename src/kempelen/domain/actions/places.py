"""The places of a HIT: the one rule by which counts, status and queue position move together."""

from django.db import transaction
from django.db.models import F

from kempelen.domain import clock, events
from kempelen.domain.models import HIT, HITGroup


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


def move(hit: HIT, *, left: int = 0, pending: int = 0, unreviewed: int = 0, reviewed: int = 0) -> None:
    """Move places of a locked HIT from one count to another, and its status with them.

    A HIT that opens again goes to the end of its queue, so that every worker's cursor meets it: an
    open HIT behind a cursor is always one which that worker had.
    """
    was = hit.status
    hit.places_left += left
    hit.pending_count += pending
    hit.unreviewed_count += unreviewed
    hit.reviewed_count += reviewed
    hit.status = status_of(hit)
    changed = ["places_left", "pending_count", "unreviewed_count", "reviewed_count", "status"]
    if hit.status == HIT.Status.ASSIGNABLE != was:
        hit.seq = hit.shuffled_seq = take_positions(hit.group_id, 1)
        changed += ["seq", "shuffled_seq"]
    hit.save(update_fields=changed)
    if hit.status == HIT.Status.REVIEWABLE != was:
        events.record(events.HITReviewable(hit))


def take_positions(group_pk: int, count: int) -> int:
    """Reserve `count` positions at the end of the group's queue; gives the first.

    The group's row stays locked until the transaction ends: positions become visible in their order.
    """
    HITGroup.objects.filter(pk=group_pk).update(next_seq=F("next_seq") + count)
    return HITGroup.objects.values_list("next_seq", flat=True).get(pk=group_pk) - count


@transaction.atomic
def expire_hit(pk: int) -> None:
    """Give out no more places of the HIT; whoever works on it may finish."""
    hit = lock_hit(pk)
    if hit.expired_at is not None:
        return
    was = hit.status
    hit.expired_at = min(hit.expires_at, clock.now())
    hit.status = status_of(hit)
    hit.save(update_fields=["expired_at", "status"])
    events.record(events.HITExpired(hit))
    if hit.status == HIT.Status.REVIEWABLE != was:
        events.record(events.HITReviewable(hit))
