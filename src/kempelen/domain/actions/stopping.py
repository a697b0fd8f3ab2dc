"""Stopping a project as a whole, as programs do that know active and inactive projects, and going on."""

from collections.abc import Collection
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
    _lock(project)
    if project.is_stopped:
        return
    project.stopped_at = clock.now()
    project.save(update_fields=["stopped_at"])
    projects.archive(project, is_archived=True, by=by)
    for batch in _batches(project).filter(hit_group__status=_OPEN):
        _set(batch, _PAUSED, paused_at=project.stopped_at, among=(_OPEN,), by=by)


@transaction.atomic
def go_on(project: Project, *, by: User | None = None) -> None:
    """Take the project out of the archive, and give out again what was paused with it."""
    _lock(project)
    stopped_at, project.stopped_at = project.stopped_at, None
    project.save(update_fields=["stopped_at"])
    if project.is_archived:
        projects.archive(project, is_archived=False, by=by)
    if stopped_at is not None:
        for batch in _batches(project).filter(hit_group__status=_PAUSED, paused_at=stopped_at):
            _set(batch, _OPEN, paused_at=None, among=(_PAUSED,), by=by)


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
        not_yet = Batch.objects.filter(pk=batch.pk, state__in=_BEFORE_WORK)
        if not_yet.update(own_terms=batch.own_terms):
            return
        # It has appeared meanwhile, with the terms that it had.
        batch.refresh_from_db()
    status, paused_at = _OPEN if to else _PAUSED, None if to else clock.now()
    if to and batch.project.is_stopped:
        status, paused_at = _PAUSED, batch.project.stopped_at
    if batch.hit_group is None or not _set(batch, status, paused_at=paused_at, by=by):
        raise WrongState(f"Batch “{batch.name}” is cancelled, or was never published.")


def _batches(project: Project) -> QuerySet[Batch]:
    published = Batch.objects.filter(project=project, state=Batch.State.PUBLISHED)
    return published.select_related("hit_group", "project")


def _lock(project: Project) -> None:
    """Have this project to oneself until the transaction ends, as it is now: two may stop it at once."""
    now = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    project.is_archived, project.stopped_at = now.is_archived, now.stopped_at


def _set(
    batch: Batch,
    status: str,
    *,
    paused_at: datetime | None,
    among: Collection[str] = (_OPEN, _PAUSED),
    by: User | None,
) -> bool:
    """Give the batch this status, unless it has none of those by now: what is cancelled stays so."""
    group = HITGroup.objects.select_for_update().get(batch=batch)
    if group.status not in among:
        return False
    group.status, batch.paused_at = status, paused_at
    group.save(update_fields=["status"])
    batch.save(update_fields=["paused_at"])
    batch.hit_group = group
    happening = batch_events.BatchResumed if status == _OPEN else batch_events.BatchPaused
    events.record(happening(batch, by=by))
    return True
