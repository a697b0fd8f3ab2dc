"""How far a batch or a HIT group is: cheap figures for a bar that is looked at every few seconds."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from kempelen.domain.models import HIT, Batch


@dataclass(frozen=True)
class Progress:
    """A HIT group in figures; places are assignments asked for, over all its HITs."""

    hits: int = 0
    hits_done: int = 0
    hits_expired: int = 0
    places: int = 0
    pending: int = 0
    unreviewed: int = 0
    reviewed: int = 0

    @property
    def submitted(self) -> int:
        """Answers that are in, reviewed or not."""
        return self.unreviewed + self.reviewed


def of_batch(batch: Batch) -> Progress:
    """Give the batch's progress in one query; all zero before it is published."""
    if batch.hit_group_id is None or batch.state != Batch.State.PUBLISHED:
        return Progress()
    return of_group(batch.hit_group_id)


def of_group(group_pk: int) -> Progress:
    """Give the progress of a HIT group in one query."""
    finished = ~Q(status__in=[HIT.Status.ASSIGNABLE, HIT.Status.UNASSIGNABLE])
    figures = HIT.objects.filter(group=group_pk).aggregate(
        hits=Count("pk"),
        hits_done=Count("pk", filter=finished & Q(places_left=0)),
        hits_expired=Count("pk", filter=finished & Q(places_left__gt=0)),
        places=Sum("max_assignments"),
        pending=Sum("pending_count"),
        unreviewed=Sum("unreviewed_count"),
        reviewed=Sum("reviewed_count"),
    )
    return Progress(**{name: count or 0 for name, count in figures.items()})
