"""Which HITs a command is about, and doing something to each of them."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from kempelen.cli.mturk.telling import end_with, progress
from kempelen.toolkit import changing, ledger
from kempelen.toolkit.connection import Connection
from kempelen.toolkit.troubles import Trouble

HitIds = Annotated[
    list[str] | None, typer.Argument(metavar="[HIT…]", help="HITs, by their ids.", show_default=False)
]
WholeBatch = Annotated[
    str, typer.Option("--batch", metavar="BATCH", help="All HITs of a batch.", show_default=False)
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def hit_ids(given: list[str] | None, batch: str) -> list[str]:
    """Give the ids that were given, or those of a batch's HITs."""
    if bool(given) == bool(batch):
        raise Trouble("Which HITs? Give their ids, or --batch.")
    if batch:
        return list(ledger.read(ledger.find(batch)).by_hit())
    return list(dict.fromkeys(given or []))


def for_each(
    connection: Connection,
    ids: list[str],
    do: Callable[[Connection, str], str],
    verb: str,
    *,
    at_once: int,
    as_json: bool,
) -> None:
    """Do it to each HIT, and say what became of all."""
    with progress(verb, len(ids)) as moved:
        jobs = ((one, partial(do, connection, one)) for one in ids)
        summary = changing.each(jobs, at_once=at_once, on_done=moved)
    end_with(summary, verb, as_json=as_json)
