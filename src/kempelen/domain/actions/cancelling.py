"""Withdrawing what is left of a cancelled batch, page by page."""

from django.db import transaction

from kempelen.domain import clock
from kempelen.domain.actions import settling
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
    page = list(hits.only("pk", "requester", "status", "pending_count", "review_policies")[:PAGE])
    settling.expire_locked(page, at=clock.now())
    return len(page)
