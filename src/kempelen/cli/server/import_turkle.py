"""`kempelen import-turkle`."""

import json
import sys
from typing import Annotated

import typer

from kempelen.cli import choices, start
from kempelen.cli.options import DataDir, RequesterSlug
from kempelen.turkle_import import importing
from kempelen.turkle_import.report import Report

Database = Annotated[
    str,
    typer.Argument(
        metavar="DATABASE", help="Turkle's database: an SQLite file, or postgresql://user:password@host/name."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would come, and write nothing.")]
SamePeople = Annotated[
    bool,
    typer.Option(
        "--same-people",
        help="Accounts that are here already are the same people as Turkle's users of their names. Else "
        "such users get other names.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


def import_turkle(
    database: Database,
    requester: RequesterSlug = "",
    dry_run: DryRun = False,
    same_people: SamePeople = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Bring what a Turkle database holds: people with their passwords, projects, batches, answers, tokens.

    Reads a database of Turkle 2 or 3, and changes nothing in it. Doing it again brings only what is new; what
    came before stays as it is here. At the end stands what could not be moved, and why.

    Examples:

        kempelen import-turkle /srv/turkle/db.sqlite3 --dry-run

        kempelen import-turkle postgresql://turkle:secret@db.example.org/turkle --requester lab
    """
    start.database()
    report = importing.bring(
        database,
        choices.requester(requester),
        is_trial=dry_run,
        joins_users=same_people,
        on_progress=_tell if sys.stderr.isatty() else None,
    )
    typer.echo(json.dumps(report.as_json(), indent=2) if as_json else "\n".join(report.lines()))
    if not as_json:
        typer.echo(_end(report), err=True)


def _tell(done: int, total: int) -> None:
    print(f"\r{done:,} of {total:,} tasks", end="" if done < total else "\n", file=sys.stderr, flush=True)


def _end(report: Report) -> str:
    if report.is_dry_run:
        return "Nothing was written. Without --dry-run it comes."
    return f"It is in the requester “{report.requester}”. Import again for what is new in Turkle by then."
