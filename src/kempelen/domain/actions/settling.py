"""What becomes true by the clock: places abandoned, HITs expired, work approved.

Jobs settle it set by set; whoever looks and finds nothing settles first, so that what people see is
exact to the moment.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import Exact

from kempelen.domain import clock, events
from kempelen.domain.actions import payments, places, reviewing
from kempelen.domain.models import HIT, Assignment, Deferral, HITGroup, Requester

PAGE = 500


def settle_due() -> int:
    """Settle everything that is due; gives how many assignments and HITs changed."""
    changed = settle_places()
    while approved := approve_due(Q()):
        changed += approved
    return changed


def settle_page() -> int:
    """Settle a page of all that is due; gives how many assignments and HITs changed, 0 if nothing is due."""
    abandoned = sum(abandon(pk) for pk in list(_overdue(Q())[:PAGE]))
    return abandoned + expire_due(Q()) + approve_due(Q())


def settle_places_of(group: HITGroup) -> int:
    """Settle which places of one HIT group are free now; gives how many assignments and HITs changed."""
    # Work on a HIT that came from another group stays in that.
    return _settle_places(overdue=Q(hit__group=group), expired=Q(group=group))


def settle_places_owned_by(requester: Requester) -> int:
    """Settle which places of a requester's HITs are free now; gives how many assignments and HITs changed.

    What is due to others is for the jobs, so that nobody waits for it.
    """
    owner = Subquery(HIT.objects.filter(pk=OuterRef("hit")).values("requester")[:1])
    # Written so that no index of the requester's HITs fits: what is due is little, what they are may be much.
    return _settle_places(
        overdue=Q(Exact(owner, requester.pk)), expired=Q(Exact(F("requester") + 0, requester.pk))
    )


def settle_places() -> int:
    """Settle which places are free now, of all HITs; gives how many assignments and HITs changed.

    Looking for what is due costs next to nothing, and jobs leave little of it.
    """
    return _settle_places(overdue=Q(), expired=Q())


def settle_hit(hit_pk: int) -> int:
    """Settle what is due for one HIT."""
    now = clock.now()
    changed = sum(1 for pk in _overdue(Q(hit=hit_pk)) if abandon(pk))
    if HIT.objects.filter(pk=hit_pk, expired_at__isnull=True, expires_at__lte=now).exists():
        expire_hit(hit_pk)
        changed += 1
    return changed + approve_due(Q(hit=hit_pk))


def _settle_places(*, overdue: Q, expired: Q) -> int:
    changed = 0
    while page := list(_overdue(overdue)[:PAGE]):
        changed += sum(abandon(pk) for pk in page)
    while count := expire_due(expired):
        changed += count
    return changed


def _overdue(where: Q) -> QuerySet[Assignment, int]:
    return (
        Assignment.objects.filter(where, status=Assignment.Status.ACCEPTED, deadline_at__lte=clock.now())
        .order_by("deadline_at")
        .values_list("pk", flat=True)
    )


@transaction.atomic
def abandon(assignment_pk: int) -> bool:
    """Take the place back from a worker whose time is up; false if that was settled meanwhile."""
    hit = places.lock_hit(Assignment.objects.values_list("hit", flat=True).get(pk=assignment_pk))
    assignment = Assignment.objects.select_for_update().get(pk=assignment_pk)
    if assignment.status != Assignment.Status.ACCEPTED or assignment.deadline_at > clock.now():
        return False
    give_up(assignment, hit, status=Assignment.Status.ABANDONED)
    events.record(events.AssignmentAbandoned(assignment, requester_pk=hit.requester_id))
    return True


def give_up(assignment: Assignment, hit: HIT, *, status: str) -> None:
    """Free the place of a locked assignment, returned or abandoned; others come first for it."""
    assignment.status = status
    assignment.ended_at = clock.now() if status == Assignment.Status.RETURNED else assignment.deadline_at
    assignment.save(update_fields=["status", "ended_at"])
    Deferral.objects.get_or_create(worker_id=assignment.worker_id, hit=hit, group_id=hit.group_id)
    places.move(hit, left=+1, pending=-1)
    _compare_answers(hit)


@transaction.atomic
def expire_hit(pk: int) -> None:
    """Give out no more places of the HIT; whoever works on it may finish."""
    hit = places.lock_hit(pk)
    if hit.expired_at is not None:
        return
    was = hit.status
    hit.expired_at = min(hit.expires_at, clock.now())
    hit.status = places.status_of(hit)
    hit.save(update_fields=["expired_at", "status"])
    events.record(events.HITExpired(hit))
    if hit.status == HIT.Status.REVIEWABLE != was:
        events.record(events.HITReviewable(hit))
        _compare_answers(hit)


def expire_due(where: Q) -> int:
    """Expire a page of HITs whose lifetime is over; gives how many were found."""
    due = Q(expired_at__isnull=True, expires_at__lte=clock.now())
    # In the order of the index that knows them: in that of their keys, SQLite would look at all HITs.
    pks = list(HIT.objects.filter(where & due).order_by("expires_at").values_list("pk", flat=True)[:PAGE])
    if pks:
        _expire_page(Q(due, pk__in=pks))
    return len(pks)


@transaction.atomic
def _expire_page(due: Q) -> None:
    # By id: the order in which everybody locks.
    hits = list(HIT.objects.select_for_update().filter(due).order_by("pk"))
    expire_locked(hits, at=F("expires_at"))


def expire_locked(hits: Sequence[HIT], *, at: datetime | F) -> None:
    """Expire locked HITs that have not expired yet, at a time or each at its own."""
    was_assignable = [hit for hit in hits if hit.status == HIT.Status.ASSIGNABLE]
    HIT.objects.filter(pk__in=[hit.pk for hit in hits]).update(
        expired_at=at,
        status=Case(
            When(status=HIT.Status.ASSIGNABLE, pending_count=0, then=Value(HIT.Status.REVIEWABLE)),
            When(status=HIT.Status.ASSIGNABLE, then=Value(HIT.Status.UNASSIGNABLE)),
            default=F("status"),
        ),
    )
    reviewable = [hit for hit in was_assignable if not hit.pending_count]
    events.record_all(events.HITExpired(hit) for hit in hits)
    events.record_all(events.HITReviewable(hit) for hit in reviewable)
    for hit in reviewable:
        hit.status, hit.expired_at = HIT.Status.REVIEWABLE, hit.expires_at if isinstance(at, F) else at
        _compare_answers(hit)


def _compare_answers(hit: HIT) -> None:
    """Let the policy of a HIT that has become Reviewable look at it; most HITs have none."""
    if hit.review_policies:
        reviewing.compare_answers(hit)


@transaction.atomic
def approve_due(where: Q) -> int:
    """Approve a page of submitted work whose delay is over; gives how many.

    The time of approval is the moment that was promised, not the moment when the clock was looked at.
    """
    due = Assignment.objects.filter(
        where, status=Assignment.Status.SUBMITTED, auto_approval_at__lte=clock.now()
    )
    page = list(due.order_by("auto_approval_at").values_list("pk", "hit")[:PAGE])
    if not page:
        return 0
    # HITs before assignments, by id: the order in which everybody locks.
    list(HIT.objects.select_for_update().filter(pk__in={hit for _, hit in page}).order_by("pk"))
    assignments = list(
        due.select_for_update(of=("self",))
        .filter(pk__in=[pk for pk, _ in page])
        .select_related("group__hit_type")
        .defer("answers", "draft")
        .order_by("pk")
    )
    Assignment.objects.filter(pk__in=[assignment.pk for assignment in assignments]).update(
        status=Assignment.Status.APPROVED, approved_at=F("auto_approval_at")
    )
    by_count: dict[int, list[int]] = {}
    for hit_pk, count in Counter(assignment.hit_id for assignment in assignments).items():
        by_count.setdefault(count, []).append(hit_pk)
    for count, hit_pks in by_count.items():
        HIT.objects.filter(pk__in=hit_pks).update(
            unreviewed_count=F("unreviewed_count") - count, reviewed_count=F("reviewed_count") + count
        )
    payments.pay_rewards(assignments)
    events.record_all(
        events.AssignmentApproved(assignment, requester_pk=assignment.group.requester_id, data={"auto": True})
        for assignment in assignments
    )
    return len(assignments)
