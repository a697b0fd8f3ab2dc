"""All that a requester has had published, in one list: batches, and the groups of HITs that programs make."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from kempelen.domain.models import Batch, HITGroup, Requester
from kempelen.domain.queries import conversations, hit_groups

BATCH, GROUP = "batch", "group"
_PUBLISHED = Q(state=Batch.State.PUBLISHED)
BATCH_STATES = {
    "uploaded": Q(state=Batch.State.UPLOADED),
    "scheduled": Q(state=Batch.State.UPLOADED, publish_at__isnull=False),
    "publishing": Q(state=Batch.State.PUBLISHING),
    "open": _PUBLISHED & Q(paused_at=None, cancelled_at=None),
    "paused": _PUBLISHED & Q(paused_at__isnull=False, cancelled_at=None),
    "cancelled": _PUBLISHED & Q(cancelled_at__isnull=False),
    "failed": Q(state=Batch.State.FAILED),
}
# What programs make is open at once, and stays so.
OPEN, MADE_BY_PROGRAMS = "open", "programs"
ORDERS = {"name": "title", "project": "project_name", "rows": "rows", "made": "made"}


@dataclass(frozen=True)
class Line:
    """A batch, or a group of HITs that programs make; each with its `waiting_count` of messages."""

    batch: Batch | None = None
    group: HITGroup | None = None


def found(requester: Requester, *, search: str = "", state: str = "", sort: str = "-made") -> QuerySet[Any]:
    """Give what stands in the list, to be cut into pages; `lines` makes the lines of a page.

    `search` looks for words in names, of projects too; `state` is one of `BATCH_STATES`, or
    `MADE_BY_PROGRAMS`; `sort` one of `ORDERS`, with a minus for the other way round.
    """
    parts: list[QuerySet[Any]] = []
    if state != MADE_BY_PROGRAMS:
        parts.append(_batches(requester, search, state))
    if state in {"", OPEN, MADE_BY_PROGRAMS}:
        parts.append(_groups(requester, search))
    key = sort.removeprefix("-")
    order = ("-" if sort.startswith("-") else "") + ORDERS[key]
    together = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return together.order_by(order, "-made", "-key")


def lines(requester: Requester, page: Sequence[dict[str, Any]]) -> list[Line]:
    """Give the lines of a page of what was `found`, in its order."""
    batch_pks = [row["key"] for row in page if row["kind"] == BATCH]
    group_pks = [row["key"] for row in page if row["kind"] == GROUP]
    batches = Batch.objects.filter(requester=requester, pk__in=batch_pks)
    groups = hit_groups.of_programs(requester).filter(pk__in=group_pks)
    by_key: dict[tuple[str, int], Line] = {}
    for batch in conversations.with_waiting(batches).select_related("project", "hit_group"):
        by_key[BATCH, batch.pk] = Line(batch=batch)
    for group in conversations.with_waiting(groups, group="pk"):
        by_key[GROUP, group.pk] = Line(group=group)
    # What was deleted meanwhile is left out.
    return [by_key[key] for row in page if (key := (row["kind"], row["key"])) in by_key]


def _batches(requester: Requester, search: str, state: str) -> QuerySet[Any]:
    found = Batch.objects.filter(requester=requester).order_by()
    for word in search.split()[:10]:
        found = found.filter(Q(name__icontains=word) | Q(project__name__icontains=word))
    if state in BATCH_STATES:
        found = found.filter(BATCH_STATES[state])
    return found.values(
        kind=Value(BATCH),
        key=F("pk"),
        title=F("name"),
        project_name=F("project__name"),
        rows=F("row_count"),
        made=F("created_at"),
    )


def _groups(requester: Requester, search: str) -> QuerySet[Any]:
    found = hit_groups.of_programs(requester, search=search).order_by()
    return found.values(
        kind=Value(GROUP),
        key=F("pk"),
        title=F("hit_type__title"),
        project_name=Value(""),
        rows=Value(0),
        made=F("created_at"),
    )
