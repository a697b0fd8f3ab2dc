"""Publishing a batch at a time, by itself."""

from datetime import datetime, timedelta

from django.db import transaction

from kempelen.domain import batch_events, clock, events
from kempelen.domain.actions import background, batches
from kempelen.domain.errors import InvalidValue, Refusal, WrongState
from kempelen.domain.models import Batch, User

PUBLISH_SCHEDULED = "publish_scheduled"
LONGEST = timedelta(days=365)


@transaction.atomic
def schedule(batch: Batch, at: datetime, *, by: User | None = None) -> None:
    """Have an upload published at a time within the next year; a time that it had before counts no more."""
    if not timedelta(0) < at - clock.now() <= LONGEST:
        raise InvalidValue("publish_at", "Give a time that is still to come, within a year.")
    _set(batch, at, by)
    background.ask_for(PUBLISH_SCHEDULED, due_at=at, batch=batch.pk, at=at.isoformat())


@transaction.atomic
def unschedule(batch: Batch, *, by: User | None = None) -> None:
    """Leave an upload unpublished until somebody says so."""
    _set(batch, None, by)


def publish_due(batch_pk: int, at: str) -> None:
    """Begin to publish a batch whose time has come, unless it has another one by now.

    Where it cannot be published, it stays an upload that says why.
    """
    due_at = datetime.fromisoformat(at)
    try:
        _publish_if_due(batch_pk, due_at)
    except Refusal as refusal:
        give_up(batch_pk, at, str(refusal))


@transaction.atomic
def _publish_if_due(batch_pk: int, at: datetime) -> None:
    # Locked: whoever was told that it is not published by itself can rely on it.
    batch = Batch.objects.select_for_update().filter(pk=batch_pk).first()
    if batch is not None and batch.state == Batch.State.UPLOADED and batch.publish_at == at:
        batches.publish(batch, by=batch.scheduled_by)


@transaction.atomic
def _set(batch: Batch, at: datetime | None, by: User | None) -> None:
    waiting = Batch.objects.filter(pk=batch.pk, state=Batch.State.UPLOADED)
    if not waiting.update(publish_at=at, scheduled_by=by, problem=""):
        raise WrongState(f"Batch “{batch.name}” is published already, or being published.")
    batch.publish_at, batch.scheduled_by = at, by
    events.record(batch_events.BatchScheduled(batch, by=by, data={"at": at.isoformat() if at else None}))


@transaction.atomic
def give_up(batch_pk: int, at: str, problem: str) -> None:
    """Leave a batch that was to be published at this time an upload that says why it is none."""
    waiting = Batch.objects.filter(
        pk=batch_pk, state=Batch.State.UPLOADED, publish_at=datetime.fromisoformat(at)
    )
    if not waiting.update(publish_at=None, problem=problem):
        return
    batch = Batch.objects.get(pk=batch_pk)
    events.record(batch_events.BatchScheduled(batch, data={"at": None, "problem": problem}))
