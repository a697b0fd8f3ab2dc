"""All HITs of a batch, or of an API-made group, at once: a later end, more assignments, or an end now.

What is to be done stands in the group's `change`, and how far it is; a job does it page by page and goes on
where a killed server stopped.  Nothing else of this kind begins meanwhile.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from kempelen.domain import batch_events, clock, events, properties
from kempelen.domain.actions import background, places, settling
from kempelen.domain.errors import InvalidValue, WrongState
from kempelen.domain.models import HIT, Batch, HITGroup, Job, User

CHANGE_HITS = "change_hits"
EXTEND, EXPIRE = "extend", "expire"
PAGE = 500
MOST_ASSIGNMENTS = properties.RANGES["max_assignments"][1]
LONGEST = timedelta(seconds=properties.YEAR_SECONDS)


@transaction.atomic
def extend(group: HITGroup, *, ends_at: datetime | None = None, more: int = 0, by: User | None = None) -> Job:
    """Let all HITs of the group live until `ends_at` at least, ask for `more` assignments of each, or both.

    HITs that have expired are given out again by a later end.  An end within the next minute or beyond a
    year is refused, as are assignments that MTurk does not add: beyond 1,000,000,000, and from fewer than
    ten to ten (CreateAdditionalAssignmentsForHIT); of an API-made group the HITs for which that holds are
    passed over.
    """
    batch = _free(group)
    if ends_at is None and not more:
        raise InvalidValue("more", "Give a later end, or a number of assignments to add.")
    _check_end(ends_at)
    _check_more(batch, more)
    if batch is not None:
        if ends_at is not None:
            batch.ends_at = max(batch.ends_at or ends_at, ends_at)
        batch.max_assignments += more
        batch.save(update_fields=["ends_at", "max_assignments"])
    change = {"kind": EXTEND, "ends_at": ends_at.isoformat() if ends_at else None, "more": more}
    _note(group, batch, change, by)
    return _begin(group, change)


@transaction.atomic
def expire(group: HITGroup, *, by: User | None = None) -> Job:
    """Let all HITs of the group end now; who works on one may finish, and all can be extended again."""
    batch = _free(group)
    if batch is not None:
        batch.ends_at = min(batch.ends_at or clock.now(), clock.now())
        batch.save(update_fields=["ends_at"])
    change: dict[str, Any] = {"kind": EXPIRE}
    _note(group, batch, change, by)
    return _begin(group, change)


def change_now(group_pk: int) -> int:
    """Do what is to be done to the group's HITs; gives how many were changed by this call."""
    group = HITGroup.objects.get(pk=group_pk)
    settling.settle_places_of(group)
    changed = 0
    while (count := _change_page(group_pk)) is not None:
        changed += count
    return changed


@transaction.atomic
def give_up(group_pk: int) -> None:
    """Leave it where it stopped, so that something else can begin."""
    HITGroup.objects.filter(pk=group_pk).update(change=None)


@transaction.atomic
def _change_page(group_pk: int) -> int | None:
    """Change the next page of HITs; gives how many, or None when there are no more."""
    change = HITGroup.objects.values_list("change", flat=True).get(pk=group_pk)
    if change is None:
        return None
    hits = (
        HIT.objects.select_for_update()
        .filter(group=group_pk, pk__gt=change["after"], pk__lte=change["until"])
        .order_by("pk")
    )
    page = list(hits[:PAGE])
    # Read again under the HITs' locks: another process may have done this very page.
    group = HITGroup.objects.select_for_update().get(pk=group_pk)
    if group.change != change:
        return 0
    # Of what was cancelled meanwhile nothing opens again.
    if not page or group.status == HITGroup.Status.CLOSED:
        group.change = None
        group.save(update_fields=["change"])
        return None
    count = _extend(page, change) if change["kind"] == EXTEND else _expire(page)
    group.change = {**change, "after": page[-1].pk, "done": change["done"] + len(page)}
    group.save(update_fields=["change"])
    return count


