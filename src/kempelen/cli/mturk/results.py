"""`kempelen results`."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from kempelen.cli import amounts
from kempelen.cli.mturk import placing, result_formats
from kempelen.cli.mturk.options import AsJson, AtOnce, BatchName, EndpointUrl, ProfileName
from kempelen.cli.mturk.placing import STDOUT
from kempelen.cli.mturk.result_formats import Form
from kempelen.cli.mturk.telling import print_json, progress, say
from kempelen.domain.batches.results import ResultRow
from kempelen.toolkit import answer_files, collecting, databases, fetched, ledger
from kempelen.toolkit.answer_files import Files
from kempelen.toolkit.connection import AT_ONCE, Connection, connect
from kempelen.toolkit.fetched import Fetched
from kempelen.toolkit.ledger import Ledger
from kempelen.toolkit.spooling import spooled
from kempelen.toolkit.troubles import Trouble

Out = Annotated[
    str,
    typer.Option(
        "--out",
        "-o",
        metavar="FILE",
        help="Where to write: .csv in MTurk’s columns, .jsonl as JSON Lines, .parquet; - prints CSV.  "
        "[default: NAME.results.csv, or NAME.new.csv]",
        show_default=False,
    ),
]
To = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help="In place of a file: sqlite:///FILE, postgresql://HOST/NAME, s3://BUCKET/FILE.csv, "
        ".jsonl or .parquet.",
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
Format = Annotated[
    Form | None,
    typer.Option(
        "--format",
        help="csv, jsonl or parquet (needs `pip install 'kempelen[parquet]'`).  "
        "[default: as the name of the file ends, else csv]",
        show_default=False,
    ),
]
FilesFolder = Annotated[
    Path | None,
    typer.Option(
        "--files",
        metavar="FOLDER",
        help="Fetch the files that workers sent, too: what is in the folder is not fetched again.",
        show_default=False,
    ),
]
SpreadsheetSafe = Annotated[
    bool, typer.Option("--spreadsheet-safe", help="Put a ' before cells that Excel would run as formulas.")
]


_MOST_NAMED = 20


def results(
    batch: BatchName,
    out: Out = "",
    to: To = "",
    table: Table = databases.TABLE,
    format: Format = None,
    files: FilesFolder = None,
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

    With --files, what workers sent lies in FOLDER/HITId/AssignmentId, and the results name each file's path.
    After Ctrl-C or a lost network the same command fetches what is missing.

    Examples:

        kempelen results tweets

        kempelen results tweets --status Submitted -o to-review.csv

        kempelen results photos --files photos

        kempelen results tweets --format parquet

        kempelen results tweets --new --to postgresql://db.example.org/research
    """
    wanted = status or list(collecting.STATUSES)
    if unknown := [one for one in wanted if one not in collecting.STATUSES]:
        raise Trouble(f"There is no status {unknown[0]!r}. It is one of {', '.join(collecting.STATUSES)}.")
    found = ledger.read(ledger.find(batch))
    ending = (format or Form.CSV).value
    place = _place(out, to, f"{found.head.name}.{'new' if new else 'results'}.{ending}")
    placing.check(place, table)
    form = result_formats.form_of(place, format)
    receiver = f"{place} {table}" if databases.is_database(place) else ""
    connection = connect(profile, endpoint_url)
    before_if_new = fetched.adding(found.path, receiver) if new else nullcontext()
    filling = answer_files.fetching(files, connection) if files is not None else nullcontext()
    with before_if_new as before, filling as folder:
        rows = _rows(connection, found, wanted, before, at_once, folder)
        with spooled(rows) as spool:
            if databases.is_database(place):
                databases.store(place, table, found.head.name, spool.rows())
            else:
                with placing.opened(place) as file:
                    result_formats.write(file, spool, found, form, is_safe=spreadsheet_safe)
            if before is not None and spool.count:
                before.add(mark for mark in spool.marks if folder is None or mark[1] not in folder.lacking)
    if place != STDOUT:
        _tell(found.head.name, place, spool.count, folder, as_json=as_json)
    if folder is not None and folder.failed:
        _tell_failed(folder)
        raise typer.Exit(1)


def _place(out: str, to: str, otherwise: str) -> str:
    if out and to:
        raise Trouble("Where to? Give -o with a file, or --to with an address.")
    if to and not (databases.is_database(to) or to.startswith(placing.S3)):
        raise Trouble(f"{to!r} is no address: write sqlite:///FILE, postgresql://… or s3://…; files have -o.")
    return out or to or otherwise


def _rows(
    connection: Connection,
    found: Ledger,
    statuses: list[str],
    before: Fetched | None,
    at_once: int,
    folder: Files | None,
) -> Iterator[ResultRow]:
    by_hit = found.by_hit()
    hits = collecting.hits(connection, list(by_hit), at_once=at_once)
    if gone := len(by_hit) - len(hits):
        say(f"{amounts.counted(gone, 'HIT is', 'HITs are')} deleted on the server, with their answers.")
    if before is not None:
        hits = list(filter(before.may_have_news, hits))

    with progress("answers", sum(map(collecting.submitted_count, hits))) as moved:
        listed = enumerate(collecting.assignments(connection, hits, statuses=statuses, at_once=at_once), 1)
        rows = (
            collecting.row(hit, assignment, found.inputs(by_hit[hit["HITId"]]))
            for count, (hit, assignment) in listed
            if moved(count) is None and (before is None or before.is_new(assignment))
        )
        if folder is None:
            yield from map(answer_files.keyed, rows)
        else:
            yield from collecting.in_threads(folder.with_files, rows, at_once, at_end=folder.end)


def _tell(name: str, place: str, count: int, folder: Files | None, *, as_json: bool) -> None:
    if as_json:
        said: dict[str, object] = {"name": name, "file": place, "answers": count}
        if folder is not None:
            said["files"] = {"fetched": folder.fetched, "had": folder.had, "failed": folder.failed}
        print_json(said)
        return
    typer.echo(f"{amounts.counted(count, 'answer', 'answers')} written to {place}.")
    if folder is not None:
        files = amounts.counted(folder.fetched, "file", "files")
        had = f"; {folder.had:,} were there" if folder.had else ""
        typer.echo(f"{files} fetched into {folder.path}{had}.")


def _tell_failed(folder: Files) -> None:
    for name, reason in list(folder.failed.items())[:_MOST_NAMED]:
        say(f"{name}: {reason}")
    files = amounts.counted(len(folder.failed), "file is", "files are")
    say(f"{files} missing; the same command tries again.")
