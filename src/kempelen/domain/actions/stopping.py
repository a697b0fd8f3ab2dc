"""Stopping a project as a whole, as programs do that know active and inactive projects, and going on."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kempelen.domain import batch_events, clock, events
from kempelen.domain.actions import projects
from kempelen.domain.errors import WrongState
from kempelen.domain.models import Batch, HITGroup, Project, User

_OPEN, _PAUSED = HITGroup.Status.OPEN, HITGroup.Status.PAUSED
_BEFORE_WORK = (Batch.State.UPLOADED, Batch.State.PUBLISHING)


@transaction.atomic
def stop(project: Project, *, by: User | None = None) -> None:
    """Archive the project and pause what of it is given out; what was paused before stays so."""
    if project.is_stopped:
        return
    project.stopped_at = clock.now()
    project.save(update_fields=["stopped_at"])
    projects.archive(project, is_archived=True, by=by)
    for batch in _batches(project).filter(hit_group__status=_OPEN):
        _set(batch, _PAUSED, paused_at=project.stopped_at, by=by)


@transaction.atomic
def go_on(project: Project, *, by: User | None = None) -> None:
    """Take the project out of the archive, and give out again what was paused with it."""
    stopped_at, project.stopped_at = project.stopped_at, None
    project.save(update_fields=["stopped_at"])
    if project.is_archived:
        projects.archive(project, is_archived=False, by=by)
    if stopped_at is not None:
        for batch in _batches(project).filter(hit_group__status=_PAUSED, paused_at=stopped_at):
            _set(batch, _OPEN, paused_at=None, by=by)


def is_active(batch: Batch) -> bool:
    """Tell whether the batch is given out, or would be if it were published and its project not stopped."""
    if batch.state in _BEFORE_WORK:
        return not batch.own_terms.get("is_paused")
    if batch.state != Batch.State.PUBLISHED or batch.hit_group is None:
        return False
    if batch.hit_group.status == _PAUSED:
        return batch.project.is_stopped and batch.paused_at == batch.project.stopped_at
    return batch.hit_group.status == _OPEN


@transaction.atomic
def set_active(batch: Batch, *, to: bool, by: User | None = None) -> None:
    """Pause the batch or let it go on; in a stopped project it then goes on with that."""
    if to == is_active(batch):
        return
    if batch.state in _BEFORE_WORK:
        batch.own_terms["is_paused"] = not to
        batch.save(update_fields=["own_terms"])
        return
    if batch.hit_group is None or batch.hit_group.status not in (_OPEN, _PAUSED):
        raise WrongState(f"Batch “{batch.name}” is cancelled, or was never published.")
    if to and batch.project.is_stopped:
        _set(batch, _PAUSED, paused_at=batch.project.stopped_at, by=by)
    elif to:
        _set(batch, _OPEN, paused_at=None, by=by)
    else:
        _set(batch, _PAUSED, paused_at=clock.now(), by=by)


def _batches(project: Project) -> QuerySet[Batch]:
    published = Batch.objects.filter(project=project, state=Batch.State.PUBLISHED)
    return published.select_related("hit_group", "project")


def _set(batch: Batch, status: str, *, paused_at: datetime | None, by: User | None) -> None:
    group = HITGroup.objects.select_for_update().get(batch=batch)
    if group.status not in (_OPEN, _PAUSED):  # cancelled since it was looked at
        return
    group.status, batch.paused_at = status, paused_at
    group.save(update_fields=["status"])
    batch.save(update_fields=["paused_at"])
    batch.hit_group = group
    happening = batch_events.BatchResumed if status == _OPEN else batch_events.BatchPaused
    events.record(happening(batch, by=by))
