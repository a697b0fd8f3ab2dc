"""Reads for programs that show HITs as they are at this moment: what is due is settled first.

Most HITs have nothing due, which is seen in what was read anyway, or costs one look at an index.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from kempelen.domain import clock
from kempelen.domain.actions import settling
from kempelen.domain.errors import WrongState
from kempelen.domain.models import HIT, Assignment, Requester
from kempelen.domain.queries import hits as reads
from kempelen.domain.queries import qualifications


def hit(requester: Requester, hit_id: str) -> HIT:
    """Give the requester's HIT, or refuse with `NotFound`."""
    found = reads.found(requester, hit_id)
    return reads.found(requester, hit_id) if _settle([found]) else found


def newest_hits(requester: Requester, *, before: int | None, size: int) -> list[HIT]:
    """Give a page of the requester's HITs that are not disposed, newest first."""
    page = reads.newest(requester, before=before, size=size)
    if not _settle(page):
        return page
    # The very same HITs: a newer one must not push another off the page.
    again = HIT.objects.filter(pk__in=[hit.pk for hit in page]).order_by("-pk")
    return reads.with_what_is_shown(again)


def hits_requiring(
    requester: Requester, type_id: str, *, after: tuple[int, int] | None, size: int
) -> list[HIT]:
    """Give a page of the requester's HITs that require the qualification type."""
    page = qualifications.hits_requiring(requester, type_id, after=after, size=size)
    if not _settle(page):
        return page
    again = HIT.objects.filter(pk__in=[hit.pk for hit in page]).order_by("group", "pk")
    return reads.with_what_is_shown(again)


def hits_to_review(
    requester: Requester, status: str, *, hit_type_id: str | None, after: int | None, size: int
) -> list[tuple[int, str]]:
    """Give a page of the HITs in this status, by primary key and public id."""
    settling.settle_places_owned_by(requester)
    return reads.to_review(requester, status, hit_type_id=hit_type_id, after=after, size=size)


def work_on(
    requester: Requester,
    hit_id: str,
    statuses: Sequence[str],
    *,
    after: tuple[datetime, int] | None,
    size: int,
) -> list[Assignment]:
    """Give a page of a HIT's submitted work."""
    return reads.submitted(hit(requester, hit_id), statuses, after=after, size=size)


def submitted_assignment(requester: Requester, assignment_id: str) -> Assignment:
    """Give an assignment that was submitted, or refuse: `NotFound`, or `WrongState` while it is worked on."""
    found = reads.assignment(requester, assignment_id)
    if _settle([found.hit]):
        found = reads.assignment(requester, assignment_id)
    if found.status == Assignment.Status.ACCEPTED:
        # MTurk's list says Reviewable where it means Submitted (mturk-api.md [S19]).
        raise WrongState(
            f"Assignment {assignment_id} is not submitted yet.",
            code="InvalidAssignmentState",
            mturk_message="This operation can be called with a status of: Reviewable,Approved,Rejected",
        )
    return found


def _settle(hits: Sequence[HIT]) -> bool:
    """Settle what is due for these HITs; tells whether anything was."""
    now = clock.now()
    due = {hit.pk for hit in hits if hit.expired_at is None and hit.expires_at <= now}
    busy = [hit.pk for hit in hits if hit.pending_count or hit.unreviewed_count]
    if busy:
        overdue = Q(status=Assignment.Status.ACCEPTED, deadline_at__lte=now)
        waited = Q(status=Assignment.Status.SUBMITTED, auto_approval_at__lte=now)
        due |= set(Assignment.objects.filter(overdue | waited, hit__in=busy).values_list("hit", flat=True))
    for pk in sorted(due):
        settling.settle_hit(pk)
    return bool(due)
