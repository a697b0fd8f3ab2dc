"""`kempelen backup`."""

import json as json_format
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kempelen.backups import taking
from kempelen.cli import backed_up
from kempelen.cli.options import DataDir

To = Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it, such as monday.tar.gz.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: one JSON object.")]


def backup(file: To, json: AsJson = False, data_dir: DataDir = None) -> None:
    """Write a backup of the data folder: database, files and secret key, all of one moment.

    The server may run meanwhile, and loses no time by it. A file of that name is replaced when the new one is
    whole. Keep it where you would keep a key: who has it has everything. For a server on SQLite.

    Examples:

        kempelen backup kempelen.tar.gz

        kempelen backup "backups/$(date +%F).tar.gz" --data-dir /srv/kempelen
    """
    folder = backed_up.folder(data_dir)
    manifest = taking.take(folder, file)
    size = file.stat().st_size
    if json:
        typer.echo(json_format.dumps({**asdict(manifest), "file": str(file), "bytes": size}, indent=2))
        return
    typer.echo(
        f"{file}: {size / 10**6:,.1f} MB, the database and {manifest.file_count:,} files of {folder}. "
        f"Put it back with: kempelen restore {file}"
    )
