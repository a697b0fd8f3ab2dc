"""Which answers somebody wants to see, in which order: one choice for tables, reviews and files.

A page of them is read along an index (`answer_streams`).  What no index knows, such as words in answers, is
looked for answer by answer, some thousand at a time: a page then says how far it has looked, and where to
go on, instead of taking long.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from kempelen.domain.models import Assignment
from kempelen.domain.models.assignments import WorkMilliseconds
from kempelen.domain.queries import selected
from kempelen.domain.queries.selected import Of

STATUSES = {
    "submitted": Assignment.Status.SUBMITTED,
    "approved": Assignment.Status.APPROVED,
    "rejected": Assignment.Status.REJECTED,
    # What is being worked on: no answer yet, so only shown when it is asked for.
    "pending": Assignment.Status.ACCEPTED,
}
AGREES, DIFFERS = selected.AGREES, selected.DIFFERS
# What a table is sorted by, and what that is in the tables; a `-` before it turns it round.
SORTS = {
    "hit": ("group", "hit", "pk"),
    "submitted": ("submitted_at", "pk"),
    "time": ("took", "pk"),
    "worker": ("worker", "pk"),
    "reward": ("group__hit_type__reward_cents", "group", "hit", "pk"),
}
# How short a time is: seconds, or a share of the median.
_TIME_BELOW = re.compile(r"([1-9]\d{0,5}) ?([s%]?)\Z", re.ASCII)
_LONGEST = 200


@dataclass(frozen=True)
class Selection:
    """What was chosen; empty is everything that was submitted, in the order of the HITs."""

    statuses: tuple[str, ...] = ()
    worker: str = ""
    search: str = ""
    # Seconds (`30`), or percent of the median (`50%`).
    time_below: str = ""
    agreement: str = ""
    sort: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Selection":
        """Read it from an address; what is unknown there is left out."""
        listed: Callable[[str], list[str]] = getattr(query, "getlist", lambda name: [query.get(name, "")])
        given = {word for value in listed("status") for word in value.split(",")}
        time_below, agreement = query.get("time_below", "").strip(), query.get("agreement", "")
        sort = query.get("sort", "")
        return cls(
            statuses=tuple(name for name in STATUSES if name in given),
            worker=query.get("worker", "").strip()[:_LONGEST],
            search=query.get("q", "").strip()[:_LONGEST],
            time_below=time_below.removesuffix("s").replace(" ", "") if _TIME_BELOW.match(time_below) else "",
            agreement=agreement if agreement in (AGREES, DIFFERS) else "",
            sort=sort if sort.removeprefix("-") in SORTS else "",
        )

    def as_query(self) -> dict[str, str]:
        """Give the address's words for it: only what differs from nothing chosen."""
        words = {
            "status": ",".join(self.statuses),
            "worker": self.worker,
            "q": self.search,
            "time_below": self.time_below,
            "agreement": self.agreement,
            "sort": self.sort,
        }
        return {name: value for name, value in words.items() if value}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the statuses and the order is chosen."""
        return replace(self, statuses=(), sort="") != Selection()

    @property
    def is_everything(self) -> bool:
        """Whether all that was submitted is in it, in whatever order."""
        return not self.statuses and not self.is_narrowed

    @property
    def kept_statuses(self) -> tuple[str, ...]:
        """The statuses of assignments that it keeps: unless chosen, of everything that was submitted."""
        return tuple(STATUSES[name].value for name in self.statuses) or Assignment.DONE

    @property
    def order(self) -> str:
        """What it is sorted by, less the direction; what is in hand has no times to go by."""
        name = self.sort.removeprefix("-") or "hit"
        return "hit" if "pending" in self.statuses and name in ("submitted", "time") else name

    @property
    def is_descending(self) -> bool:
        """Whether the last comes first."""
        return self.sort.startswith("-")

    def assignments(self, of: Of) -> QuerySet[Assignment]:
        """Give all chosen answers of a group, batch or project, in their order; as slow as they are many.

        For pages, which have to be quick, there is `page`.
        """
        chosen = Assignment.objects.filter(selected.inside(of), status__in=self.kept_statuses)
        chosen = chosen.filter(*self._conditions(of)).alias(
            took=WorkMilliseconds("submitted_at", "accepted_at")
        )
        sign = "-" if self.is_descending else ""
        return chosen.order_by(*(sign + name for name in SORTS[self.order]))

    def reader(self, of: Of) -> selected.Reader:
        """Give what reads it some at a time."""
        return selected.Reader(
            of,
            statuses=self.kept_statuses,
            order=self.order,
            is_descending=self.is_descending,
            conditions=self._conditions(of),
        )

    def _conditions(self, of: Of) -> list[Q]:
        """Give what is chosen beside statuses: what is found by an index first."""
        chosen = []
        if self.search:
            chosen.append(selected.searched(self.search, of))
        if self.worker:
            chosen.append(selected.by_worker(self.worker, of))
        if self.time_below:
            chosen.append(selected.quicker_than(self._milliseconds(of)))
        if self.agreement:
            chosen.append(selected.AGREEMENTS[self.agreement])
        return sorted(chosen, key=selected.is_slow)

    def _milliseconds(self, of: Of) -> int:
        if not self.time_below.endswith("%"):
            return int(self.time_below) * 1000
        return int((selected.usual_seconds(of) or 0) * 10 * int(self.time_below[:-1]))


@dataclass(frozen=True)
class Page:
    """Some answers of a selection, and where others are; ids are public.

    `searched` tells how many answers were looked at.  With `is_cut` the search stopped before the page was
    full: it goes on at `next` (`previous` where it went backwards).
    """

    pks: tuple[int, ...]
    next: str = ""
    previous: str = ""
    searched: int = 0
    is_cut: bool = False

    def of(self, answers: QuerySet[Assignment]) -> list[Assignment]:
        """Read the page's answers, in its order, with whatever the query joins."""
        found = {one.pk: one for one in answers.filter(pk__in=self.pks)}
        return [found[pk] for pk in self.pks if pk in found]


