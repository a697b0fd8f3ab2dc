"""How far a batch or a HIT group is: cheap figures for a bar that is looked at every few seconds."""

from dataclasses import dataclass, fields

from kempelen.domain.models import Batch, GroupProgress
from kempelen.domain.statistics import recounting


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
    """Give the batch's progress; all zero before it is published."""
    if batch.hit_group_id is None or batch.state != Batch.State.PUBLISHED:
        return Progress()
    return of_group(batch.hit_group_id)


def of_group(group_pk: int) -> Progress:
    """Give the progress of a HIT group in two queries at most.

    A large group's is counted in the background (`statistics.recounting`), and some seconds old.
    """
    large = GroupProgress.objects.filter(pk=group_pk, hits__gt=recounting.MANY_HITS)
    kept = large.values(*_NAMES).first()
    if kept is not None:
        return Progress(**kept)
    counted = recounting.counted(group_pk)
    return Progress(**{name: counted[name] for name in _NAMES})


_NAMES = [one.name for one in fields(Progress)]
