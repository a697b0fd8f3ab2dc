"""Finding what a selection of answers keeps (`selections`), in bounded time wherever it can be long."""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import LessThan

from kempelen.domain.models import HIT, Assignment, Batch, HITGroup, Project, Worker
from kempelen.domain.models.assignments import WorkMilliseconds
from kempelen.domain.queries import answer_streams, searching
from kempelen.domain.queries.answer_streams import Place, Stream

Of = HITGroup | Batch | Project

AGREES, DIFFERS = "agrees", "differs"
AGREEMENTS = {AGREES: Q(agreement_percent=100), DIFFERS: Q(agreement_percent__lt=100)}

# So many answers are found by what is rare about them, and then sorted.
MOST_RARE = 5_000
# A search stops when either is reached.
MOST_SEARCHED = 20_000
SEARCH_SECONDS = 0.05
_FIRST_STEP, _LONGEST_STEP = 200, 2_000
# So many of the newest answers tell how long the work takes.
_SAMPLE = 200
# The row of a number is looked for in so many batches.
_MOST_BATCHES = 20
_ROW_NUMBER = re.compile(r"\d{1,9}\Z", re.ASCII)
_WORKER_ID = re.compile(r"[Aa][0-9A-Za-z]{3,19}\Z", re.ASCII)
# Of so many workers no index finds the work.
_BEGINNING = re.compile(r"[Aa][0-9A-Za-z]{0,2}\Z", re.ASCII)
_PUBLIC_ID = re.compile(r"[0-9A-Za-z]{8,30}\Z", re.ASCII)
_MOST_WORKERS = 50
_NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Found:
    """What was found, where the search stopped if it did so before its end, and how many it looked at."""

    places: Sequence[Place]
    stopped_at: Place | None = None
    searched: int = 0


class Reader:
    """Reads chosen answers of a group, batch or project, some at a time, in their order."""

    def __init__(
        self, of: Of, *, statuses: tuple[str, ...], order: str, is_descending: bool, conditions: Sequence[Q]
    ) -> None:
        groups = groups_of(
            of, by_reward=order == "reward", answered=Assignment.Status.ACCEPTED not in statuses
        )
        self._stream = Stream(
            groups[::-1] if is_descending else groups,
            statuses,
            answer_streams.HIT if order == "reward" else order,
            is_descending=is_descending,
        )
        self._conditions = conditions
        self._rare = self._rare_places()

    def place_of(self, public_id: str) -> Place | None:
        """Find where an answer stands, chosen or not; None if it is none of these groups'."""
        return self._stream.place_of(public_id)

    def find(self, after: Place | None, count: int, *, backwards: bool = False) -> Found:
        """Give the next of the chosen ones after a place, or before it."""
        if self._rare is None and not self._conditions:
            return Found(self._stream.read(after, count, backwards=backwards))
        until = time.monotonic() + SEARCH_SECONDS
        found: list[Place] = []
        searched, step = 0, _FIRST_STEP
        while True:
            some = self._read(after, step, backwards=backwards)
            chosen = self._chosen(some)
            found += [one for one in some if one.pk in chosen]
            searched += len(some)
            if len(found) >= count or len(some) < step:
                return Found(found[:count], searched=searched)
            after, step = some[-1], min(2 * step, _LONGEST_STEP)
            if searched >= MOST_SEARCHED or time.monotonic() >= until:
                return Found(found, after, searched)

    def _read(self, after: Place | None, count: int, *, backwards: bool) -> Sequence[Place]:
        if self._rare is None:
            return self._stream.read(after, count, backwards=backwards)
        places = self._rare[::-1] if backwards else self._rare
        if after is not None:
            places = [
                one for one in places if self._stream.is_after(one, after) != backwards and one != after
            ]
        return places[:count]

    def _chosen(self, some: Sequence[Place]) -> set[int]:
        those = Assignment.objects.filter(pk__in=[one.pk for one in some], status__in=self._stream.statuses)
        return set(those.filter(*self._conditions).values_list("pk", flat=True))

    def _rare_places(self) -> Sequence[Place] | None:
        """Give where all those stand that may be chosen, if they are few by what an index tells."""
        statuses, groups = self._stream.statuses, self._stream.groups
        if statuses == (Assignment.Status.ACCEPTED,):
            return self._stream.places_of(answer_streams.in_hand(groups)[:MOST_RARE])
        those = Assignment.objects.filter(
            group__in=groups, status__in=statuses, submitted_at__isnull=False
        ).order_by()
        for condition in self._conditions:
            if not is_slow(condition):
                pks = list(those.filter(condition).values_list("pk", flat=True)[: MOST_RARE + 1])
                if len(pks) <= MOST_RARE:
                    return self._stream.places_of(pks)
        return None


def all_of(reader: Reader) -> Iterator[list[int]]:
    """Give the primary keys of all that a reader finds, some at a time, however long it takes."""
    place: Place | None = None
    while True:
        found = reader.find(place, _LONGEST_STEP)
        if found.places:
            yield [one.pk for one in found.places]
        if found.stopped_at is None and len(found.places) < _LONGEST_STEP:
            return
        place = found.stopped_at or found.places[-1]


