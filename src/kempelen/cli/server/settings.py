"""`kempelen settings`."""

import json as json_format
import os
from typing import Annotated

import typer

from kempelen.config import env, shown

AsJson = Annotated[bool, typer.Option("--json", help="For programs: one JSON object.")]


def settings(json: AsJson = False) -> None:
    """List every KEMPELEN_… setting: its value, where that comes from, and what it is for.

    Example:

        kempelen settings
    """
    rows = shown.settings()
    if json:
        told = {row.name: {"value": row.value, "source": row.source} for row in rows}
        typer.echo(json_format.dumps(told, indent=2))
        return
    for row in rows:
        typer.echo(f"{row.name} = {row.value or '(unset)'}   [{row.source}]")
        typer.echo(f"    {row.help} ({row.kind})\n")
    for sentence in env.unknown_names(os.environ):
        typer.echo(sentence, err=True)
