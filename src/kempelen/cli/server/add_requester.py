"""`kempelen add-requester`."""

from typing import Annotated

import typer

from kempelen.cli import choices, start
from kempelen.cli.options import DataDir
from kempelen.domain.actions import people

Name = Annotated[str, typer.Argument(help="What workers see as who asks.")]
Owner = Annotated[str, typer.Option(help="The user who owns it.")]


def add_requester(name: Name, owner: Owner, data_dir: DataDir = None) -> None:
    """Make a requester: an account that owns projects, strictly apart from others. Print its slug.

    Example:

        kempelen add-requester "Phonetics lab" --owner ben
    """
    start.database()
    typer.echo(people.create_requester(name, choices.user(owner)).slug)
