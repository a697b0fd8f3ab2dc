"""Publishing a batch: its HITs are made in pages that nobody sees, then all appear at once.

Each page is a transaction of its own, so that other writers are not kept waiting; the batch's row says
how far it came, so that a killed server goes on where it stopped.
"""

import random
from array import array
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path

from django.db import connection, transaction

from kempelen.domain import clock, events
from kempelen.domain.actions import bulk_hits, uploads
from kempelen.domain.batches import batch_files
from kempelen.domain.batches.csv_files import CSV, CheckedCsv
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.errors import FileRefused, WrongState
from kempelen.domain.ids import new_ids_in_order
from kempelen.domain.models import HIT, Batch, HITGroup, QueueOrder, User

# What is written at once, in rows and in characters of their values: it lies in memory.
PAGE = 5_000
PAGE_CHARACTERS = 4 * 10**6
_LOOK_AT = 100
PRIORITY_COLUMN = "priority"

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
    checked = uploads.checked_of(batch)
    rows = batch_files.rows(Path(batch.csv_file.path), checked, start=batch.published_count)
    make = _maker(batch, group, checked)
    done, now = batch.published_count, clock.now()
    with bulk_hits.many_pages():
        while page := _page(rows):
            _write_page(batch, group, make(page, done), done, now)
            done += len(page)
            if on_progress is not None:
                on_progress(done, batch.row_count)


def _page(rows: Iterator[list[str]]) -> list[list[str]]:
    """Take so many rows as are written at once: fewer where their values are long."""
    page: list[list[str]] = []
    room = PAGE_CHARACTERS
    while room > 0 and (some := list(islice(rows, min(_LOOK_AT, PAGE - len(page))))):
        page += some
        room -= sum(map(len, chain.from_iterable(some)))
    return page


def _maker(
    batch: Batch, group: HITGroup, checked: CheckedCsv
) -> Callable[[list[list[str]], int], bulk_hits.NewHITs]:
    """Give what makes HITs of a page of rows, and of how many were made before it."""
    luck = random.Random(f"{batch.pk} {batch.created_at.isoformat()}")
    shuffled = _shuffled(batch.row_count, luck) if group.queue_order == QueueOrder.RANDOM else array("Q")
    offset = luck.getrandbits(32)
    priority_index = _priority_index(checked.columns, group)
    names, is_csv = batch_files.names(checked), checked.form == CSV

    def make(page: list[list[str]], done: int) -> bulk_hits.NewHITs:
        return bulk_hits.NewHITs(
            first_row=done + 1,
            public_ids=new_ids_in_order(done, len(page), of=batch.row_count, offset=offset),
            inputs=[dict(zip(names, row, strict=is_csv)) for row in page],
            shuffled=shuffled[done : done + len(page)],
            priorities=[] if priority_index is None else [_priority(row[priority_index]) for row in page],
        )

    return make


@transaction.atomic
def _write_page(batch: Batch, group: HITGroup, hits: bulk_hits.NewHITs, done: int, now: datetime) -> None:
    """Write one page, unless somebody else got there first; then stop this one."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != Batch.State.PUBLISHING or locked.published_count != done:
        raise WrongState(f"Batch “{batch.name}” is being published by another process.")
    same = bulk_hits.SameForAll(
        requester_pk=batch.requester_id,
        hit_type_pk=group.hit_type_id,
        group_pk=group.pk,
        template_version_pk=batch.template_version_id,
        max_assignments=batch.max_assignments,
        requester_annotation=annotation_of(batch),
        lifetime_seconds=batch.lifetime_seconds,
        created_at=now,
        expires_at=now + timedelta(seconds=batch.lifetime_seconds),
    )
    locked.published_count = done + bulk_hits.insert(same, hits)
    locked.save(update_fields=["published_count"])


@transaction.atomic
def _appear(batch: Batch, by_pk: int | None) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).select_related("hit_group").get(pk=batch.pk)
    if batch.state == Batch.State.PUBLISHED or batch.hit_group is None:
        return batch
    group = batch.hit_group
    group.next_seq = batch.row_count + 1
    group.priorities = _priorities(group)
    group.status = HITGroup.Status.OPEN
    group.save(update_fields=["next_seq", "priorities", "status"])
    batch.state, batch.published_at = Batch.State.PUBLISHED, clock.now()
    batch.save(update_fields=["state", "published_at"])
    by = User.objects.filter(pk=by_pk).first() if by_pk is not None else None
    events.record(events.BatchPublished(batch, by=by, data={"hits": batch.row_count}))
    # Fresh tables mislead the planner until the next autovacuum.
    if connection.vendor == "postgresql" and batch.row_count >= PAGE:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(HIT._meta.db_table)}")
    return batch


def _fail(batch: Batch, problem: str) -> None:
    """Delete what was made, page by page, then say why."""
    while pks := list(HIT.objects.filter(group=batch.hit_group_id).values_list("pk", flat=True)[:PAGE]):
        with transaction.atomic():
            HIT.objects.filter(pk__in=pks)._raw_delete(using=connection.alias)
    with transaction.atomic():
        group_pk = batch.hit_group_id
        batch.state, batch.problem = Batch.State.FAILED, problem
        batch.published_count, batch.hit_group = 0, None
        batch.save(update_fields=["state", "problem", "published_count", "hit_group"])
        if group_pk is not None:
            HITGroup.objects.filter(pk=group_pk).delete()
        events.record(events.BatchFailed(batch, data={"problem": problem}))


def annotation_of(batch: Batch) -> str:
    """Give the RequesterAnnotation: the project's, or as Amazon's site wrote it (mturk-api.md §7.1)."""
    amazons = f"BatchId:{batch.number};OriginalHitTemplateId:{batch.project.number};"
    return batch.requester_annotation or amazons


def _shuffled(count: int, luck: random.Random) -> "array[int]":
    """Give the positions of so many HITs in random order, the same each time for the same luck."""
    positions = array("Q", range(1, count + 1))
    luck.shuffle(positions)
    return positions


def _priority_index(columns: tuple[str, ...], group: HITGroup) -> int | None:
    if group.queue_order != QueueOrder.PRIORITY:
        return None
    names = [column.casefold() for column in columns]
    return names.index(PRIORITY_COLUMN) if PRIORITY_COLUMN in names else None


def _priority(value: str) -> int:
    value = value.strip()
    return int(value) if value in set("0123456789") else 0


def _priorities(group: HITGroup) -> list[int]:
    if group.queue_order != QueueOrder.PRIORITY:
        return [0]
    found = HIT.objects.filter(group=group).order_by().values_list("priority", flat=True).distinct()
    return sorted(found, reverse=True)
