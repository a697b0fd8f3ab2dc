"""`kempelen bonus`."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kempelen.cli import amounts
from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.cli.mturk.ruled import Ruled, RuleTexts, Yes, confirm, ruled
from kempelen.cli.mturk.telling import end_with, print_json, progress
from kempelen.toolkit import changing, tables
from kempelen.toolkit.connection import AT_ONCE, Connection, connect
from kempelen.toolkit.quantities import money
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
WholeBatch = Annotated[
    str, typer.Option("--batch", metavar="BATCH", help="The batch that --rule judges.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how many and how much, and pay nothing.")]
_Bonus = tuple[str, str, str, str]


def bonus(
    ids: AssignmentIds = None,
    amount: Amount = "",
    reason: Reason = "",
    file: BonusFile = None,
    batch: WholeBatch = "",
    rule: RuleTexts = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Pay bonuses for assignments; the same amount with the same reason is paid for each only once.

    With rules those of a batch get it that meet each of them and were not rejected.

    Examples:

        kempelen bonus 3X4JMASXCM8CEX94IM0KEYA --amount 0.50 --reason "Very careful work."

        kempelen bonus --file bonuses.csv --dry-run

        kempelen bonus --batch tweets --rule gold:label=right --amount 0.10 --reason "All right." --dry-run
    """
    connection = connect(profile, endpoint_url)
    if rule or batch:
        found = _ruled(connection, batch, rule or [], is_more_said=bool(ids or file))
        bonuses = _from_options(found.ids, amount, reason, is_found=True)
        if dry_run:
            _tell_ruled(found, bonuses, as_json=as_json)
            return
        confirm(found, f"paid ${_total(bonuses):,.2f}", yes=yes)
    else:
        bonuses = _from_file(file) if file is not None else _from_options(ids or [], amount, reason)
    if dry_run:
        _tell_plan(bonuses, as_json=as_json)
        return
    with progress("bonuses", len(bonuses)) as moved:
        summary = changing.each(_jobs(connection, bonuses), at_once=at_once, on_done=moved)
    end_with(summary, "paid", as_json=as_json)


def _tell_plan(bonuses: list[_Bonus], *, as_json: bool) -> None:
    total = _total(bonuses)
    if as_json:
        print_json({"bonuses": len(bonuses), "cost": f"{total:.2f}"})
    else:
        typer.echo(f"{amounts.counted(len(bonuses), 'bonus', 'bonuses')}, ${total:,.2f}, would be paid.")


def _tell_ruled(found: Ruled, bonuses: list[_Bonus], *, as_json: bool) -> None:
    if as_json:
        print_json(found.as_json() | {"bonuses": len(bonuses), "cost": f"{_total(bonuses):.2f}"})
        return
    found.tell("paid a bonus")
    _tell_plan(bonuses, as_json=False)


def _total(bonuses: list[_Bonus]) -> Decimal:
    return sum((Decimal(one[2]) for one in bonuses), Decimal(0))


def _ruled(connection: Connection, batch: str, rules: list[str], *, is_more_said: bool) -> Ruled:
    if not rules:
        raise Trouble("Who of the batch gets a bonus? Say it with --rule, or name ids or a --file.")
    statuses = ("Submitted", "Approved")
    return ruled(connection, batch, rules, is_met=True, statuses=statuses, chosen_otherwise=is_more_said)


def _jobs(connection: Connection, bonuses: list[_Bonus]) -> Iterator[tuple[str, Callable[[], str]]]:
    for one in bonuses:
        yield one[0], partial(changing.bonus, connection, *one)


def _from_options(ids: list[str], amount: str, reason: str, *, is_found: bool = False) -> list[_Bonus]:
    if not (ids or is_found) or not amount or not reason:
        raise Trouble("What for? Give ids with --amount and --reason, or --file with a row for each bonus.")
    paid = _amount(amount, "--amount")
    return [(one, "", paid, reason) for one in dict.fromkeys(ids)]


def _from_file(path: Path) -> list[_Bonus]:
    """Read a file's rows, all of them checked before the first is paid."""
    found: dict[_Bonus, int] = {}
    for number, row in tables.rows(path, _COLUMNS):
        if empty := [name for name in _COLUMNS if not row[name]]:
            raise Trouble(f"{path}, row {number}: {empty[0]} is empty. Nothing was paid.")
        assignment, worker, amount, reason = (row[name] for name in _COLUMNS)
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
