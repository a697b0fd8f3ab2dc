"""What has happened to batches, and to all HITs of an API-made group at once: lines of the audit log."""

from dataclasses import dataclass, field
from typing import Any

from kempelen.domain.events import Happening, RequesterHappening
from kempelen.domain.models import Batch, Event, User


@dataclass(frozen=True)
class BatchHappening(Happening):
    """Something that happened to a batch; one event for all its HITs."""

    is_audited = True

    batch: Batch
    by: User | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def row(self) -> Event:
        """Give the row, with the batch's requester."""
        return Event(
            kind=type(self).__name__,
            requester_pk=self.batch.requester_id,
            batch_pk=self.batch.pk,
            user_pk=self.by.pk if self.by else None,
            data=self.data,
        )


class BatchUploaded(BatchHappening):
    """A CSV was checked and kept."""


class BatchPublished(BatchHappening):
    """All HITs of the batch appeared at once."""


class BatchFailed(BatchHappening):
    """Publishing failed; nothing of the batch is left but its name."""


class BatchPaused(BatchHappening):
    """The batch's HITs are not given out for now."""


class BatchResumed(BatchHappening):
    """The batch's HITs are given out again."""


class BatchCancelled(BatchHappening):
    """What nobody had begun was withdrawn."""


class BatchDiscarded(BatchHappening):
    """An upload that was never published was deleted; `data` names it."""


class BatchScheduled(BatchHappening):
    """The batch is to be published at a time (`data["at"]`), or no longer (None)."""


class BatchExtended(BatchHappening):
    """The batch's HITs live longer (`data["ends_at"]`), or ask for more assignments (`data["more"]`)."""


class BatchExpired(BatchHappening):
    """All HITs of the batch ended before their time."""


class BatchRowsAdded(BatchHappening):
    """More rows have become HITs of the batch; `data` has their number and the file's name."""


class BatchRowsFailed(BatchHappening):
    """Adding rows failed; `data` says how many became HITs, and why not the rest."""


class BatchAudienceChanged(BatchHappening):
    """Others may work on the batch now; `data` says who."""


class BatchRenamed(BatchHappening):
    """The batch is called otherwise: `data["was"]`, `data["name"]`."""


class BatchTimeChanged(BatchHappening):
    """Workers have another time for its HITs now: `data["seconds"]`."""


class HITGroupExtended(RequesterHappening):
    """HITs that programs made live longer, or ask for more assignments; `data` names the group."""


class HITGroupExpired(RequesterHappening):
    """HITs that programs made ended before their time; `data` names the group."""