def _extend(page: list[HIT], change: Mapping[str, Any]) -> int:
    more = change["more"]
    ends_at = datetime.fromisoformat(change["ends_at"]) if change["ends_at"] else None
    hits = [
        hit
        for hit in page
        if hit.status != HIT.Status.DISPOSED and not _refusal(hit.max_assignments, hit.max_assignments + more)
    ]
    places.extend_all(hits, more=more, expires_at=ends_at)
    return len(hits)


def _expire(page: list[HIT]) -> int:
    hits = [hit for hit in page if hit.expired_at is None and hit.status != HIT.Status.DISPOSED]
    settling.expire_locked(hits, at=clock.now())
    return len(hits)


def _free(group: HITGroup) -> Batch | None:
    """Lock a group that is given out or paused, and that nothing else changes; gives its batch, if any."""
    locked = HITGroup.objects.select_for_update().get(pk=group.pk)
    batch = Batch.objects.select_for_update().filter(hit_group=group.pk).first()
    group.status, group.change = locked.status, locked.change
    if group.status == HITGroup.Status.CLOSED:
        raise WrongState("This batch was cancelled: what nobody had begun is withdrawn for good.")
    if group.status == HITGroup.Status.HIDDEN:
        raise WrongState("This batch is not published yet.")
    if group.change is not None:
        raise WrongState("The HITs are being changed just now; wait until that is done.")
    # Those that are still to come would neither end nor live longer.
    if batch is not None and batch.additions.filter(state=Batch.State.PUBLISHING).exists():
        raise WrongState("Rows are being added just now; wait until they are there. You can pause meanwhile.")
    return batch


def _begin(group: HITGroup, change: Mapping[str, Any]) -> Job:
    hits = HIT.objects.filter(group=group.pk)
    until = hits.aggregate(last=Max("pk"))["last"] or 0
    group.change = {**change, "after": 0, "until": until, "done": 0, "of": hits.count()}
    group.save(update_fields=["change"])
    return background.ask_for(CHANGE_HITS, group=group.pk)


def _note(group: HITGroup, batch: Batch | None, change: Mapping[str, Any], by: User | None) -> None:
    data = {name: value for name, value in change.items() if name != "kind" and value}
    is_extended = change["kind"] == EXTEND
    if batch is not None:
        kind = batch_events.BatchExtended if is_extended else batch_events.BatchExpired
        events.record(kind(batch, by=by, data=data))
        return
    of_group = batch_events.HITGroupExtended if is_extended else batch_events.HITGroupExpired
    data |= {"group": group.public_id, "title": group.hit_type.title}
    events.record(of_group(group.requester, by=by, data=data))


def _check_end(ends_at: datetime | None) -> None:
    now = clock.now()
    if ends_at is not None and not timedelta(minutes=1) <= ends_at - now <= LONGEST:
        raise InvalidValue("ends_at", "Give an end that is at least a minute and at most a year from now.")


def _check_more(batch: Batch | None, more: int) -> None:
    if not 0 <= more <= MOST_ASSIGNMENTS:
        raise InvalidValue("more", f"Between 1 and {MOST_ASSIGNMENTS:,} assignments can be added.")
    if batch is not None and (said := _refusal(batch.max_assignments, batch.max_assignments + more)):
        raise InvalidValue("more", said)


def _refusal(asked: int, then: int) -> str:
    """Say why a HIT that asks for so many assignments cannot ask for as many as that; empty if it can."""
    if properties.reaches_many(asked, then):
        return (
            f"HITs that were made for {asked} assignment{'' if asked == 1 else 's'} cannot be extended to "
            f"{properties.MANY_ASSIGNMENTS} or more. Publish the rows as a new batch instead."
        )
    return f"A HIT has at most {MOST_ASSIGNMENTS:,} assignments." if then > MOST_ASSIGNMENTS else ""
