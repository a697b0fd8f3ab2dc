"""What workers and requesters tell each other: as the worker sees it, and as the requester."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from kempelen.domain.models import Batch, HITGroup, Message, Notice, Worker

# What is new is counted up to here; a badge with more says nothing more.
MOST_COUNTED = 99
_Work = TypeVar("_Work", Batch, HITGroup)


@dataclass(frozen=True)
class Counts:
    """How many messages there are, and how many of them have no reply yet."""

    sent: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Place:
    """Where a page of the worker's messages ends: the last of each kind on it; 0 where none was yet."""

    message_pk: int = 0
    notice_pk: int = 0


def inbox(worker: Worker, *, after: Place, size: int) -> list[Message | Notice]:
    """Give what the worker has sent, with replies, and what requesters wrote of themselves, newest first.

    At most `size`, of what comes after the place.
    """
    sent, told = sent_by(worker), told_to(worker)
    if after.message_pk:
        sent = sent.filter(pk__lt=after.message_pk)
    if after.notice_pk:
        told = told.filter(pk__lt=after.notice_pk)
    both: list[Message | Notice] = [*sent[:size], *told[:size]]
    return sorted(both, key=lambda one: one.sent_at, reverse=True)[:size]


def place_after(shown: Iterable[Message | Notice], before: Place) -> Place:
    """Give the place after the last of a page that began at the place `before`."""
    message_pk, notice_pk = before.message_pk, before.notice_pk
    for one in shown:
        if isinstance(one, Message):
            message_pk = one.pk
        else:
            notice_pk = one.pk
    return Place(message_pk, notice_pk)


def sent_by(worker: Worker) -> QuerySet[Message]:
    """Give what the worker has sent, newest first."""
    return (
        Message.objects.filter(worker=worker)
        .select_related("hit", "group__hit_type", "group__requester")
        .defer("hit__inputs", "hit__question")
        .order_by("-pk")
    )


def told_to(worker: Worker) -> QuerySet[Notice]:
    """Give what requesters wrote to the worker of themselves, newest first."""
    return Notice.objects.filter(worker=worker).select_related("requester").order_by("-pk")


def new_to(worker: Worker, since: datetime | None) -> int:
    """Count the replies that came after `since`, all without it, and the notices that are not read."""
    replied = Message.objects.filter(worker=worker, replied_at__isnull=False)
    if since is not None:
        replied = replied.filter(replied_at__gt=since)
    unread = Notice.objects.filter(worker=worker, read_at__isnull=True)
    # One query: every page of the worker's asks.
    both = replied.order_by().values("pk").union(unread.order_by().values("pk"), all=True)
    return min(both.count(), MOST_COUNTED + 1)


def has_unread(worker: Worker) -> bool:
    """Tell whether a requester wrote something that the worker has not read."""
    return Notice.objects.filter(worker=worker, read_at__isnull=True).exists()


def about(group: HITGroup) -> QuerySet[Message]:
    """Give what workers have sent about the group's HITs, newest first."""
    return (
        Message.objects.filter(group=group)
        .select_related("hit", "worker", "replied_by")
        .defer("hit__inputs", "hit__question")
        .order_by("-pk")
    )


def with_waiting(works: "QuerySet[_Work]", *, group: str = "hit_group") -> "QuerySet[_Work]":
    """Add to each, as `waiting_count`, how many messages about it have no reply; None for none.

    `group` is the field that names its group: for groups themselves their key.
    """
    waiting = Message.objects.filter(group=OuterRef(group), reply="").order_by()
    return works.annotate(waiting_count=Subquery(waiting.values("group").annotate(n=Count("pk")).values("n")))


def counted(group_pk: int) -> Counts:
    """Count the messages about the group's HITs."""
    sent = Message.objects.filter(group=group_pk)
    return Counts(**sent.aggregate(sent=Count("pk"), waiting=Count("pk", filter=Q(reply=""))))


def counted_by_hit(hit_pks: Iterable[int]) -> dict[int, int]:
    """Give by HIT's pk how many messages there are about it; HITs without any are left out."""
    sent = Message.objects.filter(hit__in=list(hit_pks)).order_by()
    return dict(sent.values_list("hit").annotate(Count("pk")))
