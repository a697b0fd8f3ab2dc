"""The forms that a file of results may have."""

from collections.abc import Iterable
from enum import Enum
from typing import BinaryIO

from kempelen.domain.batches import results as files
from kempelen.toolkit import databases, parquet
from kempelen.toolkit.ledger import Ledger
from kempelen.toolkit.spooling import Spool
from kempelen.toolkit.troubles import Trouble


class Form(Enum):
    """A form, by the ending of its files."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def form_of(place: str, asked: Form | None) -> Form:
    """Give the form that was asked for, else the one that the place's ending says, else CSV.

    Refuses (`Trouble`) a form for a database, and one that cannot be written here.
    """
    if asked is not None and databases.is_database(place):
        raise Trouble("--format is for files: a database has columns of its own.")
    by_ending = next((form for form in Form if place.lower().endswith(f".{form.value}")), Form.CSV)
    form = asked or by_ending
    if form is Form.PARQUET:
        parquet.check()
    return form


def write(file: BinaryIO, spool: Spool, found: Ledger, form: Form, *, is_safe: bool) -> None:
    """Write all rows in this form; `is_safe` is for spreadsheets, and for CSV."""
    if form is Form.PARQUET:
        parquet.write(file, spool.rows(), found.head.columns, spool.names)
        return
    pieces: Iterable[bytes]
    if form is Form.JSONL:
        pieces = files.json_lines(spool.rows())
    else:
        texts = files.csv_lines(spool.rows(), found.head.columns, spool.names, spreadsheet_safe=is_safe)
        pieces = (text.encode() for text in texts)
    for piece in pieces:
        file.write(piece)
