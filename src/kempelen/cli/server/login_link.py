"""`kempelen login-link`."""

from typing import Annotated

import typer

from kempelen.cli import choices, links, start
from kempelen.cli.options import DataDir

Username = Annotated[str, typer.Argument(help="The name that the user logs in with.")]


def login_link(username: Username, data_dir: DataDir = None) -> None:
    """Print a link that logs the user in: once, within a day.

    Example:

        kempelen login-link owner
    """
    start.database()
    typer.echo(links.login_link(choices.user(username)))
