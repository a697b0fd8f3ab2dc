"""`kempelen login-link`."""

from typing import Annotated

import typer

from kempelen.cli import links, start
from kempelen.cli.options import DataDir
from kempelen.domain.errors import NotFound
from kempelen.domain.models import User

Username = Annotated[str, typer.Argument(help="The name that the user logs in with.")]


def login_link(username: Username, data_dir: DataDir = None) -> None:
    """Print a link that logs the user in: once, within a day.

    Example:

        kempelen login-link owner
    """
    start.database()
    user = User.objects.filter(username__iexact=username, is_active=True).first()
    if user is None:
        raise NotFound("user", username)
    typer.echo(links.login_link(user))
