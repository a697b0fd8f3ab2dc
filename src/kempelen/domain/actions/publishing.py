"""Publishing a batch: its HITs are made in pages that nobody sees, then all appear at once.

Each page is a transaction of its own, so that other writers are not kept waiting; the batch's row says
how far it came, so that a killed server goes on where it stopped.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction

from kempelen.domain import batch_events, clock, events
from kempelen.domain.actions import bulk_hits, row_hits, terms
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.errors import FileRefused, WrongState
from kempelen.domain.models import HIT, Batch, HITGroup, User

OnProgress = Callable[[int, int], None]


def publish_now(batch_pk: int, *, by_pk: int | None = None, on_progress: OnProgress | None = None) -> Batch:
    """Make the HITs of a batch whose publishing has begun and show them; `on_progress` is told (done, total).

    A batch that is published already is left as it is.  When its file cannot be read any more, what was
    made is deleted, the batch says why, and `FileRefused` is raised.
    """
    batch = Batch.objects.select_related("hit_group", "template_version").get(pk=batch_pk)
    if batch.state == Batch.State.PUBLISHED:
        return batch
    if batch.state != Batch.State.PUBLISHING or batch.hit_group is None:
        raise WrongState(f"Batch “{batch.name}” is {batch.get_state_display().lower()}.")
    try:
        _make_hits(batch, batch.hit_group, on_progress)
    except (CsvProblems, OSError) as problem:
        _fail(batch, str(problem))
        raise FileRefused([str(problem)]) from problem
    return _appear(batch, by_pk)


def give_up(batch_pk: int, problem: str) -> None:
    """Say that publishing failed for good, and delete what was made of it."""
    batch = Batch.objects.filter(pk=batch_pk, state=Batch.State.PUBLISHING).first()
    if batch is not None:
        _fail(batch, problem)


def _make_hits(batch: Batch, group: HITGroup, on_progress: OnProgress | None) -> None:
    made = row_hits.RowHITs(batch, group, is_whole_queue=True)
    done, now = batch.published_count, clock.now()
    with bulk_hits.many_pages():
        for page in made.pages(start=done):
            # A queue that is the batch's alone: its positions are the numbers of the rows.
            hits = made.make(page, done, first_row=done + 1, first_seq=done + 1)
            _write_page(batch, group, hits, done, now)
            done += len(page)
            if on_progress is not None:
                on_progress(done, batch.row_count)


@transaction.atomic
def _write_page(batch: Batch, group: HITGroup, hits: bulk_hits.NewHITs, done: int, now: datetime) -> None:
    """Write one page, unless somebody else got there first; then stop this one."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != Batch.State.PUBLISHING or locked.published_count != done:
        raise WrongState(f"Batch “{batch.name}” is being published by another process.")
    locked.published_count = done + bulk_hits.insert(row_hits.same_for_all(batch, group, now), hits)
    locked.save(update_fields=["published_count"])


@transaction.atomic
def _appear(batch: Batch, by_pk: int | None) -> Batch:
    # With its project, which somebody may be about to stop: whoever comes later sees what the other did.
    found = Batch.objects.select_for_update(of=("self", "project"), no_key=True)
    batch = found.select_related("hit_group", "project").get(pk=batch.pk)
    if batch.state == Batch.State.PUBLISHED or batch.hit_group is None:
        return batch
    group = batch.hit_group
    group.next_seq = batch.row_count + 1
    group.priorities = row_hits.priorities_of(group)
    batch.state, batch.published_at = Batch.State.PUBLISHED, clock.now()
    batch.ends_at = batch.published_at + timedelta(seconds=batch.lifetime_seconds)
    group.status = HITGroup.Status.OPEN
    if terms.begins_paused(batch):
        group.status = HITGroup.Status.PAUSED
        stays_paused = batch.own_terms.get("is_paused")
        batch.paused_at = batch.published_at if stays_paused else batch.project.stopped_at
    group.save(update_fields=["next_seq", "priorities", "status"])
    batch.save(update_fields=["state", "published_at", "ends_at", "paused_at"])
    by = User.objects.filter(pk=by_pk).first() if by_pk is not None else None
    events.record(batch_events.BatchPublished(batch, by=by, data={"hits": batch.row_count}))
    # Fresh tables mislead the planner until the next autovacuum.
    if connection.vendor == "postgresql" and batch.row_count >= row_hits.PAGE:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(HIT._meta.db_table)}")
    return batch


def _fail(batch: Batch, problem: str) -> None:
    """Delete what was made, page by page, then say why."""
    while pks := list(
        HIT.objects.filter(group=batch.hit_group_id).values_list("pk", flat=True)[: row_hits.PAGE]
    ):
        with transaction.atomic():
            HIT.objects.filter(pk__in=pks)._raw_delete(using=connection.alias)
    with transaction.atomic():
        group_pk = batch.hit_group_id
        batch.state, batch.problem = Batch.State.FAILED, problem
        batch.published_count, batch.hit_group = 0, None
        batch.save(update_fields=["state", "problem", "published_count", "hit_group"])
        if group_pk is not None:
            HITGroup.objects.filter(pk=group_pk).delete()
        events.record(batch_events.BatchFailed(batch, data={"problem": problem}))
