"""What workers told requesters, and what became of it: as the worker sees it, and as the requester."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, QuerySet

from kempelen.domain.models import HITGroup, Message, Worker

# New replies are counted up to here; a badge with more says nothing more.
MOST_COUNTED = 99


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


def waiting_in(group_pks: Iterable[int]) -> dict[int, int]:
    """Give by group's pk how many messages have no reply yet; groups without any are left out."""
    waiting = Message.objects.filter(group__in=list(group_pks), reply="").order_by()
    return dict(waiting.values_list("group").annotate(Count("pk")))


def counted_by_hit(hit_pks: Iterable[int]) -> dict[int, int]:
    """Give by HIT's pk how many messages there are about it; HITs without any are left out."""
    sent = Message.objects.filter(hit__in=list(hit_pks)).order_by()
    return dict(sent.values_list("hit").annotate(Count("pk")))
