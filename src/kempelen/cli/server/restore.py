"""`kempelen restore`."""

import json as json_format
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kempelen.backups import restoring
from kempelen.cli import backed_up
from kempelen.cli.options import DataDir

Backup = Annotated[Path, typer.Argument(metavar="FILE", help="What kempelen backup wrote.")]
Replace = Annotated[
    bool, typer.Option("--replace", help="Move what is in the data folder aside, into one beside it.")
]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: one JSON object.")]


def restore(file: Backup, replace: Replace = False, json: AsJson = False, data_dir: DataDir = None) -> None:
    """Make a data folder of a backup, whole or not at all; nothing that was there is deleted.

    A folder that a server uses is refused: stop it first. The next start brings the database up to date where
    the backup is of an older Kempelen.

    Examples:

        kempelen restore kempelen.tar.gz --data-dir /srv/kempelen

        kempelen restore kempelen.tar.gz --replace
    """
    folder = backed_up.folder(data_dir)
    manifest, aside = restoring.restore(file, folder, replace=replace)
    if json:
        told = {**asdict(manifest), "data_dir": str(folder), "moved_aside": str(aside) if aside else None}
        typer.echo(json_format.dumps(told, indent=2))
        return
    typer.echo(f"{folder} is as it was at {manifest.made_at}, with {manifest.file_count:,} files.")
    if aside:
        typer.echo(f"What was there is in {aside} now; delete it when you do not need it any more.")
