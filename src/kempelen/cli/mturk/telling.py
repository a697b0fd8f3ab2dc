"""What these commands tell: to the person, to programs, while they work and when they end."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kempelen.toolkit.changing import Summary


def say(text: str) -> None:
    """Tell the person, beside what programs read."""
    typer.echo(text, err=True)


def print_json(said: Any) -> None:
    """Print JSON, one document."""
    typer.echo(json.dumps(said, indent=2, ensure_ascii=False, default=str))


@contextmanager
def progress(what: str, total: int, begun: int = 0) -> Iterator[Callable[[int], None]]:
    """Show a bar with the rate and the time that is left, on a terminal only; gives what moves it on."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=total, completed=begun)
        yield lambda count: bar.update(task, completed=count)


def end_with(summary: Summary, verb: str, *, as_json: bool) -> None:
    """Print what became of many, and exit with 1 if something failed."""
    if as_json:
        print_json(summary.as_json())
    else:
        parts = [f"{len(summary.done):,} {verb}"]
        if summary.already:
            parts.append(f"{len(summary.already):,} were already")
        if summary.failed:
            parts.append(f"{len(summary.failed):,} failed")
        typer.echo(", ".join(parts) + ".")
        for name, reason in list(summary.failed.items())[:20]:
            say(f"{name}: {reason}")
        if len(summary.failed) > 20:
            say(f"… and {len(summary.failed) - 20:,} more; --json lists all.")
        if summary.failed:
            say("The same command tries again what failed, and nothing twice.")
    if summary.failed:
        sys.stdout.flush()
        raise typer.Exit(1)
