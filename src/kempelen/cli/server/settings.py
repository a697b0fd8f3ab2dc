"""`kempelen settings`."""

import json as json_format
import os
from typing import Annotated

import typer

from kempelen.config import data_folder, env

AsJson = Annotated[bool, typer.Option("--json", help="For programs: one JSON object.")]


def settings(json: AsJson = False) -> None:
    """List every KEMPELEN_… setting: its value, where that comes from, and what it is for.

    Example:

        kempelen settings
    """
    values = env.read(os.environ)
    rows = [(setting, _shown(setting, values[setting]), _source(setting)) for setting in env.SETTINGS]
    if json:
        told = {row.name: {"value": value, "source": source} for row, value, source in rows}
        typer.echo(json_format.dumps(told, indent=2))
        return
    for row, value, source in rows:
        typer.echo(f"{row.name} = {value or '(unset)'}   [{source}]")
        typer.echo(f"    {row.help} ({row.kind})\n")
    for sentence in env.unknown_names(os.environ):
        typer.echo(sentence, err=True)


def _shown(setting: env.Setting[object], value: object) -> str:
    if setting.secret and value:
        return "(secret)"
    if setting is env.DATA_DIR:
        return str(data_folder.find(os.environ))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if setting.kind == "size" and isinstance(value, int):
        return f"{value / 10**6:g} MB"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _source(setting: env.Setting[object]) -> str:
    if not setting.is_set_in(os.environ):
        return "default"
    return "environment" if os.environ.get(setting.name, "").strip() else f"file of {setting.name}_FILE"