def inside(of: Of) -> Q:
    """Give the condition that an assignment belongs to a group, a batch or a project."""
    if isinstance(of, Project):
        return Q(group__batch__project=of)
    return Q(group=of.hit_group_id if isinstance(of, Batch) else of.pk)


def groups_of(of: Of, *, by_reward: bool = False, answered: bool = True) -> tuple[int, ...]:
    """Give the HIT groups of a group, a batch or a project: of a project, those with answers."""
    if isinstance(of, HITGroup):
        return (of.pk,)
    if isinstance(of, Batch):
        return (of.hit_group_id,) if of.hit_group_id is not None else ()
    groups = HITGroup.objects.filter(batch__project=of, batch__state=Batch.State.PUBLISHED)
    if answered:
        answers = Assignment.objects.filter(group=OuterRef("pk"), submitted_at__isnull=False)
        groups = groups.filter(Exists(answers.order_by()))
    order = ("hit_type__reward_cents", "pk") if by_reward else ("pk",)
    return tuple(groups.order_by(*order).values_list("pk", flat=True))


def public_ids(pks: Iterable[int]) -> dict[int, str]:
    """Give the public ids of assignments."""
    return dict(Assignment.objects.filter(pk__in=set(pks)).values_list("pk", "public_id"))


def usual_seconds(of: Of) -> float | None:
    """Give the median time from accepting to submitting of the newest answers; None without any."""
    newest = Stream(groups_of(of), Assignment.DONE, answer_streams.SUBMITTED, is_descending=True)
    pks = [place.pk for place in newest.read(None, _SAMPLE)]
    took = Assignment.objects.filter(pk__in=pks).values_list(_TOOK, flat=True)
    return median(took) / 1000 if pks else None


def quicker_than(milliseconds: int) -> Q:
    """Give the condition that an answer took less than this."""
    return Q(LessThan(_TOOK, milliseconds))


def by_worker(text: str, of: Of) -> Q:
    """Give the condition that an answer is by the worker of this id, or of one that begins so."""
    if _BEGINNING.match(text):
        return Q(worker__public_id__startswith=text.upper())
    return _by_workers(text, of) or _NOTHING


def searched(text: str, of: Of) -> Q:
    """Give the condition that an answer is what the text names, or else has its words.

    It may name an assignment, a HIT, a worker by the beginning of the id, or the row of a batch.
    """
    if searching.is_quoted(text):
        return searching.has_words(text)
    return _by_row(text, of) or _by_public_id(text, of) or _by_workers(text, of) or searching.has_words(text)


def is_slow(condition: Q) -> bool:
    """Tell whether no index helps to find what fits the condition."""
    return any(
        is_slow(child)
        if isinstance(child, Q)
        else isinstance(child, searching.HasText)
        or (isinstance(child, tuple) and child[0] == "worker__public_id__startswith")
        for child in condition.children
    )


_TOOK = WorkMilliseconds("submitted_at", "accepted_at")


def _by_row(text: str, of: Of) -> Q | None:
    if not _ROW_NUMBER.match(text) or isinstance(of, HITGroup):
        return None
    hits = [hit for group in groups_of(of)[-_MOST_BATCHES:] if (hit := _hit_of_row(group, int(text)))]
    return Q(hit__in=hits) if hits else None


def _hit_of_row(group: int, number: int) -> int | None:
    """Find the HIT of a batch's row: HITs are made in the order of the rows, so that halving finds it."""
    rows = HIT.objects.filter(group=group, row_number__isnull=False).values_list("pk", "row_number")
    first, last = rows.order_by("pk").first(), rows.order_by("-pk").first()
    if first is None or last is None:
        return None
    low, high = first[0], last[0]
    # Most often no HITs of others stand between them.
    guess = low + number - (first[1] or 0)
    while low <= high:
        found = rows.filter(pk__gte=guess).order_by("pk").first()
        if found is None or (found[1] or 0) > number:
            high = guess - 1
        elif found[1] == number:
            return found[0]
        else:
            low = found[0] + 1
        guess = (low + high) // 2
    return None


def _by_public_id(text: str, of: Of) -> Q | None:
    if not _PUBLIC_ID.match(text):
        return None
    hit = HIT.objects.filter(public_id=text).values_list("pk", flat=True).first()
    if hit is not None and Assignment.objects.filter(inside(of), hit=hit).exists():
        return Q(hit=hit)
    assignment = Assignment.objects.filter(inside(of), public_id=text).values_list("pk", flat=True).first()
    return Q(pk=assignment) if assignment is not None else None


def _by_workers(text: str, of: Of) -> Q | None:
    if not _WORKER_ID.match(text):
        return None
    theirs = Assignment.objects.filter(inside(of), worker=OuterRef("pk")).order_by()
    workers = Worker.objects.filter(Exists(theirs), public_id__startswith=text.upper()).order_by()
    pks = list(workers.values_list("pk", flat=True)[:_MOST_WORKERS])
    return Q(worker__in=pks) if pks else None
