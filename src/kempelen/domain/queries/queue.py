"""What a worker may be given next: reads of the queue of a HIT group.

A queue position (`seq`, or `shuffled_seq` for random order) only grows; a worker's cursor says how far
that worker has come.  Whatever is open behind the cursor, the worker has had; so one index probe past
the cursor finds the next HIT, however long the queue is and however much of it the worker has done.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from kempelen.domain.models import HIT, Assignment, Deferral, HITGroup, QueueCursor, QueueOrder, Worker


class Lacks(Subquery):
    """Whether a sub-query, of rows that are rare, finds none.

    Written so that PostgreSQL's planner expects it of nearly all rows.  It makes NOT EXISTS a join over all
    that the worker ever did; and of `(SELECT …) IS NULL` it expects one row in two hundred, for which it
    would rather sort the whole queue than walk along it.
    """

    template = "(COALESCE((%(subquery)s), 0) <> 1)"
    output_field = BooleanField()

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values_list(Value(1))[:1])


class Finds(Subquery):
    """Whether a sub-query finds a row.  Unlike EXISTS it keeps the order, and with it the way to look."""

    template = "((%(subquery)s) IS NOT NULL)"
    output_field = BooleanField()


# The HIT's column that orders a queue, and the cursor's column that says how far a worker has come in it.
CURSOR_KEYS = {"seq": "position", "shuffled_seq": "shuffled_position"}


@dataclass(frozen=True)
class Lane:
    """The HITs of one priority in a group's queue, and the keys of the order they are given out in."""

    group: HITGroup
    priority: int

    @property
    def key(self) -> str:
        """The HIT's column that orders the lane."""
        return "shuffled_seq" if self.group.queue_order == QueueOrder.RANDOM else "seq"

    def open_to(self, worker: Worker | None, now: datetime) -> QuerySet[HIT]:
        """Give the lane's open HITs in order, less what the worker has, had or put off."""
        return open_in_lane(self.key, group=self.group, priority=self.priority, worker=worker, now=now)


def open_in_lane(key: str, *, group: Any, priority: Any, worker: Any, now: Any) -> QuerySet[HIT]:
    """Give a lane's open HITs as `Lane.open_to` does; each value may be the `Slot` of a prepared query."""
    hits = assignable(now).filter(group=group, priority=priority)
    if worker is not None:
        cursors = QueueCursor.objects.filter(worker=worker, group=group, priority=priority)
        position = Coalesce(Subquery(cursors.values(CURSOR_KEYS[key])[:1]), 0)
        hits = untouched_by(worker, hits).filter(**{f"{key}__gt": position})
    return hits.order_by("group", "priority", key)


def lanes(group: HITGroup) -> Iterator[Lane]:
    """Give the group's lanes, highest priority first."""
    for priority in group.priorities or [0]:
        yield Lane(group, priority)


def assignable(now: datetime) -> QuerySet[HIT]:
    """Give the HITs with a free place, exact to the moment: one whose time is up is none, settled or not."""
    return HIT.objects.filter(status=HIT.Status.ASSIGNABLE, expires_at__gt=now)


def has_open_hits(now: datetime) -> Finds:
    """Give the condition on a group that some HIT of it has a free place, looked for along its queue."""
    hits = assignable(now).filter(group=OuterRef("pk")).order_by("group", "priority", "seq")
    return Finds(hits.values("pk")[:1])


def untouched_by(worker: Worker, hits: QuerySet[HIT]) -> QuerySet[HIT]:
    """Leave out what the worker has, has done, or has put off."""
    return not_taken_by(worker, hits).filter(
        Lacks(Deferral.objects.filter(hit=OuterRef("pk"), worker=worker))
    )


def not_taken_by(worker: Worker, hits: QuerySet[HIT]) -> QuerySet[HIT]:
    """Leave out what the worker has or has done."""
    return hits.filter(
        Lacks(
            Assignment.objects.filter(hit=OuterRef("pk"), worker=worker, status__in=Assignment.LIVE_OR_DONE)
        )
    )


def put_off(worker: Worker, group: HITGroup, now: datetime) -> QuerySet[Deferral]:
    """Give what the worker skipped, returned or let expire and could still do, oldest first."""
    mine = Assignment.objects.filter(hit=OuterRef("hit"), worker=worker, status__in=Assignment.LIVE_OR_DONE)
    return Deferral.objects.filter(
        Lacks(mine), worker=worker, group=group, hit__status=HIT.Status.ASSIGNABLE, hit__expires_at__gt=now
    ).order_by("pk")


def next_hit(worker: Worker | None, group: HITGroup, now: datetime) -> HIT | None:
    """Look at the HIT that the worker would be given next, without taking a place."""
    for lane in lanes(group):
        hit = lane.open_to(worker, now).first()
        if hit is not None:
            return hit
    if worker is None:
        return None
    last = put_off(worker, group, now).select_related("hit").first()
    return last.hit if last else None
