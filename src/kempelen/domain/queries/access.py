"""Who may work on what."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from kempelen.domain.models import Audience, HITGroup, Worker, WorkerBlock
from kempelen.domain.prepared import Prepared, Slot


def groups_open_to(worker: Worker | None, *, is_logged_in: bool) -> QuerySet[HITGroup]:
    """Give the HIT groups that are given out and that this worker, or somebody new, may work on.

    `worker` is None for somebody who has not worked yet: a visitor, or a user before the first accept.
    Those of requesters who have blocked the worker are left out.
    """
    groups = HITGroup.objects.filter(
        audience_of(worker, is_logged_in=is_logged_in), status=HITGroup.Status.OPEN
    )
    return groups.exclude(_blocks_on(worker)) if worker is not None else groups


def audience_of(worker: Worker | None, *, is_logged_in: bool) -> Q:
    """Give the condition on a HIT group that lets this worker in."""
    open_to = [Audience.ANONYMOUS] if is_logged_in or settings.KEMPELEN_ANONYMOUS_WORK else []
    allowed = Q(audience__in=[*open_to, Audience.WORKERS] if is_logged_in else open_to)
    if is_logged_in and worker is not None:
        # A join would give a group twice to a member of two of its worker groups.
        invited = worker.groups.filter(hit_groups=OuterRef("pk"))
        allowed |= Q(Q(audience=Audience.GROUPS), Exists(invited))
    return allowed


def may_work(worker: Worker, group: HITGroup) -> bool:
    """Tell whether the group lets the worker in; whether it is open is another question."""
    if takes_anonymous(group):
        return True
    if worker.is_anonymous:
        return False
    if group.audience in {Audience.WORKERS, Audience.ANONYMOUS}:
        return True
    return group.worker_groups.filter(members=worker).exists()


def takes_anonymous(group: HITGroup) -> bool:
    """Tell whether people without an account may work on the group: by its audience and the server's word."""
    return group.audience == Audience.ANONYMOUS and bool(settings.KEMPELEN_ANONYMOUS_WORK)


def is_blocked(worker: Worker | None, group: HITGroup) -> bool:
    """Tell whether the group's requester has blocked the worker, who is not told."""
    if worker is None:
        return False
    return WorkerBlock.objects.filter(worker=worker, requester=group.requester_id).exists()


def group_for(worker: Worker, pk: int) -> tuple[HITGroup, bool]:
    """Give the group with its HIT type, and whether its requester has blocked the worker; one query."""
    group: Any = _GROUP_FOR.first(pk=pk, worker=worker.pk)
    if group is None:
        raise HITGroup.DoesNotExist
    return group, bool(group.blocks)


def _blocks_on(worker: Worker | Slot) -> Exists:
    """Give the condition on a HIT group that its requester has blocked the worker."""
    return Exists(WorkerBlock.objects.filter(worker=worker, requester=OuterRef("requester")))


_GROUP_FOR = Prepared(
    lambda: (
        HITGroup.objects.filter(pk=Slot("pk"))
        .select_related("hit_type")
        .annotate(blocks=_blocks_on(Slot("worker")))
    )
)
