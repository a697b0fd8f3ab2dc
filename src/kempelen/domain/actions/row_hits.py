"""HITs made of a file's rows: a page of rows becomes a page of HITs."""

import random
from array import array
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path

from kempelen.domain.actions import bulk_hits, uploads
from kempelen.domain.batches import batch_files
from kempelen.domain.batches.csv_files import CSV
from kempelen.domain.ids import new_ids_in_order
from kempelen.domain.models import HIT, Batch, HITGroup, QueueOrder
from kempelen.domain.models.projects import RowsFile

# What is written at once, in rows and in characters of their values: it lies in memory.
PAGE = 5_000
PAGE_CHARACTERS = 4 * 10**6
_LOOK_AT = 100
PRIORITY_COLUMN = "priority"


class RowHITs:
    """What makes the HITs of a batch's file, or of one that is added to it.

    The same file gives the same order each time, so that making them may stop and go on.  Those of a batch
    are shuffled over all of it; what comes later is shuffled page by page, since positions in a queue that
    is given out must appear in their order.
    """

    def __init__(self, source: RowsFile, group: HITGroup, *, is_whole_queue: bool) -> None:
        self._source = source
        self._checked = uploads.checked_of(source)
        self._names = batch_files.names(self._checked)
        self._asked_index = _index(self._checked.columns, self._checked.asked_column)
        is_by_priority = group.queue_order == QueueOrder.PRIORITY
        self._priority_index = _priority_index(self._checked.columns) if is_by_priority else None
        luck = random.Random(f"{source.pk} {source.created_at.isoformat()}")
        self._is_random = group.queue_order == QueueOrder.RANDOM
        is_shuffled_whole = self._is_random and is_whole_queue
        self._shuffled = _shuffled(1, source.row_count, luck) if is_shuffled_whole else array("Q")
        self._offset = luck.getrandbits(32)
        self._luck = luck

    def pages(self, *, start: int) -> Iterator[list[list[str]]]:
        """Give the rows after the first `start`, so many at a time as are written at once."""
        rows = batch_files.rows(Path(self._source.csv_file.path), self._checked, start=start)
        while page := _page(rows):
            yield page

    def make(self, page: list[list[str]], done: int, *, first_row: int, first_seq: int) -> bulk_hits.NewHITs:
        """Give the HITs of a page of rows that comes after `done` of them.

        `first_row` is the number that its first row has in the batch, `first_seq` its place in the queue.
        """
        count, of = len(page), self._source.row_count
        shuffled = self._shuffled[done : done + count]
        if self._is_random and not self._shuffled:
            shuffled = _shuffled(first_seq, count, self._luck)
        return bulk_hits.NewHITs(
            first_row=first_row,
            first_seq=first_seq,
            public_ids=new_ids_in_order(done, count, of=of, offset=self._offset),
            inputs=[self._inputs(row) for row in page],
            shuffled=shuffled,
            priorities=[]
            if self._priority_index is None
            else [_priority(r[self._priority_index]) for r in page],
            assignments=[] if self._asked_index is None else [int(r[self._asked_index]) for r in page],
        )

    def _inputs(self, row: list[str]) -> dict[str, str]:
        inputs = dict(zip(self._names, row, strict=self._checked.form == CSV))
        if self._asked_index is not None:
            del inputs[self._checked.asked_column]
        return inputs


def same_for_all(batch: Batch, group: HITGroup, now: datetime) -> bulk_hits.SameForAll:
    """Give what the HITs of a batch that are made at one time have in common."""
    return bulk_hits.SameForAll(
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


def annotation_of(batch: Batch) -> str:
    """Give the RequesterAnnotation: the project's, or as Amazon's site wrote it (mturk-api.md §7.1)."""
    amazons = f"BatchId:{batch.number};OriginalHitTemplateId:{batch.project.number};"
    return batch.requester_annotation or amazons


def priorities_of(group: HITGroup) -> list[int]:
    """Give the priorities that occur in the group's queue, highest first."""
    if group.queue_order != QueueOrder.PRIORITY:
        return [0]
    found = HIT.objects.filter(group=group).order_by().values_list("priority", flat=True).distinct()
    return sorted(found, reverse=True)


def _page(rows: Iterator[list[str]]) -> list[list[str]]:
    """Take so many rows as are written at once: fewer where their values are long."""
    page: list[list[str]] = []
    room = PAGE_CHARACTERS
    while room > 0 and (some := list(islice(rows, min(_LOOK_AT, PAGE - len(page))))):
        page += some
        room -= sum(map(len, chain.from_iterable(some)))
    return page


def _shuffled(first: int, count: int, luck: random.Random) -> "array[int]":
    """Give so many positions from `first` in random order, the same each time for the same luck."""
    positions = array("Q", range(first, first + count))
    luck.shuffle(positions)
    return positions


def _numbers(page: list[list[str]], index: int | None, read: Callable[[str], int]) -> list[int]:
    return [] if index is None else [read(row[index]) for row in page]


def _index(columns: tuple[str, ...], name: str) -> int | None:
    return columns.index(name) if name else None


def _priority_index(columns: tuple[str, ...]) -> int | None:
    names = [column.casefold() for column in columns]
    return names.index(PRIORITY_COLUMN) if PRIORITY_COLUMN in names else None


def _priority(value: str) -> int:
    value = value.strip()
    return int(value) if value in set("0123456789") else 0
