"""`kempelen invite`."""

from typing import Annotated

import typer

from kempelen.cli import choices, links, start
from kempelen.cli.options import DataDir, RequesterSlug
from kempelen.domain.actions import people, worker_groups

Uses = Annotated[int, typer.Option(min=1, help="How many people can use the link.")]
RoleName = Annotated[
    str, typer.Option("--role", help="Make them members of the requester: owner, editor, reviewer or viewer.")
]
GroupName = Annotated[
    str, typer.Option("--group", help="Put them into this worker group of the requester; made if it is new.")
]


def invite(
    uses: Uses = 1,
    role: RoleName = "",
    group: GroupName = "",
    requester: RequesterSlug = "",
    data_dir: DataDir = None,
) -> None:
    """Print a link with which people can sign up, within two weeks, even where signing up is by invitation.

    Examples:

        kempelen invite --uses 20

        kempelen invite --role reviewer --requester my-lab
    """
    start.database()
    asking = choices.requester(requester) if role or group or requester else None
    secret = people.invite(
        requester=asking if role else None,
        role=choices.role(role),
        worker_group=worker_groups.named(asking, group) if asking and group else None,
        uses=uses,
    )
    typer.echo(links.invitation_link(secret))
