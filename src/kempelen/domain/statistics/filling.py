"""Filling the figures, step by step; each step is one transaction, and may be cut off at any moment.

What happens tells which assignments to look at; each is then counted as it is now, in place of what it was
counted as before.  So a step that is done twice changes nothing the second time, and whatever undoes a
review or pays a bonus later needs no rule here.

Event ids become visible out of order on PostgreSQL: what may have been passed is looked at again, once
every transaction has ended that was at work then.  SQLite has one writer at a time.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from kempelen.domain import clock
from kempelen.domain.models import HIT, Assignment, Batch, CountedAssignment, Event, HITGroup, StatisticsState
from kempelen.domain.statistics import bonuses, marking, rows, worker_records
from kempelen.domain.statistics.counting import NOT_YET, Changes, Counted, Owners
from kempelen.domain.statistics.hours import hour_of

PAGE = 1000
# Before figures begin, so many events back may still be about to become visible.
_LOOK_BACK = 10_000
_ONLY = 1


class _Seen(NamedTuple):
    """Of an event, what says which rows to look at."""

    pk: int
    kind: str
    requester_pk: int | None
    batch_pk: int | None
    hit_pk: int | None
    assignment_pk: int | None
    worker_pk: int | None


def fill_all() -> None:
    """Fill the figures until nothing is left that has happened by now; unless another process is at it."""
    while step():
        pass


def step() -> bool:
    """Do one step; false if there is nothing to do, or another process is at it."""
    state = StatisticsState.objects.filter(pk=_ONLY).first()
    # Looking costs no lock; on SQLite the transaction below would stop every other writer.
    if state is not None and not _has_work(state):
        return False
    with transaction.atomic():
        if state is None:
            _begin()
        locked = StatisticsState.objects.select_for_update(skip_locked=True).filter(pk=_ONLY).first()
        if locked is None:
            return False
        did = _walk(locked) or _look_again(locked) or _follow(locked)
        locked.save()
    return did


def _has_work(state: StatisticsState) -> bool:
    return (
        state.walked_pk < state.walk_until_pk
        or _owes_a_look(state)
        or Event.objects.filter(pk__gt=state.event_pk).exists()
        or (state.again_transaction is not None and _are_over(state.again_transaction))
    )


def _begin() -> None:
    """Note where the figures begin: what is there is walked through, what comes is followed."""
    event_pk = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    state = StatisticsState(
        pk=_ONLY,
        walk_until_pk=Assignment.objects.aggregate(last=Max("pk"))["last"] or 0,
        event_pk=event_pk,
        again_from_pk=max(0, event_pk - _LOOK_BACK),
        again_until_pk=event_pk,
        again_transaction=_next_transaction(),
        again_count=-1,
        began_at=clock.now(),
    )
    StatisticsState.objects.bulk_create([state], ignore_conflicts=True)
    marking.groups_have_changed(HITGroup.objects.values_list("pk", flat=True))
    bonuses.count_all()


def _walk(state: StatisticsState) -> bool:
    """Count a page of the assignments that were there when the figures began."""
    if state.walked_pk >= state.walk_until_pk:
        return False
    there = Assignment.objects.filter(pk__gt=state.walked_pk, pk__lte=state.walk_until_pk)
    pks = list(there.order_by("pk").values_list("pk", flat=True)[:PAGE])
    _count(pks)
    state.walked_pk = pks[-1] if len(pks) == PAGE else state.walk_until_pk
    return True


def _follow(state: StatisticsState) -> bool:
    """Count what a page of new events tells of."""
    page = _page(Event.objects.filter(pk__gt=state.event_pk))
    if page:
        _take_in(page)
        state.event_pk = page[-1].pk
        state.seen_count += len(page)
    if _owes_a_look(state):
        state.again_from_pk, state.again_until_pk = state.again_until_pk, state.event_pk
        state.again_transaction = _next_transaction()
        state.again_count, state.seen_count = state.seen_count, 0
    return bool(page)


def _owes_a_look(state: StatisticsState) -> bool:
    """Whether events were passed that no second look is planned for; while one is planned, the next waits."""
    return state.again_transaction is None and state.event_pk > state.again_until_pk


def _look_again(state: StatisticsState) -> bool:
    """Count a page of events that were passed while some may not have been visible yet."""
    if state.again_transaction is None or not _are_over(state.again_transaction):
        return False
    passed = Event.objects.filter(pk__gt=state.again_from_pk, pk__lte=state.again_until_pk)
    page = [] if state.again_count == passed.count() else _page(passed)
    _take_in(page)
    if len(page) < PAGE:
        state.again_from_pk, state.again_transaction = state.again_until_pk, None
    else:
        state.again_from_pk, state.again_count = page[-1].pk, -1
    return True


def _next_transaction() -> int | None:
    """Give a number above that of every transaction at work; None where all writers take turns.

    It is our own: a snapshot's upper end is one past the last that has *ended*, and others may be above it.
    """
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def _are_over(transaction_number: int) -> bool:
    """Whether every transaction before this number has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0]) >= transaction_number


