"""`kempelen snapshot`."""

import json as json_format
import os
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from kempelen.backups import snapshots
from kempelen.cli import backed_up
from kempelen.cli.options import DataDir
from kempelen.config import env
from kempelen.config.data_folder import Unusable


class Verb(Enum):
    """What is done with snapshots."""

    SAVE = "save"
    RESTORE = "restore"
    LIST = "list"
    DELETE = "delete"


What = Annotated[
    Verb,
    typer.Argument(
        metavar="VERB",
        help="save: keep the state under a name. restore: go back to it. list: the states that are kept. "
        "delete: keep one no longer.",
    ),
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Letters, digits, dots, dashes, underscores.")]
Replace = Annotated[bool, typer.Option("--replace", help="Save it also if there is one of that name.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: JSON, of list.")]


def snapshot(
    verb: What, name: Name = "", replace: Replace = False, json: AsJson = False, data_dir: DataDir = None
) -> None:
    """Keep the state of a rehearsal, and go back to it; its server may run meanwhile.

    Going back takes what came since out of the database: save that first if you may want it again. A server
    in production mode never goes back; its backups are made by kempelen backup.

    Examples:

        kempelen snapshot save before-the-crowd

        kempelen snapshot restore before-the-crowd

        kempelen snapshot list
    """
    folder = backed_up.folder(data_dir)
    if verb is Verb.LIST:
        _list(folder, as_json=json)
        return
    if not name:
        raise Unusable(f"Name the snapshot: kempelen snapshot {verb.value} NAME.")
    if verb is Verb.SAVE:
        manifest = snapshots.save(folder, name, replace=replace)
        typer.echo(f"Saved “{name}”: the database and {manifest.file_count:,} files.")
    elif verb is Verb.RESTORE:
        _refuse_production()
        manifest = snapshots.restore(folder, name)
        typer.echo(f"The server is as it was at {manifest.made_at}.")
    else:
        snapshots.remove(folder, name)
        typer.echo(f"Deleted “{name}”.")


def _list(folder: Path, *, as_json: bool) -> None:
    found = snapshots.listed(folder)
    if as_json:
        told = [{"name": one.name, "bytes": one.size, "made_at": _time(one.made_at)} for one in found]
        typer.echo(json_format.dumps(told, indent=2))
        return
    for one in found:
        typer.echo(f"{one.name}   {_time(one.made_at)}   {one.size / 10**6:,.1f} MB")


def _refuse_production() -> None:
    if env.MODE.value_in(os.environ) != "sandbox":
        raise Unusable(
            "This server is in production mode (KEMPELEN_MODE), whose state no snapshot takes back. Stop it "
            "and use kempelen restore."
        )


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
