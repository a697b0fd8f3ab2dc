"""What is always true of HITs, assignments and payments, whoever did what."""

from django.db.models import Count, Q

from kempelen.domain.actions import places
from kempelen.domain.models import HIT, Assignment, Payment


def counts_equal_what_the_rows_say() -> None:
    """Each HIT has as many places, pending, unreviewed and reviewed as its assignments say."""
    counted = HIT.objects.annotate(
        accepted=Count("assignments", filter=Q(assignments__status="Accepted")),
        submitted=Count("assignments", filter=Q(assignments__status="Submitted")),
        reviewed=Count("assignments", filter=Q(assignments__status__in=["Approved", "Rejected"])),
    )
    for hit in counted:
        assert (hit.pending_count, hit.unreviewed_count, hit.reviewed_count) == (
            hit.accepted,
            hit.submitted,
            hit.reviewed,
        )
        assert hit.places_left == hit.max_assignments - hit.accepted - hit.submitted - hit.reviewed >= 0
        assert hit.status == places.status_of(hit)


def nobody_has_a_hit_twice() -> None:
    """No worker has more than one live or done assignment of a HIT."""
    twice = (
        Assignment.objects.filter(status__in=Assignment.LIVE_OR_DONE)
        .values("hit", "worker")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
    )
    assert not twice.exists()


def what_is_approved_is_paid_once() -> None:
    """Each approved assignment has one payment of its reward, and nothing else has one."""
    approved = Assignment.objects.filter(status="Approved").values_list("pk", "group__hit_type__reward_cents")
    paid = Payment.objects.filter(kind="reward").values_list("assignment", "amount_cents")
    assert sorted(paid) == sorted(approved)
