"""`kempelen worker-group`."""

from typing import Annotated

import typer

from kempelen.cli import choices, start
from kempelen.cli.options import DataDir, RequesterSlug
from kempelen.domain.actions import worker_groups

GroupName = Annotated[str, typer.Argument(metavar="NAME", help="The group; made if it is new.")]
Add = Annotated[
    list[str] | None,
    typer.Option(metavar="WORKER", help="Put in this worker: a WorkerId, or the name a user logs in with."),
]
Remove = Annotated[list[str] | None, typer.Option(metavar="WORKER", help="Take out this worker.")]


def worker_group(
    name: GroupName,
    add: Add = None,
    remove: Remove = None,
    requester: RequesterSlug = "",
    data_dir: DataDir = None,
) -> None:
    """Make a worker group of the requester, change who is in it, and list its members.

    Examples:

        kempelen worker-group pilots --add cleo --add dan

        kempelen worker-group pilots --remove dan
    """
    start.database()
    added = [choices.worker(each) for each in add or ()]
    removed = [choices.worker(each) for each in remove or ()]
    group = worker_groups.named(choices.requester(requester), name)
    worker_groups.change_members(group, add=added, remove=removed)
    for worker in group.members.select_related("user").order_by("pk"):
        typer.echo(f"{worker.public_id}  {worker.user or ''}".rstrip())
