"""`kempelen masters`."""

from typing import Annotated

import typer

from kempelen.cli import choices, start
from kempelen.cli.options import DataDir
from kempelen.domain.actions import qualifications
from kempelen.domain.queries import qualifications as queries

Add = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WORKER", help="Vouch for this worker: a WorkerId, or the name a user logs in with."
    ),
]
Remove = Annotated[
    list[str] | None, typer.Option(metavar="WORKER", help="Take the qualification away from this worker.")
]


def masters(add: Add = None, remove: Remove = None, data_dir: DataDir = None) -> None:
    """Give workers the Masters qualification, which no requester gives, or take it away, and list who has it.

    Examples:

        kempelen masters --add cleo --add dan

        kempelen masters --remove dan
    """
    start.database()
    added = [choices.worker(each) for each in add or ()]
    removed = [choices.worker(each) for each in remove or ()]
    for worker in added:
        qualifications.make_master(worker)
    for worker in removed:
        qualifications.unmake_master(worker)
    for worker in queries.masters():
        typer.echo(f"{worker.public_id}  {worker.user or ''}".rstrip())
