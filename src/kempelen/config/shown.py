"""The settings as they are, for people: secrets stay hidden."""

import os
from typing import NamedTuple

from kempelen.config import data_folder, env


class Shown(NamedTuple):
    """A setting, its value in words, where that comes from, and what it is for."""

    name: str
    value: str
    source: str
    help: str
    kind: str


def settings() -> list[Shown]:
    """Give every setting."""
    values = env.read(os.environ)
    return [
        Shown(its.name, _shown(its, values[its]), _source(its), its.help, its.kind) for its in env.SETTINGS
    ]


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
