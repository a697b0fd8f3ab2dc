"""Who may work on a project, and on a batch that is published already.

Workers named one by one stand in a group of their own that no list shows (`WorkerGroup.is_named`): so the
queue and the home page ask one question, for which there are indexes.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from kempelen.domain import batch_events, clock, events, ids
from kempelen.domain.actions import worker_groups
from kempelen.domain.actions.terms import Agreed
from kempelen.domain.errors import InvalidValue, WrongState
from kempelen.domain.models import Audience, Batch, HITGroup, Project, Requester, User, Worker, WorkerGroup

Opened = Project | HITGroup


def chosen_groups(opened: Opened) -> QuerySet[WorkerGroup]:
    """Give the groups that were chosen, by name; without the one of workers named one by one."""
    chosen: QuerySet[WorkerGroup] = _groups(opened).filter(is_named=False)
    return chosen.order_by("name")


def named_workers(opened: Opened) -> QuerySet[Worker]:
    """Give the workers who are named one by one."""
    return Worker.objects.filter(groups__in=_groups(opened).filter(is_named=True)).order_by("public_id")


@transaction.atomic
def open_project(
    project: Project,
    *,
    audience: str,
    groups: Iterable[WorkerGroup] = (),
    workers: Sequence[str] = (),
    may_be_nobody: bool = False,
    by: User | None = None,
) -> None:
    """Choose who may work on batches that the project publishes from now on.

    `may_be_nobody` is for programs, which say later who the chosen ones are.
    """
    _open(project, project.requester, audience, list(groups), workers, may_be_nobody=may_be_nobody)
    project.updated_at = clock.now()
    project.save(update_fields=["audience", "updated_at"])
    data = {"project": project.number, "audience": audience}
    events.record(events.ProjectSaved(project.requester, by=by, data=data))


@transaction.atomic
def open_batch(
    batch: Batch,
    *,
    audience: str,
    groups: Iterable[WorkerGroup] = (),
    workers: Sequence[str] = (),
    may_be_nobody: bool = False,
    by: User | None = None,
) -> None:
    """Choose who may work on a batch from now on; what somebody has begun they may finish.

    One that is not published yet keeps it until then.
    """
    if batch.state == Batch.State.UPLOADED:
        _keep_for_later(batch, audience, list(groups), workers, may_be_nobody=may_be_nobody)
        events.record(batch_events.BatchAudienceChanged(batch, by=by, data={"audience": audience}))
        return
    group = batch.hit_group
    if group is None or batch.cancelled_at:
        raise WrongState(f"Batch “{batch.name}” is not given out.")
    _open(group, batch.requester, audience, list(groups), workers, may_be_nobody=may_be_nobody)
    group.save(update_fields=["audience"])
    events.record(batch_events.BatchAudienceChanged(batch, by=by, data={"audience": audience}))


def take_over(batch: Batch, group: HITGroup, agreed: Agreed) -> None:
    """Let those into the group of a batch who may work on it: its own terms say who, or its project."""
    if not agreed.has_own_audience:
        group.worker_groups.set(batch.project.groups.all())
        return
    chosen = worker_groups.groups_of(batch.requester).filter(pk__in=agreed.own_groups)
    # Somebody may have closed the account since.
    known = Worker.objects.filter(public_id__in=agreed.own_workers, user__isnull=False)
    workers = list(known.values_list("public_id", flat=True))
    _open(group, batch.requester, agreed.audience, list(chosen), workers, may_be_nobody=True)


def _keep_for_later(
    batch: Batch, audience: str, groups: list[WorkerGroup], workers: Sequence[str], *, may_be_nobody: bool
) -> None:
    one_by_one = _checked(batch.requester, audience, groups, workers, may_be_nobody=may_be_nobody)
    batch.own_terms |= {
        "audience": audience,
        "groups": [group.pk for group in groups],
        "workers": [worker.public_id for worker in one_by_one],
    }
    batch.save(update_fields=["own_terms"])


def _open(
    opened: Opened,
    requester: Requester,
    audience: str,
    groups: list[WorkerGroup],
    workers: Sequence[str],
    *,
    may_be_nobody: bool,
) -> None:
    one_by_one = _checked(requester, audience, groups, workers, may_be_nobody=may_be_nobody)
    opened.audience = audience
    names = _group_of_named(opened, requester, one_by_one)
    _groups(opened).set([*groups, *names])


def _checked(
    requester: Requester,
    audience: str,
    groups: list[WorkerGroup],
    workers: Sequence[str],
    *,
    may_be_nobody: bool,
) -> list[Worker]:
    """Give the workers who are named, or refuse what makes no sense."""
    if audience not in Audience.values:
        raise InvalidValue("audience", f"“{audience}” is not one of {', '.join(Audience.values)}.")
    if any(group.requester_id != requester.pk or group.is_named for group in groups):
        raise InvalidValue("groups", "Only worker groups of this requester can be chosen.")
    one_by_one = worker_groups.workers_with(workers)
    if audience == Audience.GROUPS and not groups and not one_by_one and not may_be_nobody:
        raise InvalidValue("groups", "Choose at least one group, or name a worker.")
    return one_by_one


def _group_of_named(opened: Opened, requester: Requester, workers: list[Worker]) -> list[WorkerGroup]:
    """Give the group that holds exactly these workers; a batch shares its project's until either changes."""
    current = _groups(opened).filter(is_named=True).first()
    if not workers:
        return []
    if current is None or current.projects.count() + current.hit_groups.count() > 1:
        name = f"named {ids.new_id()}"
        current = WorkerGroup.objects.create(requester=requester, name=name, is_named=True)
    current.members.set(workers)
    return [current]


def _groups(opened: Opened) -> Any:  # two managers of different classes that do the same
    return opened.groups if isinstance(opened, Project) else opened.worker_groups
