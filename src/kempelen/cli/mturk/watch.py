"""`kempelen watch`."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table

from kempelen.cli.mturk.options import BatchName, EndpointUrl, ProfileName
from kempelen.cli.mturk.status import figures
from kempelen.toolkit import collecting, ledger, stopping
from kempelen.toolkit.connection import Connection, connect

_SHOWN = ("hits", "places", "left", "in_work", "to_review", "reviewed")
# With these statuses a HIT may still get answers (mturk-api.md §3.1).
_OPEN = ("Assignable", "Unassignable")
Every = Annotated[float, typer.Option("--every", min=0.1, help="Seconds from one look to the next.")]
AsJsonLines = Annotated[bool, typer.Option("--json", help="Print a line of JSON for each change.")]


def watch(
    batch: BatchName,
    every: Every = 5,
    as_json: AsJsonLines = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Watch a batch until no HIT of it can get an answer any more, or until Ctrl-C.

    On a terminal it is a table that changes; elsewhere, a line whenever something has changed.

    Example:

        kempelen watch tweets
    """
    looks = _looks(connect(profile, endpoint_url), batch, every)
    console = Console()
    try:
        if console.is_terminal and not as_json:
            with Live(console=console, auto_refresh=False) as live:
                for said in looks:
                    live.update(_table(batch, said), refresh=True)
        else:
            for said in _changes(looks):
                typer.echo(json.dumps(said) if as_json else _line(said))
    except KeyboardInterrupt as stop:
        raise typer.Exit(stopping.status_of(stop)) from None


def _looks(connection: Connection, batch: str, every: float) -> Iterator[dict[str, Any]]:
    """Give the batch in figures, again and again; the file is read each time, for it may still grow."""
    while True:
        found = ledger.read(ledger.find(batch))
        said = figures(collecting.hits(connection, list(found.by_hit())))
        yield said
        if len(found.made) >= found.head.rows and not any(said["by_status"].get(one) for one in _OPEN):
            return
        time.sleep(every)


def _changes(looks: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    before: dict[str, Any] = {}
    for said in looks:
        if said != before:
            yield said
        before = said


def _line(said: dict[str, Any]) -> str:
    now = datetime.now().astimezone().strftime("%H:%M:%S")
    return f"{now}  " + ", ".join(f"{said[name]:,} {name.replace('_', ' ')}" for name in _SHOWN)


def _table(batch: str, said: dict[str, Any]) -> Table:
    table = Table(title=batch)
    for name in _SHOWN:
        table.add_column(name.replace("_", " "), justify="right")
    table.add_row(*(f"{said[name]:,}" for name in _SHOWN))
    return table
