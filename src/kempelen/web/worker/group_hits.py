"""The HITs of a group as a worker goes through them, in pages that cost the same however far one turns."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from kempelen.domain import clock
from kempelen.domain.models import HIT, Assignment, HITGroup, Worker
from kempelen.domain.queries import home, queue
from kempelen.web.worker.in_hand import without_content

PAGE = 25
# No lane has this priority: what was put off comes after all of them.
_PUT_OFF = -1

Row = TypeVar("Row")


@dataclass(frozen=True)
class Place:
    """Where a page ends: a lane and a position in it, or among what was put off; `3.120` in a URL."""

    priority: int
    position: int

    def __str__(self) -> str:
        return f"{self.priority}.{self.position}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Read a place from a URL; what is none starts at the beginning."""
        priority, _, position = text.partition(".")
        try:
            return cls(int(priority), int(position))
        except ValueError:
            return None


@dataclass(frozen=True)
class ToDo:
    """A HIT that the worker could accept."""

    hit: HIT
    place: Place

    @property
    def is_put_off(self) -> bool:
        """Whether the worker skipped or gave it back before, so that it comes last."""
        return self.place.priority == _PUT_OFF


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """One page of a list; `after` goes into the URL of the next page, and is empty on the last."""

    rows: list[Row]
    after: str
    is_later: bool


def hits_to_do(worker: Worker | None, group: HITGroup, *, after: str) -> ListPage[ToDo]:
    """Give the HITs that the worker could accept, in the order in which they would come."""
    start = Place.read(after)
    rows = list(islice(_from(worker, group, start), PAGE + 1))
    rest = str(rows[PAGE - 1].place) if len(rows) > PAGE else ""
    return ListPage(rows[:PAGE], rest, is_later=start is not None)


def hits_done(worker: Worker | None, group: HITGroup, *, after: str) -> ListPage[Assignment]:
    """Give what the worker has submitted in this group, newest first."""
    if worker is None:
        return ListPage([], "", is_later=False)
    done = without_content(home.assignments_in(worker, group))
    start = Place.read(f"0.{after}")
    if start is not None:
        done = done.filter(pk__lt=start.position)
    rows = list(done[: PAGE + 1])
    rest = str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return ListPage(rows[:PAGE], rest, is_later=start is not None)


def _from(worker: Worker | None, group: HITGroup, start: Place | None) -> Iterator[ToDo]:
    """Go through the lanes, highest priority first, then through what was put off, asking as it goes."""
    now = clock.now()
    for lane in queue.lanes(group):
        if start is not None and lane.priority > start.priority:
            continue
        hits = lane.open_to(worker, now).defer("inputs", "question")
        if start is not None and lane.priority == start.priority:
            hits = hits.filter(**{f"{lane.key}__gt": start.position})
        for hit in hits[: PAGE + 1]:
            yield ToDo(hit, Place(lane.priority, getattr(hit, lane.key)))
    if worker is None:
        return
    last = queue.put_off(worker, group, now).select_related("hit").defer("hit__inputs", "hit__question")
    if start is not None and start.priority == _PUT_OFF:
        last = last.filter(pk__gt=start.position)
    for deferral in last[: PAGE + 1]:
        yield ToDo(deferral.hit, Place(_PUT_OFF, deferral.pk))
