"""`kempelen results`."""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import Annotated, BinaryIO

import typer

from kempelen.cli import amounts
from kempelen.cli.mturk import placing
from kempelen.cli.mturk.options import AsJson, AtOnce, BatchName, EndpointUrl, ProfileName
from kempelen.cli.mturk.placing import STDOUT
from kempelen.cli.mturk.telling import print_json, progress, say
from kempelen.domain.batches import results as files
from kempelen.domain.batches.results import ResultRow
from kempelen.toolkit import collecting, databases, fetched, ledger
from kempelen.toolkit.connection import AT_ONCE, Connection, connect
from kempelen.toolkit.fetched import Fetched
from kempelen.toolkit.ledger import Ledger
from kempelen.toolkit.spooling import Spool, spooled
from kempelen.toolkit.troubles import Trouble

Out = Annotated[
    str,
    typer.Option(
        "--out",
        "-o",
        metavar="FILE",
        help="Where to write: .csv in MTurk’s columns, .jsonl as JSON Lines; - prints CSV.  "
        "[default: NAME.results.csv, or NAME.new.csv]",
        show_default=False,
    ),
]
To = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help="In place of a file: sqlite:///FILE, postgresql://HOST/NAME, s3://BUCKET/FILE.csv or .jsonl.",
        show_default=False,
    ),
]
Table = Annotated[str, typer.Option(metavar="NAME", help="The database’s table, made where it is missing.")]
New = Annotated[
    bool, typer.Option("--new", help="Only what --new did not give before, or gave in another status.")
]
Statuses = Annotated[
    list[str] | None,
    typer.Option(
        "--status", help="Submitted, Approved or Rejected; several times for several.", show_default=False
    ),
]
SpreadsheetSafe = Annotated[
    bool, typer.Option("--spreadsheet-safe", help="Put a ' before cells that Excel would run as formulas.")
]


def results(
    batch: BatchName,
    out: Out = "",
    to: To = "",
    table: Table = databases.TABLE,
    new: New = False,
    status: Statuses = None,
    spreadsheet_safe: SpreadsheetSafe = False,
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Fetch all that workers submitted for a batch, from all pages and in all statuses.

    The file has MTurk's columns, and replaces one of its name only when it is whole. Approval rates of
    workers are not told by the API and are 0% (0/0). In a database rows are added, and renewed.

    Examples:

        kempelen results tweets

        kempelen results tweets --status Submitted -o to-review.csv

        kempelen results tweets --new --to postgresql://db.example.org/research
    """
    wanted = status or list(collecting.STATUSES)
    if unknown := [one for one in wanted if one not in collecting.STATUSES]:
        raise Trouble(f"There is no status {unknown[0]!r}. It is one of {', '.join(collecting.STATUSES)}.")
    found = ledger.read(ledger.find(batch))
    place = _place(out, to, f"{found.head.name}.{'new' if new else 'results'}.csv")
    placing.check(place, table)
    receiver = f"{place} {table}" if databases.is_database(place) else ""
    with fetched.adding(found.path, receiver) if new else nullcontext() as before:
        rows = _rows(connect(profile, endpoint_url), found, wanted, before, at_once)
        with spooled(rows) as spool:
            if databases.is_database(place):
                databases.store(place, table, found.head.name, spool.rows())
            else:
                with placing.opened(place) as file:
                    _write(file, spool, found, as_lines=place.endswith(".jsonl"), is_safe=spreadsheet_safe)
            if before is not None and spool.count:
                before.add(spool.marks)
    if as_json and place != STDOUT:
        print_json({"name": found.head.name, "file": place, "answers": spool.count})
    elif place != STDOUT:
        typer.echo(f"{amounts.counted(spool.count, 'answer', 'answers')} written to {place}.")


def _place(out: str, to: str, otherwise: str) -> str:
    if out and to:
        raise Trouble("Where to? Give -o with a file, or --to with an address.")
    if to and not (databases.is_database(to) or to.startswith(placing.S3)):
        raise Trouble(f"{to!r} is no address: write sqlite:///FILE, postgresql://… or s3://…; files have -o.")
    return out or to or otherwise


def _rows(
    connection: Connection, found: Ledger, statuses: list[str], before: Fetched | None, at_once: int
) -> Iterator[ResultRow]:
    by_hit = found.by_hit()
    hits = collecting.hits(connection, list(by_hit), at_once=at_once)
    if gone := len(by_hit) - len(hits):
        say(f"{amounts.counted(gone, 'HIT is', 'HITs are')} deleted on the server, with their answers.")
    if before is not None:
        hits = list(filter(before.may_have_news, hits))
    with progress("answers", sum(map(collecting.submitted_count, hits))) as moved:
        listed = collecting.assignments(connection, hits, statuses=statuses, at_once=at_once)
        for count, (hit, assignment) in enumerate(listed, 1):
            if before is None or before.is_new(assignment):
                yield collecting.row(hit, assignment, found.inputs(by_hit[hit["HITId"]]))
            moved(count)


def _write(file: BinaryIO, spool: Spool, found: Ledger, *, as_lines: bool, is_safe: bool) -> None:
    pieces: Iterable[bytes]
    if as_lines:
        pieces = files.json_lines(spool.rows())
    else:
        texts = files.csv_lines(spool.rows(), found.head.columns, spool.names, spreadsheet_safe=is_safe)
        pieces = (text.encode() for text in texts)
    for piece in pieces:
        file.write(piece)
