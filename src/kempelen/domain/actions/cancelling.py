"""Withdrawing what is left of a cancelled batch, page by page."""

from django.db import transaction
from django.db.models import Case, F, Value, When

from kempelen.domain import clock, events
from kempelen.domain.models import HIT, HITGroup

PAGE = 5_000


def cancel_now(batch_pk: int) -> int:
    """Expire every HIT of a cancelled batch that still had to be done; gives how many.

    A HIT that is being worked on takes that answer and nobody else's.
    """
    expired = 0
    while page := _expire_page(batch_pk):
        expired += page
    return expired


@transaction.atomic
def _expire_page(batch_pk: int) -> int:
    hits = (
        HIT.objects.select_for_update(of=("self",))
        .filter(group__batch=batch_pk, group__status=HITGroup.Status.CLOSED, expired_at__isnull=True)
        .filter(status__in=[HIT.Status.ASSIGNABLE, HIT.Status.UNASSIGNABLE])
        .order_by("pk")
    )
    page = list(hits.only("pk", "requester", "status", "pending_count")[:PAGE])
    HIT.objects.filter(pk__in=[hit.pk for hit in page]).update(
        expired_at=clock.now(),
        status=Case(
            When(status=HIT.Status.ASSIGNABLE, pending_count=0, then=Value(HIT.Status.REVIEWABLE)),
            When(status=HIT.Status.ASSIGNABLE, then=Value(HIT.Status.UNASSIGNABLE)),
            default=F("status"),
        ),
    )
    events.record_all(events.HITExpired(hit) for hit in page)
    events.record_all(
        events.HITReviewable(hit)
        for hit in page
        if hit.status == HIT.Status.ASSIGNABLE and not hit.pending_count
    )
    return len(page)