def _page(found: QuerySet[Event]) -> list[_Seen]:
    return [_Seen(*row) for row in found.order_by("pk").values_list(*_Seen._fields)[:PAGE]]


def _take_in(page: Iterable[_Seen]) -> None:
    """Count anew what the events are about."""
    _count(sorted({seen.assignment_pk for seen in page if seen.assignment_pk is not None}))
    bonuses.count_of(
        {
            (seen.requester_pk, seen.worker_pk)
            for seen in page
            if seen.assignment_pk is None
            and seen.requester_pk
            and seen.worker_pk
            and bonuses.is_told(seen.kind)
        }
    )
    hits = {seen.hit_pk for seen in page if seen.hit_pk is not None}
    groups = set(HIT.objects.filter(pk__in=hits).values_list("group", flat=True))
    batches = {seen.batch_pk for seen in page if seen.batch_pk is not None}
    published = Batch.objects.filter(pk__in=batches, hit_group__isnull=False)
    groups.update(pk for pk in published.values_list("hit_group", flat=True) if pk is not None)
    marking.groups_have_changed(groups)


def _count(pks: list[int]) -> None:
    """Count these assignments as they are now."""
    if not pks:
        return
    was = {
        pk: Counted(*values)
        for pk, *values in CountedAssignment.objects.filter(pk__in=pks).values_list("pk", *Counted._fields)
    }
    paid = bonuses.paid_for(pks)
    changes = Changes()
    changed: list[tuple[int, Counted]] = []
    workers: set[tuple[int, int]] = set()
    found = Assignment.objects.filter(pk__in=pks).order_by("pk")
    for pk, status, accepted_at, submitted_at, ended_at, *owners in found.values_list(*_COLUMNS):
        took = _milliseconds(submitted_at - accepted_at) if submitted_at else NOT_YET
        now = Counted(
            status, hour_of(accepted_at), _hour_or_not(submitted_at or ended_at), took, *paid.get(pk, (0, 0))
        )
        if now != was.get(pk):
            changes.count_anew(Owners(*owners), was.get(pk), now)
            changed.append((pk, now))
            workers.add((owners[2], owners[3]))
    rows.add(changes)
    rows.remember(changed)
    worker_records.have_changed(workers)


_COLUMNS = (
    "pk",
    "status",
    "accepted_at",
    "submitted_at",
    "ended_at",
    "group",
    "group__batch__project",
    "group__requester",
    "worker",
)


def _milliseconds(span: timedelta) -> int:
    return max(0, round(span.total_seconds() * 1000))


def _hour_or_not(at: datetime | None) -> int:
    return NOT_YET if at is None else hour_of(at)


def is_behind() -> bool:
    """Whether assignments that were there before the figures are still being counted."""
    state = StatisticsState.objects.filter(pk=_ONLY).values_list("walked_pk", "walk_until_pk").first()
    if state is None:
        return Assignment.objects.filter(~Q(pk=0)).exists()
    return state[0] < state[1]
