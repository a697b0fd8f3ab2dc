"""What workers told requesters, and what became of it: as the worker sees it, and as the requester."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from kempelen.domain.models import Batch, HITGroup, Message, Worker

# New replies are counted up to here; a badge with more says nothing more.
MOST_COUNTED = 99


@dataclass(frozen=True)
class Counts:
    """How many messages there are, and how many of them have no reply yet."""

    sent: int = 0
    waiting: int = 0


def sent_by(worker: Worker) -> QuerySet[Message]:
    """Give what the worker has sent, newest first."""
    return (
        Message.objects.filter(worker=worker)
        .select_related("hit", "group__hit_type", "group__requester")
        .defer("hit__inputs", "hit__question")
        .order_by("-pk")
    )


def new_replies(worker: Worker, since: datetime | None) -> int:
    """Count the replies that came after `since`; all of them without it."""
    replied = Message.objects.filter(worker=worker, replied_at__isnull=False)
    if since is not None:
        replied = replied.filter(replied_at__gt=since)
    return replied[: MOST_COUNTED + 1].count()


def about(group: HITGroup) -> QuerySet[Message]:
    """Give what workers have sent about the group's HITs, newest first."""
    return (
        Message.objects.filter(group=group)
        .select_related("hit", "worker", "replied_by")
        .defer("hit__inputs", "hit__question")
        .order_by("-pk")
    )


def with_waiting(batches: QuerySet[Batch]) -> QuerySet[Batch]:
    """Add to each batch, as `waiting_count`, how many messages about it have no reply; None for none."""
    waiting = Message.objects.filter(group=OuterRef("hit_group"), reply="").order_by()
    return batches.annotate(
        waiting_count=Subquery(waiting.values("group").annotate(n=Count("pk")).values("n"))
    )


def counted(group_pk: int) -> Counts:
    """Count the messages about the group's HITs."""
    sent = Message.objects.filter(group=group_pk)
    return Counts(**sent.aggregate(sent=Count("pk"), waiting=Count("pk", filter=Q(reply=""))))


def counted_by_hit(hit_pks: Iterable[int]) -> dict[int, int]:
    """Give by HIT's pk how many messages there are about it; HITs without any are left out."""
    sent = Message.objects.filter(hit__in=list(hit_pks)).order_by()
    return dict(sent.values_list("hit").annotate(Count("pk")))
