"""What these commands tell: to the person, to programs, while they work and when they end."""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from kempelen.cli import amounts

if TYPE_CHECKING:
    # Beside boto3, which commands without a server need not wait for.
    from kempelen.toolkit.changing import Summary

_MOST_NAMED = 20
# What JSON leaves as it is, and terminals obey: controls beyond ASCII, and changes of direction.
_OBEYED = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def say(text: str) -> None:
    """Tell the person, beside what programs read."""
    typer.echo(text, err=True)


def print_json(said: Any) -> None:
    """Print JSON, one document."""
    text = json.dumps(said, indent=2, ensure_ascii=False, default=str)
    typer.echo(_OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def plain(text: str, *, keeps: str = "") -> str:
    """Give a stranger's text without what a terminal would obey, as spaces; `keeps` are left."""
    return "".join(one if one.isprintable() or one in keeps else " " for one in text)


class RateColumn(ProgressColumn):
    """How many there are in a second, or in a minute where they are fewer."""

    def render(self, task: Task) -> Text:
        """Give the rate as text; nothing until there is one."""
        speed = task.finished_speed or task.speed
        if not speed:
            return Text("")
        return Text(f"{speed:,.0f}/s" if speed >= 1 else f"{speed * 60:,.0f}/min")


@contextmanager
def progress(what: str, total: int, begun: int = 0) -> Iterator[Callable[[int], None]]:
    """Show a bar with the rate and the time that is left, on a terminal only; gives what moves it on."""
    console = Console(stderr=True)
    told = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    columns = (*told, RateColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=total, completed=begun)
        yield lambda count: bar.update(task, completed=count)


def tell_plan(ids: list[str], verb: str, *, as_json: bool) -> None:
    """Print what a dry run would do to assignments."""
    if as_json:
        print_json({"would": ids})
    else:
        typer.echo(f"{amounts.counted(len(ids), 'assignment', 'assignments')} would be {verb}.")


def tell_fields(said: Mapping[str, Any]) -> None:
    """Print names with their values; what is several things as JSON."""
    width = max(map(len, said), default=0)
    for name, value in said.items():
        is_plain = isinstance(value, str | int | float | datetime)
        shown = str(value) if is_plain else json.dumps(value, ensure_ascii=False, default=str)
        typer.echo(f"{plain(name):{width}}  {plain(shown)}")


def tell_table(rows: list[dict[str, Any]], without: str) -> None:
    """Print rows of the same names in columns, or what there is to say without any."""
    if not rows:
        say(without)
        return
    lines = [[name.replace("_", " ") for name in rows[0]]]
    lines += [["" if value is None else plain(str(value)) for value in row.values()] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


def is_terminal() -> bool:
    """Tell whether somebody can be asked; the standard input may also be closed."""
    return sys.stdin is not None and sys.stdin.isatty()


def end_with(summary: "Summary", verb: str, *, as_json: bool) -> None:
    """Print what became of many, and exit with 1 if something failed, with 130 or 143 if it was stopped."""
    if as_json:
        print_json(summary.as_json())
    else:
        _tell(summary, verb)
    if summary.failed or summary.ended:
        sys.stdout.flush()
        raise typer.Exit(128 + summary.ended_by if summary.ended_by else 1)


def _tell(summary: "Summary", verb: str) -> None:
    parts = [f"{len(summary.done):,} {verb}"]
    if summary.already:
        parts.append(f"{len(summary.already):,} were already")
    if summary.failed:
        parts.append(f"{len(summary.failed):,} failed")
    typer.echo(", ".join(parts) + ".")
    if summary.ended:
        say(f"{summary.ended}\nThe same command goes on, and does nothing twice.")
        return
    for name, reason in list(summary.failed.items())[:_MOST_NAMED]:
        say(f"{name}: {reason}")
    if len(summary.failed) > _MOST_NAMED:
        say(f"… and {len(summary.failed) - _MOST_NAMED:,} more; --json lists all.")
    if summary.failed:
        say("The same command tries again what failed, and nothing twice.")
