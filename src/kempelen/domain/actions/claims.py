"""Giving out places: accept a HIT, accept the next of a group, put one off.

Workers race.  PostgreSQL locks the HIT's row; on SQLite the transaction itself is the lock.  See
docs/internals/queue.md for why nobody starves and why the cost does not grow.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

from django.db import connection, transaction
from django.db.models import QuerySet

from kempelen.domain import clock, events, prepared
from kempelen.domain.actions import places, settling
from kempelen.domain.errors import AlreadyWorkedOn, HITNotAvailable, NoPlaceLeft, NotAllowed, NoWorkLeft
from kempelen.domain.models import HIT, Assignment, Deferral, HITGroup, Worker
from kempelen.domain.prepared import Prepared, Slot, insert
from kempelen.domain.qualifications.requirements import Action
from kempelen.domain.queries import access, queue, requirements

_IN_HAND = Prepared(
    lambda: Assignment.objects.filter(
        worker=Slot("worker"),
        group=Slot("group"),
        status=Assignment.Status.ACCEPTED,
        deadline_at__gt=Slot("now"),
    ).order_by("pk")[:1]
)
# Through the model it costs five times as much.
_MOVE_CURSOR = {
    key: "INSERT INTO kempelen_queuecursor (worker_id, group_id, priority, position, shuffled_position) "
    f"VALUES (%s, %s, %s, {'%s, 0' if column == 'position' else '0, %s'}) "
    f"ON CONFLICT (worker_id, group_id, priority) DO UPDATE SET {column} = EXCLUDED.{column}"
    for key, column in queue.CURSOR_KEYS.items()
}


def accept(worker: Worker, hit: HIT) -> Assignment:
    """Give the worker a place on this HIT, or refuse.

    Accepting a HIT that the worker has in hand gives the same assignment again.
    """
    settling.settle_hit(hit.pk)
    with transaction.atomic():
        hit = places.lock_hit(hit.pk)
        in_hand = _in_hand(worker, hit)
        if in_hand is not None:
            return in_hand
        _group_given_out(worker, hit.group_id)
        if hit.expired_at is not None:
            raise HITNotAvailable(f"HIT {hit.public_id} has expired.")
        if not hit.places_left:
            raise NoPlaceLeft(hit.public_id)
        _forget_put_off(worker, hit)
        return _give(worker, hit)


def accept_next(worker: Worker, group: HITGroup) -> Assignment:
    """Give the worker a place on the first HIT of the group's queue that is open to them, or refuse.

    What the worker put off comes after everything else.  When the first look finds nothing, what is
    due in the group is settled and one more look waits for places that others hold locked.
    """
    try:
        return _claim(worker, group, waits=False)
    except NoWorkLeft:
        settling.settle_places_of(group)
        return _claim(worker, group, waits=True)


def accept_or_resume(worker: Worker, group: HITGroup) -> Assignment:
    """Give back what the worker has in hand of the group, else accept the next."""
    in_hand = _IN_HAND.first(worker=worker.pk, group=group.pk, now=clock.now())
    return in_hand or accept_next(worker, group)


@transaction.atomic
def put_off(worker: Worker, hit: HIT) -> None:
    """Offer the HIT to this worker after all others of its group; skipping it again moves it last."""
    _forget_put_off(worker, hit)
    Deferral.objects.create(worker=worker, hit=hit, group_id=hit.group_id)


@transaction.atomic
def _claim(worker: Worker, group: HITGroup, *, waits: bool) -> Assignment:
    group = _group_given_out(worker, group.pk)
    now = clock.now()
    lock = _locking(waits=waits)
    for lane in queue.lanes(group):
        hit = _pick(worker, lane, now, waits=waits)
        if hit is not None:
            return _give(worker, hit)
    last = _pick_put_off(worker, group, now, lock)
    if last is None:
        raise NoWorkLeft
    _forget_put_off(worker, last)
    return _give(worker, last)


def _locking(*, waits: bool) -> Callable[[QuerySet[HIT]], QuerySet[HIT]]:
    """Give how a query locks the row it finds: pass over rows that others hold, or wait for them."""
    skips = not waits and connection.features.has_select_for_update_skip_locked
    return lambda hits: (
        hits.select_related("hit_type")
        .defer("inputs", "question")
        .select_for_update(skip_locked=skips, of=("self",))
    )


def _pick(worker: Worker, lane: queue.Lane, now: datetime, *, waits: bool) -> HIT | None:
    """Lock the lane's first HIT that is open to the worker, and move the cursor.

    The cursor goes to the first eligible HIT, or just before it when others hold that one: a row that
    was passed over because it was locked may have a place left, and must not stay behind the cursor.
    """
    hit = _first_open(lane.key, waits=waits).first(
        worker=worker.pk, group=lane.group.pk, priority=lane.priority, now=now
    )
    if hit is None:
        return None
    mine: int = getattr(hit, lane.key)
    first: int = getattr(hit, "first_open", mine)
    position = mine if mine == first else first - 1
    with prepared.cursor() as moving:
        moving.execute(_MOVE_CURSOR[lane.key], [worker.pk, lane.group.pk, lane.priority, position])
    return hit


@cache
def _first_open(key: str, *, waits: bool) -> Prepared[HIT]:
    """Give the query that finds and locks the first HIT of a lane that is open to a worker."""

    def make() -> QuerySet[HIT]:
        slots = {name: Slot(name) for name in ("worker", "group", "priority", "now")}
        hits = queue.open_in_lane(key, **slots)
        if connection.features.has_select_for_update_skip_locked:
            # Looked for in the statement that locks, so that both see the same queue.
            hits = hits.annotate(first_open=hits.values(key)[:1])
        return _locking(waits=waits)(hits)[:1]

    return Prepared(make)


def _pick_put_off(
    worker: Worker, group: HITGroup, now: datetime, lock: Callable[[QuerySet[HIT]], QuerySet[HIT]]
) -> HIT | None:
    for hit_pk in queue.put_off(worker, group, now).values_list("hit", flat=True)[:100]:
        hit = lock(queue.not_taken_by(worker, queue.assignable(now)).filter(pk=hit_pk)).first()
        if hit is not None:
            return hit
    return None


def _give(worker: Worker, hit: HIT) -> Assignment:
    """Take a place of the locked HIT for the worker."""
    now = clock.now()
    assignment = Assignment(
        hit=hit,
        group_id=hit.group_id,
        worker=worker,
        accepted_at=now,
        deadline_at=now + timedelta(seconds=hit.hit_type.assignment_duration_seconds),
    )
    insert(assignment)
    happened = [events.AssignmentAccepted(assignment, requester_pk=hit.requester_id)]
    places.move(hit, left=-1, pending=+1, happened=happened)
    return assignment


def _forget_put_off(worker: Worker, hit: HIT) -> None:
    Deferral.objects.filter(worker=worker, hit=hit).delete()


def _in_hand(worker: Worker, hit: HIT) -> Assignment | None:
    had = Assignment.objects.filter(worker=worker, hit=hit, status__in=Assignment.LIVE_OR_DONE).first()
    if had is not None and had.status != Assignment.Status.ACCEPTED:
        raise AlreadyWorkedOn(hit.public_id)
    return had


def _group_given_out(worker: Worker, pk: int) -> HITGroup:
    """Give the group as it is now, or refuse where it is not open, or not for this worker."""
    group, is_blocked = access.group_for(worker, pk)
    # Whoever is blocked is not told.
    if group.status != HITGroup.Status.OPEN or is_blocked:
        raise HITNotAvailable("The requester is not giving out this work at the moment.")
    if not access.may_work(worker, group):
        raise NotAllowed("This work is for other workers.")
    requirements.check_met(worker, Action.ACCEPT, group.hit_type.qualification_requirements)
    return group
