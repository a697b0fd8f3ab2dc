"""Which workers a command is about, and which worked for a batch."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from kempelen.toolkit import collecting, ledger, tables
from kempelen.toolkit.connection import Connection
from kempelen.toolkit.troubles import Trouble

WorkerIds = Annotated[
    list[str] | None, typer.Argument(metavar="[WORKER…]", help="Workers, by their ids.", show_default=False)
]
WorkersFile = Annotated[
    Path | None,
    typer.Option("--file", metavar="CSV", help="A file with a column WorkerId.", show_default=False),
]
WhoWorked = Annotated[
    str, typer.Option("--batch", metavar="BATCH", help="All who worked for a batch.", show_default=False)
]


def worker_ids(
    connection: Connection, given: Sequence[str] | None, file: Path | None, batch: str = ""
) -> list[str]:
    """Give the workers that were named in exactly one of the ways, each once."""
    if [bool(given), file is not None, bool(batch)].count(True) != 1:
        raise Trouble("Which workers? Give their ids, or --file with a column WorkerId, or --batch.")
    if file is not None:
        named = [row["WorkerId"] for _, row in tables.rows(file, ["WorkerId"]) if row["WorkerId"]]
    elif batch:
        named = [one["WorkerId"] for one in assignments_of(connection, [batch])]
    else:
        named = list(given or [])
    return list(dict.fromkeys(named))


def assignments_of(connection: Connection, batches: Sequence[str]) -> list[dict[str, Any]]:
    """Give what was submitted for these batches, or for all HITs of the requester."""
    if batches:
        ids = [hit_id for name in batches for hit_id in ledger.read(ledger.find(name)).by_hit()]
        hits = collecting.hits(connection, list(dict.fromkeys(ids)))
    else:
        hits = list(connection.each("ListHITs", "HITs"))
    return [assignment for _, assignment in collecting.assignments(connection, hits)]
