"""CSV files that people filled in, as they come out of editors and spreadsheets."""

from pathlib import Path

import pytest

from kempelen.toolkit import tables
from kempelen.toolkit.troubles import Trouble

pytestmark = pytest.mark.once


def test_short_rows_empty_rows_and_long_values_are_read(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.csv"
    long = "x" * 200_000
    path.write_text(f"\ufeffId, Answer ,Approve\r\n3A,{long}\r\n\r\n3B,y, x \r\n", encoding="utf-8")
    assert list(tables.rows(path, ["Id"])) == [
        (2, {"Id": "3A", "Answer": long, "Approve": ""}),
        (4, {"Id": "3B", "Answer": "y", "Approve": "x"}),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "has no column Id. Make it so."),
        (b"Name\n3A\n", "has no column Id. Make it so."),
        (b"Id\nM\xfcller\n", "row 2, column Id: byte 0xFC is not UTF-8"),
        (b"PK\x03\x04......", "an Excel or ZIP file"),
        (b"Id\n3\x00A\n", "NUL"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_remedy(tmp_path: Path, given: bytes, said: str) -> None:
    path = tmp_path / "reviewed.csv"
    path.write_bytes(given)
    with pytest.raises(Trouble, match=said):
        list(tables.rows(path, ["Id"], remedy="Make it so."))
