"""How far HIT groups are: counted anew after something has happened, large ones less often."""

import time
from datetime import timedelta

from django.db.models import Count, F, Q, Sum

from kempelen.domain import clock
from kempelen.domain.models import HIT, GroupProgress

# A count waits so many times as long as it took, and so many seconds at least.
_REST = 40
# From so many HITs on pages read what is counted here; below, counting takes no longer than reading.
MANY_HITS = 1000
_LEAST_SECONDS = 2
_FINISHED = ~Q(status__in=[HIT.Status.ASSIGNABLE, HIT.Status.UNASSIGNABLE])

FIGURES = {
    "hits": Count("pk"),
    "hits_done": Count("pk", filter=_FINISHED & Q(places_left=0)),
    "hits_expired": Count("pk", filter=_FINISHED & Q(places_left__gt=0)),
    "places": Sum("max_assignments"),
    "open_places": Sum("places_left", filter=Q(status=HIT.Status.ASSIGNABLE)),
    "pending": Sum("pending_count"),
    "unreviewed": Sum("unreviewed_count"),
    "reviewed": Sum("reviewed_count"),
}


def counted(group_pk: int) -> dict[str, int]:
    """Count a group's HITs and places, which takes the longer the more there are."""
    found = HIT.objects.filter(group=group_pk).aggregate(**FIGURES)
    return {name: count or 0 for name, count in found.items()}


def recount_next() -> bool:
    """Count the group that has been due for longest; false if none is."""
    stale = GroupProgress.objects.filter(changes__gt=F("counted_changes"), due_at__lte=clock.real_now())
    due = stale.order_by("due_at").values_list("pk", "changes").first()
    if due is None:
        return False
    # What changes while it is counted adds to `changes`, and is counted next time.
    group_pk, changes = due
    began = time.monotonic()
    figures = counted(group_pk)
    rest = timedelta(seconds=max(_LEAST_SECONDS, (time.monotonic() - began) * _REST))
    GroupProgress.objects.filter(pk=group_pk).update(
        **figures, counted_changes=changes, due_at=clock.real_now() + rest
    )
    return True
