"""Which assignments a command is about: by their ids, from a reviewed CSV, or all of a batch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from kempelen.domain.batches.reviewed_csv import BothFilled, said_in
from kempelen.toolkit import collecting, ledger, tables
from kempelen.toolkit.connection import Connection
from kempelen.toolkit.troubles import Trouble

AssignmentIds = Annotated[
    list[str] | None, typer.Argument(metavar="[ID…]", help="Assignments, by their ids.", show_default=False)
]
ReviewedFile = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="CSV",
        help="A results file with Approve and Reject columns filled in, as Amazon’s site took it.",
        show_default=False,
    ),
]
WholeBatch = Annotated[
    str,
    typer.Option("--batch", metavar="BATCH", help="All that wait for review in a batch.", show_default=False),
]


@dataclass(frozen=True)
class Chosen:
    """An assignment and, where a file says it, why it is approved or rejected."""

    assignment_id: str
    reason: str = ""


def chosen(
    connection: Connection, ids: list[str] | None, file: Path | None, column: str, batch: str
) -> list[Chosen]:
    """Give the assignments that were chosen in exactly one of the three ways."""
    if [bool(ids), file is not None, bool(batch)].count(True) != 1:
        raise Trouble("Which assignments? Give their ids, or --file with a reviewed CSV, or --batch.")
    if file is not None:
        return from_file(file, column)
    if batch:
        found = ledger.read(ledger.find(batch))
        hits = collecting.hits(connection, list(found.by_hit()))
        listed = collecting.assignments(connection, hits, statuses=["Submitted"])
        return [Chosen(assignment["AssignmentId"]) for _, assignment in listed]
    return [Chosen(one) for one in dict.fromkeys(ids or [])]


def from_file(path: Path, column: str) -> list[Chosen]:
    """Give the rows of a results file in which this column says something.

    In `Approve` people write x; in `Reject` x, or what the worker is to read (mturk-api.md §7).
    """
    found = []
    needed = ("AssignmentId", "Approve", "Reject")
    for number, row in tables.rows(path, needed, remedy="Use a file that `kempelen results` wrote."):
        try:
            said = said_in(row["Approve"], row["Reject"])
        except BothFilled as error:
            message = "both Approve and Reject are filled in. Clear one of them."
            raise Trouble(f"{path}, row {number}: {message}") from error
        if said is not None and said.approves == (column == "Approve"):
            if not row["AssignmentId"]:
                raise Trouble(f"{path}, row {number}: {column} is filled in, and AssignmentId is empty.")
            found.append(Chosen(row["AssignmentId"], said.words))
    return found
