"""Writes the pages of docs that are made from code: settings, commands, the API, Crowd HTML Elements.

python -m tools.reference_pages          writes them
python -m tools.reference_pages --check  only tells which are out of date
"""

import importlib
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import django
from typer.models import ArgumentInfo, ParameterInfo

from kempelen.cli import main
from kempelen.config import env
from tools import crowd_elements, crowd_pages, examples, local_copies

Command = Callable[..., None]
_VALUES: dict[Any, str] = {bool: "", int: "NUMBER", Path: "PATH"}
DOCS = Path(__file__).parents[1] / "docs"
FOLDER = DOCS / "reference"
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

`publish`, `status`, `results` and the others from there on speak MTurk's API to any server, as boto3 does,
and look at no data folder: [publish and review from a terminal](../how-to/requesters-command-line.md).
"""


def write() -> int:
    """Write the pages, or with `--check` tell which differ; 1 if one does."""
    made = pages() | crowd_pages.pages()
    stale = [path for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"docs/{path.relative_to(DOCS)} is out of date: run make docs")
        return 1 if stale else 0
    for path in stale:
        path.write_text(made[path], encoding="utf-8")
        print(f"docs/{path.relative_to(DOCS)} written")
    return 0


def pages() -> dict[Path, str]:
    """Each page's path and what it should say."""
    os.environ["DJANGO_SETTINGS_MODULE"] = main.SETTINGS
    django.setup()
    makers: dict[str, Callable[[], str]] = {
        "settings.md": settings_page,
        "commands.md": commands_page,
        "mturk-compatibility.md": compatibility_page,
        "crowd-elements.md": crowd_elements_page,
        "examples.md": examples_page,
        "local-copies.md": local_copies_page,
    }
    return {FOLDER / name: make() for name, make in makers.items()}


def settings_page() -> str:
    """The page of all KEMPELEN_… variables."""
    return "\n".join([MADE + SETTINGS_INTRO, *(_setting(row) for row in env.SETTINGS)])


def commands_page() -> str:
    """The page of all commands and their options."""
    return "\n".join([MADE + COMMANDS_INTRO, *(_command(*each) for each in _commands())])


def compatibility_page() -> str:
    """The page of the API's operations; its module reads handlers, which need Django."""
    text: str = importlib.import_module("tools.compatibility").page()
    return MADE + text


def crowd_elements_page() -> str:
    """The page of Crowd HTML Elements, made of what each says of itself."""
    return MADE + crowd_elements.page()


def examples_page() -> str:
    """The page of examples, made of what each says of itself."""
    return MADE + examples.page()


def local_copies_page() -> str:
    """The page of local copies, made of the table of known addresses."""
    return MADE + local_copies.page()


def _setting(row: env.Setting[Any]) -> str:
    facts = [f"Value: {row.kind.replace('|', ', ')}."]
    if row.default not in (None, "", []) and "Default:" not in row.help:
        default = {True: "yes", False: "no"}.get(row.default, row.default)
        facts.append(f"Default: {default}.")
    if row.secret:
        facts.append(f"Secret; may stand in the file that `{row.name}_FILE` names.")
    return f"## {row.name}\n\n{row.help}\n\n*{' '.join(facts)}*\n"


def _commands() -> Iterator[tuple[str, Command]]:
    """Every command's name and function; `kempelen` itself loads only the one that was asked for."""
    for name in (*main.COMMANDS, *main.OVER_THE_API):
        yield name, main.function_of(name)


def _command(name: str, function: Command) -> str:
    parameters = list(_parameters(function))
    arguments = [spelling for info, spelling, _ in parameters if isinstance(info, ArgumentInfo)]
    rows = [f"| `{spelling}` | {text} |" for _, spelling, text in parameters]
    parts = [f"## kempelen {name}\n", f"```\n{' '.join(['kempelen', name, '[OPTIONS]', *arguments])}\n```\n"]
    parts.append(_description(function))
    if rows:
        parts += ["| Option | What it does |\n| --- | --- |", *rows, ""]
    return "\n".join(parts)


def _description(function: Command) -> str:
    """What the docstring says, each paragraph on one line; indented ones are code and stay."""
    paragraphs = re.split(r"\n\s*?\n", inspect.getdoc(function) or "")
    return "\n\n".join(one if one.startswith("    ") else " ".join(one.split()) for one in paragraphs) + "\n"


def _parameters(function: Command) -> Iterator[tuple[ParameterInfo, str, str]]:
    """Each parameter, how it is written, and what it does.

    Read from the function: how Typer shows them varies from release to release.
    """
    hints = get_type_hints(function, include_extras=True)
    for name, parameter in inspect.signature(function).parameters.items():
        kind, info = get_args(hints[name])
        text = " ".join((info.help or "").split()).replace("|", "\\|")
        if type(parameter.default) in (int, str) and parameter.default != "":
            text += f" [default: {parameter.default}]"
        yield info, _spelling(name, kind, info), text


def _spelling(name: str, kind: Any, info: ParameterInfo) -> str:
    if isinstance(info, ArgumentInfo):
        return info.metavar or name.upper()
    names = ", ".join(info.param_decls or [f"--{name.replace('_', '-')}"])
    value = info.metavar or _value(kind)
    return f"{names} {value}" if value else names


def _value(kind: Any) -> str:
    """What stands for an option's value; nothing for one that is on or off."""
    for one in [kind, *get_args(kind)]:
        if isinstance(one, type) and issubclass(one, Enum):
            return "\\|".join(str(member.value) for member in one)
        if one in _VALUES:
            return _VALUES[one]
    return "TEXT"


if __name__ == "__main__":
    sys.exit(write())
