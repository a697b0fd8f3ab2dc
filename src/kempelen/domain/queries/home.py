"""The worker's home: the HIT groups with something left to do, and how much."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kempelen.domain import clock
from kempelen.domain.models import (
    HIT,
    Assignment,
    Deferral,
    HITGroup,
    QueueCursor,
    QueueOrder,
    Worker,
)
from kempelen.domain.queries import access, queue, requirements

# Counts are exact up to here; one more than this means “more than this”.
MOST_COUNTED = 99

SORTS = {
    "newest": ("-created_at", "-pk"),
    "oldest": ("created_at", "pk"),
    "reward": ("-hit_type__reward_cents", "-pk"),
    "title": ("hit_type__title", "pk"),
    "requester": ("requester__name", "hit_type__title", "pk"),
    "time": ("hit_type__assignment_duration_seconds", "pk"),
}


class _CountOf(Subquery):
    """How many rows a sub-query has; with a slice, how many up to that."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _counted)"
    output_field = IntegerField()


def listing(
    worker: Worker | None,
    *,
    is_logged_in: bool,
    search: str = "",
    sort: str = "newest",
    least_reward_cents: int = 0,
    requester_slug: str = "",
) -> QuerySet[HITGroup]:
    """Give the groups that have something left for the worker, or for somebody new (None).

    `search` looks for each word in title, description, keywords and the requester's name; `sort` is a
    key of `SORTS`.  A slice of it is one query, however many groups there are, after at most three that
    find out what the worker may not discover (`requirements.hidden_hit_types`).
    """
    now = clock.now()
    groups = access.groups_open_to(worker, is_logged_in=is_logged_in).filter(_something_left(worker, now))
    hidden = requirements.hidden_hit_types(worker, now)
    if hidden:
        groups = groups.exclude(hit_type__in=hidden)
    for word in search.split()[:10]:
        groups = groups.filter(
            Q(hit_type__title__icontains=word)
            | Q(hit_type__description__icontains=word)
            | Q(hit_type__keywords__icontains=word)
            | Q(requester__name__icontains=word)
        )
    if least_reward_cents:
        groups = groups.filter(hit_type__reward_cents__gte=least_reward_cents)
    if requester_slug:
        groups = groups.filter(requester__slug=requester_slug)
    return groups.select_related("hit_type", "requester").order_by(*SORTS.get(sort, SORTS["newest"]))


def left_for(worker: Worker | None, groups: Sequence[HITGroup]) -> dict[int, int]:
    """Give by group's pk how many HITs are left for the worker, counted up to `MOST_COUNTED` + 1."""
    now = clock.now()
    counts: dict[int, int] = {}
    for order in QueueOrder.values:
        pks = [group.pk for group in groups if group.queue_order == order]
        if not pks:
            continue
        counted = HITGroup.objects.filter(pk__in=pks).annotate(
            left=_CountOf(_ahead_of(worker, order, now).values("pk")[: MOST_COUNTED + 1])
        )
        counts.update(counted.order_by().values_list("pk", "left"))
    if worker is not None and counts:
        put_off = HITGroup.objects.filter(pk__in=counts).annotate(
            off=_CountOf(_put_off_by(worker, now).values("pk")[: MOST_COUNTED + 1])
        )
        for pk, off in put_off.order_by().values_list("pk", "off"):
            counts[pk] = min(counts[pk] + off, MOST_COUNTED + 1)
    return counts


def in_hand(worker: Worker) -> QuerySet[Assignment]:
    """Give the worker's accepted assignments whose time is not up, most urgent first."""
    return (
        Assignment.objects.filter(
            worker=worker, status=Assignment.Status.ACCEPTED, deadline_at__gt=clock.now()
        )
        .select_related("hit", "group__hit_type", "group__requester")
        .order_by("deadline_at")
    )


def history(worker: Worker) -> QuerySet[Assignment]:
    """Give what the worker has submitted, newest first."""
    return (
        Assignment.objects.filter(worker=worker, status__in=Assignment.DONE)
        .select_related("hit", "group__hit_type", "group__requester")
        .order_by("-submitted_at", "-pk")
    )


def assignments_in(worker: Worker, group: HITGroup) -> QuerySet[Assignment]:
    """Give what the worker has done in the group, newest first."""
    return (
        Assignment.objects.filter(worker=worker, group=group, status__in=Assignment.DONE)
        .select_related("hit")
        .order_by("-pk")
    )


def _something_left(worker: Worker | None, now: datetime) -> Q:
    left = Q()
    for order in QueueOrder.values:
        left |= Q(queue_order=order) & Q(queue.Finds(_ahead_of(worker, order, now).values("pk")[:1]))
    if worker is not None:
        left |= Q(Exists(_put_off_by(worker, now)))
    return left


def _ahead_of(worker: Worker | None, order: str, now: datetime) -> QuerySet[HIT]:
    """Give the HITs of the outer group ahead of the worker's cursor that the worker could do, in order.

    With the cursor in the condition, what the worker has done is not walked through again.  A group by
    priority has a cursor per priority, so there everything open is looked at.
    """
    key, cursor = ("shuffled_seq", "shuffled_position") if order == QueueOrder.RANDOM else ("seq", "position")
    # The order is that of the index: without it a planner may look through the whole table for a few rows.
    hits = queue.assignable(now).filter(group=OuterRef("pk")).order_by("group", "priority", key)
    if worker is None:
        return hits
    hits = queue.untouched_by(worker, hits)
    if order == QueueOrder.PRIORITY:
        return hits
    position = QueueCursor.objects.filter(worker=worker, group=OuterRef(OuterRef("pk")), priority=0).values(
        cursor
    )
    return hits.filter(priority=0, **{f"{key}__gt": Coalesce(Subquery(position[:1]), 0)})


def _put_off_by(worker: Worker, now: datetime) -> QuerySet[Deferral]:
    mine = Assignment.objects.filter(hit=OuterRef("hit"), worker=worker, status__in=Assignment.LIVE_OR_DONE)
    return Deferral.objects.filter(
        queue.Lacks(mine),
        worker=worker,
        group=OuterRef("pk"),
        hit__status=HIT.Status.ASSIGNABLE,
        hit__expires_at__gt=now,
    )
