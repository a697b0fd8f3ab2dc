"""Writes the pages of docs/reference that are made from code: settings and commands.

python -m tools.reference_pages          writes them
python -m tools.reference_pages --check  only tells which are out of date
"""

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import typer

from kempelen.cli import main
from kempelen.config import env

# Click's command; Typer has its own copy of Click in some releases, so that its type has no one name.
Command = Any
FOLDER = Path(__file__).parents[1] / "docs/reference"
MADE = "<!-- Made from the code by `make docs`; change it there. -->\n"

SETTINGS_INTRO = """\
# Settings

A setting is an environment variable. None is needed: without any, Kempelen keeps everything in one data
folder and answers on this machine.

- `kempelen settings` shows what each one is now, and where that comes from.
- `kempelen check` says what a public server still lacks.
- A value that makes no sense stops the start, and the message names the variable and the remedy. A misspelt
  variable is pointed out.
- A secret may also stand in a file: `KEMPELEN_SECRET_KEY_FILE=/run/secrets/key` in place of
  `KEMPELEN_SECRET_KEY`. Below, secrets say so.

Kinds of values: *yes or no* (also `1`, `true`, `on`, `0`, `false`, `off`), *size* (`500 MB`, `2 GiB`),
*hosts* and *networks* (several, with commas between them).
"""

COMMANDS_INTRO = """\
# Commands

Every command prints its options with `--help`. Results go to the standard output, talk and complaints to the
standard error; a command that could not do what was asked ends with a status other than 0.

The commands that work on a server's data look for its folder in the same place as the server does:
`--data-dir`, else `KEMPELEN_DATA_DIR`, else `kempelen` in your data home. `python -m kempelen …` is the same
as `kempelen …`, and names may be written with `_` for `-`.
"""


def write() -> int:
    """Write the pages, or with `--check` tell which differ; 1 if one does."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"docs/reference/{path.name} is out of date: run make docs")
        return 1 if stale else 0
    for path in stale:
        path.write_text(pages()[path], encoding="utf-8")
        print(f"docs/reference/{path.name} written")
    return 0


def pages() -> dict[Path, str]:
    """Each page's path and what it should say."""
    makers: dict[str, Callable[[], str]] = {"settings.md": settings_page, "commands.md": commands_page}
    return {FOLDER / name: make() for name, make in makers.items()}


def settings_page() -> str:
    """The page of all KEMPELEN_… variables."""
    return "\n".join([MADE + SETTINGS_INTRO, *(_setting(row) for row in env.SETTINGS)])


def commands_page() -> str:
    """The page of all commands and their options."""
    return "\n".join([MADE + COMMANDS_INTRO, *(_command(command) for command in _commands())])


def _setting(row: env.Setting[Any]) -> str:
    facts = [f"Value: {row.kind.replace('|', ', ')}."]
    if row.default not in (None, "", []) and "Default:" not in row.help:
        default = {True: "yes", False: "no"}.get(row.default, row.default)
        facts.append(f"Default: {default}.")
    if row.secret:
        facts.append(f"Secret; may stand in the file that `{row.name}_FILE` names.")
    return f"## {row.name}\n\n{row.help}\n\n*{' '.join(facts)}*\n"


def _commands() -> Iterator[Command]:
    """Every command as `kempelen` makes it, which loads only the one that was asked for."""
    os.environ["DJANGO_SETTINGS_MODULE"] = main.SETTINGS
    django.setup()
    for name in main.COMMANDS:
        module = name.replace("-", "_")
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(name)(getattr(importlib.import_module(f"kempelen.cli.server.{module}"), module))
        yield typer.main.get_command(app)


def _command(command: Command) -> str:
    context = command.make_context(f"kempelen {command.name}", [], resilient_parsing=True)
    usage = " ".join([f"kempelen {command.name}", *command.collect_usage_pieces(context)])
    parts = [f"## kempelen {command.name}\n", f"```\n{usage}\n```\n", _help_of(command)]
    rows = [row for parameter in command.get_params(context) if (row := _option(parameter, context))]
    if rows:
        parts += ["| Option | What it does |\n| --- | --- |", *rows, ""]
    return "\n".join(parts)


def _help_of(command: Command) -> str:
    """The command's description, each paragraph on one line; indented ones are code and stay."""
    paragraphs = re.split(r"\n\s*?\n", (command.help or "").replace("\b", "").strip())
    return (
        "\n\n".join(
            part.rstrip() if part.startswith("    ") else re.sub(r"\s*\n\s*", " ", part)
            for part in paragraphs
        )
        + "\n"
    )


def _option(parameter: Any, context: Any) -> str | None:
    """A row of the table; None for `--help`, which every command has."""
    if parameter.name == "help":
        return None
    record = parameter.get_help_record(context)
    if record is None:
        return None
    name, text = (re.sub(r"\s+", " ", part).replace("|", "\\|") for part in record)
    return f"| `{name}` | {text} |"


if __name__ == "__main__":
    sys.exit(write())
