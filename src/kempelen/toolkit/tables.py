"""Rows of CSV files that people filled in: reviewed results, bonuses, workers with their values."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from kempelen.domain.batches.csv_text import LONGEST_VALUE, CsvText, LineTooLong, NotText, open_csv_text
from kempelen.toolkit.troubles import Trouble

Row = tuple[int, dict[str, str]]


def rows(path: Path, needed: Sequence[str], *, remedy: str = "") -> Iterator[Row]:
    """Give each row by column, stripped, with its number as spreadsheets count; rows of nothing are left out.

    Refuses (`Trouble`) what is no CSV, is no UTF-8, or lacks one of the needed columns.
    """
    # Of the whole process; Python's own is 128 KB, and answers may be longer.
    csv.field_size_limit(LONGEST_VALUE)
    try:
        with open_csv_text(path) as text:
            yield from _rows(path, text, needed, remedy)
    except NotText as error:
        raise Trouble(f"{path}: {error}.") from error
    except LineTooLong as error:
        raise Trouble(f"{path} has a line that is too long for a table. Is a quote not closed?") from error
    except csv.Error as error:
        raise Trouble(f"{path} is no CSV: {error}.") from error


def _rows(path: Path, text: CsvText, needed: Sequence[str], remedy: str) -> Iterator[Row]:
    reader = csv.reader(text.lines())
    columns = [name.strip() for name in next(reader, [])]
    if missing := [name for name in needed if name not in columns]:
        remedy = remedy or f"It needs {', '.join(needed)}."
        raise Trouble(f"{path} has no column {missing[0]}. {remedy}")
    for number, cells in enumerate(reader, 2):
        if not any(cells):
            continue
        if text.has_marks:
            for column, cell in zip(columns, cells, strict=False):
                if found := text.mark_in(cell):
                    raise Trouble(f"{path}, row {number}, column {column}: {found[1]}.")
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        yield number, {name: cell.strip() for name, cell in zip(columns, padded, strict=False)}
