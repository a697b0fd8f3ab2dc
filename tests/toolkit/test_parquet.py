"""Results as Parquet, read back with pyarrow."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet as read_back

from kempelen.domain.batches import results
from kempelen.toolkit import parquet
from kempelen.toolkit.ledger import Head
from tests.toolkit.test_databases import NOON, a_row

pytestmark = pytest.mark.once


def written(rows: list[Any], columns: list[str], names: list[str]) -> read_back.ParquetFile:
    file = io.BytesIO()
    parquet.write(file, rows, columns, names)
    return read_back.ParquetFile(io.BytesIO(file.getvalue()))


def test_columns_have_types() -> None:
    file = written([a_row(label="hen")], ["name"], ["label"])
    types = {field.name: field.type for field in file.schema_arrow}
    assert types["Reward"] == pyarrow.decimal128(12, 2)
    assert types["SubmitTime"] == types["ApprovalTime"] == pyarrow.timestamp("us", tz="UTC")
    assert types["MaxAssignments"] == types["WorkTimeInSeconds"] == pyarrow.int64()
    texts = ("HITId", "WorkerId", "AssignmentId", "Input.name", "Answer.label")
    assert {types[name] for name in texts} == {pyarrow.string()}
    (row,) = file.read().to_pylist()
    assert (row["Reward"], row["SubmitTime"], row["ApprovalTime"]) == (Decimal("0.05"), NOON, None)


def test_it_says_what_the_csv_of_the_same_says() -> None:
    odd = {"label": "a “hen”\n, or=two", "several": ["a", "b"], "chosen": {"selections": ["x", "y"]}}
    rows = [a_row("3A", **odd), a_row("3B", "Approved", label=""), a_row("3C")]
    text = "".join(results.csv_lines(rows, ["name"], odd))
    of_csv = list(csv.DictReader(io.StringIO(text, newline="")))
    of_parquet = written(rows, ["name"], list(odd)).read().to_pylist()
    shown = {datetime: results.time_shown, Decimal: lambda value: f"${value}", type(None): lambda _: ""}
    for line, row in zip(of_csv, of_parquet, strict=True):
        said = {name: shown.get(type(value), str)(value) for name, value in row.items()}
        assert said == {name: line[name].replace("\N{REPLACEMENT CHARACTER}", "\0") for name in said}
    left_out = set(of_csv[0]) - set(of_parquet[0])
    rates = {"LifetimeApprovalRate", "Last30DaysApprovalRate", "Last7DaysApprovalRate"}
    assert left_out == rates | {"NumberOfSimilarHITs", "LifetimeInSeconds", "Approve", "Reject"}


def test_rows_go_in_groups_that_fit_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_AT_ONCE", 4)
    monkeypatch.setattr(parquet, "CHARACTERS_AT_ONCE", 100)
    rows = [a_row(f"3{n}", label="x" * (90 if n > 7 else 1)) for n in range(10)]
    file = written(rows, [], ["label"])
    sizes = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
    assert sizes == [4, 4, 2]
    assert [row["AssignmentId"] for row in file.read().to_pylist()] == [row.assignment_id for row in rows]
    assert written([], ["name"], []).read().num_rows == 0


def test_without_pyarrow_the_command_says_how_to_get_it(tmp_path: Path) -> None:
    head = Head("pets", "", "", "", columns=[], rows=0, reward="0.00", assignments=1)
    (tmp_path / "pets.hits.jsonl").write_text(json.dumps(asdict(head)) + "\n")
    program = (
        "import importlib.util, sys\n"
        "real = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name == 'pyarrow' else real(name, *more)\n"
        "sys.argv = ['kempelen', 'results', 'pets', '--format', 'parquet']\n"
        "from kempelen.cli.main import run; run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "pip install 'kempelen[parquet]'" in done.stderr
    assert not list(tmp_path.glob("*.parquet"))
