"""Who may work on a project or a batch, where only those who are chosen may."""

from typing import Any

from kempelen.domain.actions import program_projects
from kempelen.domain.models import Audience, Batch, Project
from kempelen.turkle_api import people
from kempelen.turkle_api.callers import Caller
from kempelen.turkle_api.shapes import PermissionsShape


def shown(opened: Project | Batch) -> dict[str, list[int]]:
    """Give the ids of the chosen groups and users."""
    groups, workers = program_projects.who_may(opened)
    users = [worker.user_id for worker in workers if worker.user_id is not None]
    return {"groups": sorted(group.pk for group in groups), "users": sorted(users)}


def added(caller: Caller, opened: Project | Batch, data: Any) -> dict[str, list[int]]:
    """Let more people in."""
    were_groups, were_workers = program_projects.who_may(opened)
    return _set(
        caller, opened, data, [group.pk for group in were_groups], [one.public_id for one in were_workers]
    )


def replaced(caller: Caller, opened: Project | Batch, data: Any) -> dict[str, list[int]]:
    """Let these in and nobody else."""
    return _set(caller, opened, data, [], [])


def _set(
    caller: Caller, opened: Project | Batch, data: Any, group_pks: list[int], worker_ids: list[str]
) -> dict[str, list[int]]:
    given = PermissionsShape(data=data)
    given.is_valid(raise_exception=True)
    workers = people.workers_of(caller, given.validated_data["users"])
    groups = people.groups_with(caller, [*group_pks, *given.validated_data["groups"]])
    ids = dict.fromkeys([*worker_ids, *(worker.public_id for worker in workers)])
    program_projects.open_to(
        opened, audience=Audience.GROUPS, groups=groups, workers=list(ids), by=caller.user
    )
    return shown(opened)
