"""`kempelen administrators`."""

from typing import Annotated

import typer

from kempelen.cli import choices, start
from kempelen.cli.options import DataDir
from kempelen.domain.actions import accounts
from kempelen.domain.models import User

Add = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Let this user administer it: the name to log in with."),
]
Remove = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Let this user administer it no more.")
]


def administrators(add: Add = None, remove: Remove = None, data_dir: DataDir = None) -> None:
    """Name users who administer this server under /site/, or dismiss them, and list who does.

    Examples:

        kempelen administrators --add ada

        kempelen administrators --remove owner
    """
    start.database()
    added = [choices.user(each) for each in add or ()]
    removed = [choices.user(each) for each in remove or ()]
    for user in added:
        accounts.set_administrator(user, is_administrator=True)
    for user in removed:
        accounts.set_administrator(user, is_administrator=False)
    for user in User.objects.filter(is_superuser=True, is_active=True).order_by("username"):
        typer.echo(user.username)