@dataclass(frozen=True)
class Neighbours:
    """The public ids of the answers before and after one; empty where there is none near."""

    previous: str
    next: str


def page(selection: Selection, of: Of, *, after: str = "", before: str = "", size: int = 50) -> Page:
    """Give the answers after one, or before one, or the first; in about the time that a page may take.

    An id that is none of the group's, batch's or project's starts from the beginning.
    """
    reader = selection.reader(of)
    place = reader.place_of(before or after) if before or after else None
    goes_back = bool(before) and place is not None
    found = reader.find(place, size + 1, backwards=goes_back)
    shown, has_more = found.places[:size], len(found.places) > size
    pks = [one.pk for one in (shown[::-1] if goes_back else shown)]
    ids = selected.public_ids([*pks[:1], *pks[-1:], *([found.stopped_at.pk] if found.stopped_at else [])])
    first, last = (ids[pks[0]], ids[pks[-1]]) if pks else ("", "")
    go_on = ids[found.stopped_at.pk] if found.stopped_at else ""
    # Who came from somewhere can go back there, though nothing may be found on the way.
    if goes_back:
        onwards, back = last or before, go_on or (first if has_more else "")
    else:
        onwards, back = go_on or (last if has_more else ""), (first or after) if place else ""
    return Page(tuple(pks), onwards, back, found.searched, bool(go_on))


def neighbours(selection: Selection, of: Of, assignment: Assignment) -> Neighbours:
    """Give the answers beside this one, which need not be in the selection (any more) itself."""
    reader = selection.reader(of)
    place = reader.place_of(assignment.public_id)
    if place is None:
        return Neighbours("", "")
    sides = [reader.find(place, 1, backwards=backwards).places for backwards in (True, False)]
    ids = selected.public_ids([side[0].pk for side in sides if side])
    previous, following = (ids[side[0].pk] if side else "" for side in sides)
    return Neighbours(previous, following)
