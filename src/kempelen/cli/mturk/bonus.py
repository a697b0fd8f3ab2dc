"""`kempelen bonus`."""

import csv
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kempelen.cli import amounts
from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import end_with, progress
from kempelen.domain.batches.csv_text import open_csv_text
from kempelen.toolkit import changing
from kempelen.toolkit.connection import AT_ONCE, Connection, connect
from kempelen.toolkit.properties import money
from kempelen.toolkit.troubles import Trouble

_COLUMNS = ("AssignmentId", "WorkerId", "BonusAmount", "Reason")
AssignmentIds = Annotated[
    list[str] | None, typer.Argument(metavar="[ID…]", help="Assignments, by their ids.", show_default=False)
]
Amount = Annotated[str, typer.Option(metavar="AMOUNT", help="For each, such as 0.50.", show_default=False)]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="What the worker reads.", show_default=False)]
BonusFile = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="CSV",
        help="Columns AssignmentId, WorkerId, BonusAmount, Reason.",
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how many and how much, and pay nothing.")]
_Bonus = tuple[str, str, str, str]


def bonus(
    ids: AssignmentIds = None,
    amount: Amount = "",
    reason: Reason = "",
    file: BonusFile = None,
    dry_run: DryRun = False,
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Pay bonuses for assignments; the same amount with the same reason is paid for each only once.

    Examples:

        kempelen bonus 3X4JMASXCM8CEX94IM0KEYA --amount 0.50 --reason "Very careful work."

        kempelen bonus --file bonuses.csv --dry-run
    """
    connection = connect(profile, endpoint_url)
    bonuses = _from_file(file) if file is not None else _from_options(connection, ids or [], amount, reason)
    if dry_run:
        total = sum(round(float(one[2]) * 100) for one in bonuses) / 100
        typer.echo(f"{amounts.counted(len(bonuses), 'bonus', 'bonuses')}, ${total:,.2f}, would be paid.")
        return
    with progress("bonuses", len(bonuses)) as moved:
        summary = changing.each(_jobs(connection, bonuses), at_once=at_once, on_done=moved)
    end_with(summary, "paid", as_json=as_json)


def _jobs(connection: Connection, bonuses: list[_Bonus]) -> Iterator[tuple[str, Callable[[], str]]]:
    for one in bonuses:
        yield one[0], partial(changing.bonus, connection, *one)


def _from_options(connection: Connection, ids: list[str], amount: str, reason: str) -> list[_Bonus]:
    if not ids or not amount or not reason:
        raise Trouble("What for? Give ids with --amount and --reason, or --file with a row for each bonus.")
    paid = _amount(amount, "--amount")
    found = []
    for one in dict.fromkeys(ids):
        assignment = connection.call("GetAssignment", AssignmentId=one)["Assignment"]
        found.append((one, assignment["WorkerId"], paid, reason))
    return found


def _from_file(path: Path) -> list[_Bonus]:
    """Read a file's rows, all of them checked before the first is paid."""
    with open_csv_text(path) as text:
        rows = csv.DictReader(text.lines())
        if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
            raise Trouble(f"{path} has no column {missing[0]}. It needs {', '.join(_COLUMNS)}.")
        found: dict[_Bonus, int] = {}
        for number, row in enumerate(rows, 2):
            values = [(row[name] or "").strip() for name in _COLUMNS]
            if empty := [name for name, value in zip(_COLUMNS, values, strict=True) if not value]:
                raise Trouble(f"{path}, row {number}: {empty[0]} is empty. Nothing was paid.")
            assignment, worker, amount, reason = values
            one = (assignment, worker, _amount(amount, f"{path}, row {number}"), reason)
            if one in found:
                raise Trouble(f"{path}, row {number} is the same as row {found[one]}. Nothing was paid.")
            found[one] = number
    return list(found)


def _amount(text: str, where: str) -> str:
    try:
        return money(text)
    except ValueError as error:
        raise Trouble(f"{where}: {error}") from error
