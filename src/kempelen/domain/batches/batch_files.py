"""Batch files, whatever their form: CSV or JSON Lines; checked whole, then read row by row."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kempelen.domain.batches import csv_files, json_lines, typed_cells
from kempelen.domain.batches.csv_files import JSON_LINES, CheckedCsv
from kempelen.domain.batches.csv_text import OnProgress
from kempelen.domain.batches.templates import Use


def check(
    path: Path,
    *,
    wanted: Iterable[Use | str] | None = None,
    wanted_in_scripts: Iterable[Use | str] = (),
    file_name: str = "",
    on_progress: OnProgress | None = None,
) -> CheckedCsv:
    """Read the whole file once and tell what it holds, or raise `CsvProblems`; see `csv_files.check_csv`."""
    is_json = json_lines.is_json_lines(path, file_name or path.name)
    read = json_lines.check_json_lines if is_json else csv_files.check_csv
    return read(
        path,
        wanted=wanted,
        wanted_in_scripts=wanted_in_scripts,
        file_name=file_name,
        on_progress=on_progress,
    )


def rows(path: Path, checked: CheckedCsv, *, start: int = 0) -> Iterator[list[str]]:
    """The cells of each row of a file that was checked, after the first `start`."""
    read = json_lines.rows if checked.form == JSON_LINES else csv_files.rows
    return read(path, checked, start=start)


def named(checked: CheckedCsv, row: Sequence[str]) -> dict[str, str]:
    """Give a row's cells by column, with the entry about their types if it has one."""
    cells = dict(zip(names(checked), row, strict=checked.form != JSON_LINES))
    if checked.asked_column:
        del cells[checked.asked_column]
    return cells


def names(checked: CheckedCsv) -> tuple[str, ...]:
    """Give the names of the cells that a row may have."""
    return (*checked.columns, typed_cells.TYPES) if checked.form == JSON_LINES else checked.columns
