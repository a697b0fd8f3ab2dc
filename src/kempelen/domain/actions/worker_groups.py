"""Worker groups: made, renamed, deleted, who is in them; and workers named one by one."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kempelen.domain import events, people_events
from kempelen.domain.errors import InvalidValue, NotFound, WrongState
from kempelen.domain.models import Audience, Batch, HITGroup, Project, Requester, User, Worker, WorkerGroup

MOST_AT_ONCE = 10_000
_SHOWN = 5


def groups_of(requester: Requester) -> QuerySet[WorkerGroup]:
    """Give the requester's groups by name, without those that hold workers named one by one."""
    return WorkerGroup.objects.filter(requester=requester, is_named=False).order_by("name")


def counted(groups: QuerySet[WorkerGroup]) -> QuerySet[WorkerGroup]:
    """Give the groups with `member_count`, and `project_count` of the projects open to them."""
    open_projects = Q(projects__audience=Audience.GROUPS, projects__is_archived=False)
    return groups.annotate(
        member_count=Count("members", distinct=True),
        project_count=Count("projects", filter=open_projects, distinct=True),
    )


def group_of(requester: Requester, pk: int) -> WorkerGroup:
    """Give the requester's group, or refuse with `NotFound`."""
    found = groups_of(requester).filter(pk=pk).first()
    if found is None:
        raise NotFound("worker group", pk)
    return found


@transaction.atomic
def create(
    requester: Requester, name: str, *, workers: Iterable[Worker] = (), by: User | None = None
) -> WorkerGroup:
    """Make a group with these workers; refuses a name that another of the requester's groups has."""
    name = _free_name(requester, name)
    made = WorkerGroup.objects.create(requester=requester, name=name)
    events.record(people_events.WorkerGroupCreated(requester, by=by, data={"group": name}))
    change_members(made, add=workers, by=by)
    return made


@transaction.atomic
def named(requester: Requester, name: str, *, by: User | None = None) -> WorkerGroup:
    """Give the group of this name, made when first asked for."""
    found = groups_of(requester).filter(name=name.strip()).first()
    return found or create(requester, name, by=by)


@transaction.atomic
def rename(group: WorkerGroup, name: str, *, by: User | None = None) -> None:
    """Call the group otherwise."""
    was = group.name
    if name.strip() == was:
        return
    group.name = _free_name(group.requester, name)
    group.save(update_fields=["name"])
    data = {"group": group.name, "was": was}
    events.record(people_events.WorkerGroupRenamed(group.requester, by=by, data=data))


@transaction.atomic
def delete(group: WorkerGroup, *, by: User | None = None) -> None:
    """Delete a group; its workers and their work stay.

    Refused while it is the only one that a project, or a batch that is given out, is open to: nobody could
    work on that any more, and nobody would know why.
    """
    alone = _only_open_to(group)
    if alone:
        raise WrongState(f"Only this group may work on {', '.join(alone)}. Choose there who else may first.")
    data = {"group": group.name, "members": group.members.count()}
    requester = group.requester
    group.delete()
    events.record(people_events.WorkerGroupDeleted(requester, by=by, data=data))


@transaction.atomic
def change_members(
    group: WorkerGroup, *, add: Iterable[Worker] = (), remove: Iterable[Worker] = (), by: User | None = None
) -> tuple[int, int]:
    """Put workers in and take others out; what they have done or begun stays theirs.

    Gives how many came and went: who is in already does not come.
    """
    before = set(group.members.values_list("pk", flat=True))
    added = [worker for worker in add if worker.pk not in before]
    removed = [worker for worker in remove if worker.pk in before]
    if not added and not removed:
        return 0, 0
    group.members.add(*added)
    group.members.remove(*removed)
    data = {"group": "" if group.is_named else group.name, "added": len(added), "removed": len(removed)}
    events.record(people_events.WorkerGroupMembersChanged(group.requester, by=by, data=data))
    return len(added), len(removed)


def workers_with(worker_ids: Sequence[str], *, field: str = "workers") -> list[Worker]:
    """Give the workers with these WorkerIds, or refuse with all that nobody has.

    Anonymous workers have ids too, but no account: only who may come back can be let in.
    """
    wanted = list(dict.fromkeys(word.strip() for word in worker_ids if word.strip()))
    if len(wanted) > MOST_AT_ONCE:
        raise InvalidValue(field, f"{len(wanted):,} WorkerIds; at most {MOST_AT_ONCE:,} at once.")
    found = Worker.objects.filter(public_id__in=wanted, user__isnull=False).in_bulk(field_name="public_id")
    unknown = [one for one in wanted if one not in found]
    if unknown:
        more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
        which = ", ".join(one[:40] for one in unknown[:_SHOWN])
        raise InvalidValue(
            field,
            f"Nobody with an account has the WorkerId {which}{more}. "
            "A WorkerId is an A with capitals and digits; workers find theirs on their account page.",
        )
    return [found[one] for one in wanted]


def _free_name(requester: Requester, name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= 100 or "\0" in name:
        raise InvalidValue("name", "A worker group needs a name, of 100 characters at most.")
    if WorkerGroup.objects.filter(requester=requester, name=name).exists():
        raise InvalidValue("name", f"There is a group “{name}” already; choose another name.")
    return name


def _only_open_to(group: WorkerGroup) -> list[str]:
    """Give the names of projects and batches that nobody but this group may work on; a few of them."""
    projects = Project.objects.filter(groups=group, audience=Audience.GROUPS, is_archived=False)
    others = Project.groups.through.objects.filter(project=OuterRef("pk")).exclude(workergroup=group.pk)
    names = [f"project “{its.name}”" for its in projects.exclude(Exists(others))[:_SHOWN]]
    batches = Batch.objects.filter(
        hit_group__worker_groups=group, hit_group__audience=Audience.GROUPS, cancelled_at=None
    )
    of_batch = HITGroup.worker_groups.through.objects.filter(hitgroup=OuterRef("hit_group"))
    alone = batches.exclude(Exists(of_batch.exclude(workergroup=group.pk)))
    return names + [f"batch “{its.name}”" for its in alone[:_SHOWN]]
