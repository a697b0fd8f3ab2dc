"""`kempelen results`."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kempelen.cli import amounts
from kempelen.cli.mturk.options import AsJson, AtOnce, BatchName, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import print_json, progress, say
from kempelen.domain.batches import results as files
from kempelen.domain.batches.results import ResultRow
from kempelen.toolkit import collecting, ledger
from kempelen.toolkit.connection import AT_ONCE, Connection, connect
from kempelen.toolkit.ledger import Ledger
from kempelen.toolkit.troubles import Trouble

STDOUT = "-"
Out = Annotated[
    str,
    typer.Option(
        "--out",
        "-o",
        metavar="FILE",
        help="Where to write: .csv in MTurk’s columns, .jsonl as JSON Lines; - prints CSV.  "
        "[default: NAME.results.csv]",
        show_default=False,
    ),
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
    status: Statuses = None,
    spreadsheet_safe: SpreadsheetSafe = False,
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Fetch all that workers submitted for a batch, from all pages and in all statuses.

    The file has MTurk's columns, and replaces one of its name only when it is whole. Approval rates of
    workers are not told by the API and are 0% (0/0).

    Examples:

        kempelen results tweets

        kempelen results tweets --status Submitted -o to-review.csv
    """
    wanted = status or list(collecting.STATUSES)
    if unknown := [one for one in wanted if one not in collecting.STATUSES]:
        raise Trouble(f"There is no status {unknown[0]!r}. It is one of {', '.join(collecting.STATUSES)}.")
    found = ledger.read(ledger.find(batch))
    place = out or f"{found.head.name}.results.csv"
    if place != STDOUT and not _is_stream(Path(place)):
        _check(place)
    rows = _rows(connect(profile, endpoint_url), found, wanted, at_once)
    with _opened(place) as file:
        _write(file, rows, found, as_lines=place.endswith(".jsonl"), is_safe=spreadsheet_safe)
    if as_json and place != STDOUT:
        print_json({"name": found.head.name, "file": place, "answers": len(rows)})
    elif place != STDOUT:
        typer.echo(f"{amounts.counted(len(rows), 'answer', 'answers')} written to {place}.")


def _rows(connection: Connection, found: Ledger, statuses: list[str], at_once: int) -> list[ResultRow]:
    by_hit = found.by_hit()
    hits = collecting.hits(connection, list(by_hit), at_once=at_once)
    if gone := len(by_hit) - len(hits):
        say(f"{amounts.counted(gone, 'HIT is', 'HITs are')} deleted on the server, with their answers.")
    rows = []
    with progress("answers", sum(map(collecting.submitted_count, hits))) as moved:
        listed = collecting.assignments(connection, hits, statuses=statuses, at_once=at_once)
        for hit, assignment in listed:
            rows.append(collecting.row(hit, assignment, found.inputs(by_hit[hit["HITId"]])))
            moved(len(rows))
    return rows


def _write(file: BinaryIO, rows: list[ResultRow], found: Ledger, *, as_lines: bool, is_safe: bool) -> None:
    pieces: Iterable[bytes]
    if as_lines:
        pieces = files.json_lines(rows)
    else:
        names = dict.fromkeys(name for row in rows for name in row.answers)
        texts = files.csv_lines(rows, found.head.columns, names, spreadsheet_safe=is_safe)
        pieces = (text.encode() for text in texts)
    for piece in pieces:
        file.write(piece)


def _check(place: str) -> None:
    """Refuse a place that cannot be written to, before anything is fetched."""
    path = Path(place)
    if path.is_dir():
        raise Trouble(f"{place} is a folder. Name a file in it: -o {path / 'results.csv'}")
    if not path.parent.is_dir():
        raise Trouble(f"{place}: there is no folder {path.parent}. Make it first.")
    if not os.access(path.parent, os.W_OK):
        raise Trouble(f"{place}: nothing can be written to {path.parent}. Name another place with -o.")


@contextmanager
def _opened(place: str) -> Iterator[BinaryIO]:
    """Open the terminal, or a file that takes its name when it is whole."""
    path = Path(place)
    if place == STDOUT:
        yield sys.stdout.buffer
        return
    if _is_stream(path):
        with path.open("wb") as file:
            yield file
        return
    # The name of a part has room where the file's own is as long as names can be.
    descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=".results-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        umask = os.umask(0)
        os.umask(umask)
        Path(part).chmod(0o666 & ~umask)
        Path(part).replace(path)
    finally:
        Path(part).unlink(missing_ok=True)


def _is_stream(path: Path) -> bool:
    """Tell a pipe or a device, such as /dev/stdout, from what can be replaced as a whole."""
    return path.exists() and not path.is_file() and not path.is_dir()
