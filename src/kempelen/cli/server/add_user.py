"""`kempelen add-user`."""

from typing import Annotated

import typer

from kempelen.cli import choices, links, start
from kempelen.cli.options import DataDir, RequesterSlug
from kempelen.domain.actions import people

Username = Annotated[str, typer.Argument(help="The name to log in with.")]
Email = Annotated[str, typer.Option(help="Where a forgotten password's link is sent.")]
RoleName = Annotated[
    str,
    typer.Option("--role", help="Make them a member of the requester: owner, editor, reviewer or viewer."),
]


def add_user(
    username: Username,
    email: Email = "",
    role: RoleName = "",
    requester: RequesterSlug = "",
    data_dir: DataDir = None,
) -> None:
    """Make a user, who can work and, with a role, ask; print a link that logs them in, once.

    Examples:

        kempelen add-user cleo --email cleo@example.org

        kempelen add-user ben --role editor --requester my-lab
    """
    start.database()
    asking = choices.requester(requester) if role or requester else None
    role = choices.role(role or ("viewer" if requester else ""))
    user = people.create_user(username, email=email)
    people.worker_of(user)
    if asking is not None:
        people.add_member(asking, user, role=role)
    typer.echo(links.login_link(user))
