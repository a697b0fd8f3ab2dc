"""`kempelen statistics`."""

import time
from enum import Enum
from typing import Annotated

import typer

from kempelen.cli import start
from kempelen.cli.options import DataDir
from kempelen.domain.statistics import filling, marking, recounting

_SOMEBODY_ELSE_SECONDS = 0.5


class Verb(Enum):
    """What to do with the figures."""

    REBUILD = "rebuild"


What = Annotated[Verb, typer.Argument(help="rebuild: count everything anew.")]


def statistics(what: What, data_dir: DataDir = None) -> None:
    """Count the figures of the statistics pages anew.

    They are filled in the background, so that this is only needed if rows were changed by hand. Servers may
    go on meanwhile; until it is done, pages show less than there is.

    Examples:

        kempelen statistics rebuild
    """
    start.database()
    marking.forget_all()
    while (did := filling.step()) or filling.is_behind():
        if not did:
            # A server has begun already, and is at it.
            time.sleep(_SOMEBODY_ELSE_SECONDS)
    while recounting.recount_next():
        pass
    typer.echo("The figures are counted anew.")
