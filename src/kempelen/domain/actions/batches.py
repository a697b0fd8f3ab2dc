"""Batches: upload a file, publish it, pause, cancel what nobody has begun."""

from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import F

from kempelen.domain import batch_events, clock, events, file_names
from kempelen.domain.actions import audiences, background, projects, terms, uploads
from kempelen.domain.errors import NotFound, WrongState
from kempelen.domain.models import Batch, HITGroup, Job, Project, Requester, User

PUBLISH_BATCH = "publish_batch"
CANCEL_BATCH = "cancel_batch"


def upload(
    project: Project,
    content: "File[Any]",
    *,
    file_name: str,
    name: str = "",
    own_terms: terms.Terms | None = None,
    by: User | None = None,
) -> Batch:
    """Keep and check a CSV, or JSON Lines, for the project's current template; gives the batch to publish.

    `own_terms` are what it has otherwise than its project.  Refuses with `FileRefused`, which lists every
    problem found with its place; then nothing is kept.
    """
    version = project.template.current_version
    file_name = file_names.of_path(file_name)
    batch = Batch(
        requester_id=project.requester_id,
        project=project,
        template_version=version,
        name=(name.strip() or Path(file_name).stem or project.name)[:200],
        file_name=file_name,
        own_terms=terms.checked(own_terms or {}),
        created_by=by,
        created_at=clock.now(),
    )
    batch.csv_file.save(file_name, content, save=False)
    try:
        uploads.check(batch, version)
        number_and_save(batch)
    except BaseException:
        batch.csv_file.delete(save=False)
        raise
    return batch


@transaction.atomic
def publish(batch: Batch, *, by: User | None = None) -> Job:
    """Begin to publish with the project's properties of this moment; a job makes the HITs."""
    begun = Batch.objects.filter(pk=batch.pk, state=Batch.State.UPLOADED).update(
        state=Batch.State.PUBLISHING, publish_at=None, problem=""
    )
    if not begun:
        raise WrongState(f"Batch “{batch.name}” is published already, or being published.")
    project, agreed = batch.project, terms.of(batch)
    batch.hit_group = HITGroup.objects.create(
        requester_id=batch.requester_id,
        hit_type=projects.hit_type_of(
            project, assignment_duration_seconds=agreed.assignment_duration_seconds
        ),
        audience=agreed.audience,
        queue_order=project.queue_order,
        permissions=project.permissions,
        allows_corrections=project.allows_corrections,
        status=HITGroup.Status.HIDDEN,
        created_at=clock.now(),
    )
    audiences.take_over(batch, batch.hit_group, agreed)
    batch.state = Batch.State.PUBLISHING
    batch.max_assignments = agreed.max_assignments
    batch.lifetime_seconds = project.lifetime_seconds
    batch.requester_annotation = project.requester_annotation
    kept = ["hit_group", "max_assignments", "lifetime_seconds", "requester_annotation"]
    batch.save(update_fields=kept)
    return background.ask_for(PUBLISH_BATCH, batch=batch.pk, by=by.pk if by else None)


@transaction.atomic
def pause(batch: Batch, *, by: User | None = None) -> None:
    """Give out no HIT of the batch for now; who works on one may finish."""
    _set_given_out(batch, HITGroup.Status.OPEN, HITGroup.Status.PAUSED)
    batch.paused_at = clock.now()
    batch.save(update_fields=["paused_at"])
    events.record(batch_events.BatchPaused(batch, by=by))


@transaction.atomic
def resume(batch: Batch, *, by: User | None = None) -> None:
    """Give out the HITs of a paused batch again."""
    _set_given_out(batch, HITGroup.Status.PAUSED, HITGroup.Status.OPEN)
    batch.paused_at = None
    batch.save(update_fields=["paused_at"])
    events.record(batch_events.BatchResumed(batch, by=by))


@transaction.atomic
def cancel_rest(batch: Batch, *, by: User | None = None) -> None:
    """Withdraw every place that nobody has taken, for good; who works on a HIT may finish it.

    From the commit on nothing is given out; a job then expires the HITs, page by page.
    """
    group = _group_of(batch)
    if group.status == HITGroup.Status.CLOSED:
        return
    group.status = HITGroup.Status.CLOSED
    group.save(update_fields=["status"])
    batch.cancelled_at = clock.now()
    batch.save(update_fields=["cancelled_at"])
    events.record(batch_events.BatchCancelled(batch, by=by))
    background.ask_for(CANCEL_BATCH, batch=batch.pk)


def discard(batch: Batch, *, by: User | None = None) -> None:
    """Delete an upload that was never published, or whose publishing failed."""
    with transaction.atomic():
        deleted, _ = Batch.objects.filter(
            pk=batch.pk, state__in=[Batch.State.UPLOADED, Batch.State.FAILED]
        ).delete()
        if deleted:
            events.record(batch_events.BatchDiscarded(batch, by=by, data={"batch": batch.name}))
    if not deleted:
        raise WrongState(f"Batch “{batch.name}” is published and stays.")
    if batch.csv_file:
        batch.csv_file.delete(save=False)


def batch_of(requester: Requester, number: int) -> Batch:
    """Give the requester's batch with this number, or refuse with `NotFound`."""
    found = (
        Batch.objects.filter(requester=requester, number=number)
        .select_related("project", "hit_group__hit_type", "template_version")
        .first()
    )
    if found is None:
        raise NotFound("batch", number)
    return found


@transaction.atomic
def number_and_save(batch: Batch) -> None:
    """Keep an upload that was checked, under the requester's next number."""
    Requester.objects.filter(pk=batch.requester_id).update(batches_numbered=F("batches_numbered") + 1)
    batch.number = Requester.objects.values_list("batches_numbered", flat=True).get(pk=batch.requester_id)
    batch.save()
    events.record(batch_events.BatchUploaded(batch, by=batch.created_by))


def _group_of(batch: Batch) -> HITGroup:
    if batch.hit_group_id is None or batch.state != Batch.State.PUBLISHED:
        raise WrongState(f"Batch “{batch.name}” is not published yet.")
    return HITGroup.objects.select_for_update().get(pk=batch.hit_group_id)


def _set_given_out(batch: Batch, before: str, after: str) -> None:
    group = _group_of(batch)
    if group.status != before:
        raise WrongState(f"Batch “{batch.name}” is {group.get_status_display().lower()}.")
    group.status = after
    group.save(update_fields=["status"])
