"""The file of a batch, whatever ended the run that wrote it."""

from pathlib import Path

import pytest

from kempelen.toolkit import ledger
from kempelen.toolkit.ledger import Head, Made
from kempelen.toolkit.troubles import Trouble

pytestmark = pytest.mark.once
HEAD = Head("people", "https://turk.example.org", "3TYPE", "digest", ["name"], 3, "0.05", 1)


def written(path: Path, *made: Made) -> None:
    with ledger.adding(path) as writer:
        writer.begin(HEAD)
        for one in made:
            writer.add(one)


@pytest.mark.parametrize("cut", range(1, 30, 4))
def test_a_torn_end_loses_one_line_at_most(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "people.hits.jsonl"
    written(path, Made(1, "3A", ["Ada"]), Made(2, "3B", ["Grace"]))
    path.write_bytes(path.read_bytes()[:-cut])

    assert list(ledger.read(path).made) == [1]
    with ledger.adding(path) as writer:
        writer.add(Made(2, "3B", ["Grace"]))
    assert ledger.read(path).made[2] == Made(2, "3B", ["Grace"])


def test_hits_come_in_the_order_of_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "people.hits.jsonl"
    written(path)
    with ledger.adding(path) as writer:
        for row in (9, 7, 8):
            writer.add(Made(row, f"3HIT{row}", ["Somebody"]))
    assert list(ledger.read(path).by_hit())[-3:] == ["3HIT7", "3HIT8", "3HIT9"]


def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "people.hits.jsonl"
    written(path)
    with ledger.adding(path), pytest.raises(Trouble, match="Another run"), ledger.adding(path):
        pass


@pytest.mark.parametrize("text", ["", "{}\n", "name,born\nAda,1815\n", "[1]\n", "null\n"])
def test_what_is_no_batch_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "people.hits.jsonl"
    path.write_text(text)
    with pytest.raises(Trouble, match="is no batch"):
        ledger.read(path)


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.hits.jsonl"
    written(path)
    path.write_text(path.read_text().replace('"kempelen":1', '"kempelen":2'))
    with pytest.raises(Trouble, match="newer Kempelen"):
        ledger.read(path)
