"""Results in a table of somebody's own, in the kind of database that this run uses."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kempelen.domain.batches.results import ApprovalRate, ResultRow
from kempelen.toolkit import databases
from kempelen.toolkit.spooling import spooled
from kempelen.toolkit.troubles import Trouble
from tests.databases import new_database_url

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NEVER = ApprovalRate(0, 0)


@dataclass
class Place:
    url: str
    file: Path

    def asked(self, query: str) -> list[Any]:
        opened: Any = psycopg.connect(self.url) if self.url[0] == "p" else sqlite3.connect(self.file)
        with closing(opened) as database:
            return list(database.execute(query).fetchall())


@pytest.fixture
def place(tmp_path: Path) -> Place:
    file = tmp_path / "results.db"
    return Place(new_database_url() or f"sqlite:///{file}", file)


def a_row(assignment_id: str = "3A", status: str = "Submitted", **answers: Any) -> ResultRow:
    return ResultRow(
        hit_id="3H",
        hit_type_id="3T",
        title="A title\0",
        description="",
        keywords="",
        reward_cents=5,
        created_at=NOON,
        max_assignments=1,
        requester_annotation="",
        assignment_duration_seconds=60,
        auto_approval_delay_seconds=60,
        expires_at=NOON,
        assignment_id=assignment_id,
        worker_id="AW",
        status=status,
        accepted_at=NOON,
        submitted_at=NOON,
        auto_approval_at=None,
        approved_at=None,
        rejected_at=None,
        feedback="",
        lifetime_rate=NEVER,
        last_30_days_rate=NEVER,
        last_7_days_rate=NEVER,
        inputs={"name": "Ada"},
        answers=answers,
    )


def test_rows_are_added_and_renewed(place: Place) -> None:
    rows = [a_row(f"3A{n}", label=f"cat\0 {n}", several=["a", "b"]) for n in range(1_100)]
    assert databases.store(place.url, "results", "pets", rows) == 1_100
    assert databases.store(place.url, "results", "pets", [a_row("3A7", "Approved", label="hen")]) == 1
    ((count, least),) = place.asked("select count(*), min(reward_cents) from results")
    assert (count, least) == (1_100, 5)
    ((status, answer, title),) = place.asked(
        "select status, answer, title from results where assignment_id = '3A7'"
    )
    answer = json.loads(answer) if isinstance(answer, str) else answer
    assert (status, answer, title) == ("Approved", {"label": "hen"}, "A title\N{REPLACEMENT CHARACTER}")


def test_all_of_a_run_or_none_is_stored(place: Place) -> None:
    def torn() -> Any:
        yield from (a_row(f"3B{n}") for n in range(900))
        raise Trouble("The network is gone.")

    databases.store(place.url, "results", "pets", [a_row()])
    with pytest.raises(Trouble):
        databases.store(place.url, "results", "pets", torn())
    assert place.asked("select assignment_id from results") == [("3A",)]


def test_another_table_of_the_name_is_left_alone(place: Place) -> None:
    databases.store(place.url, "results", "pets", [])
    with pytest.raises(Trouble, match="--table"):
        databases.store(place.url.replace("sqlite:///", "sqlite:////none"), "pg_class", "pets", [a_row()])


def test_rows_come_back_from_the_disk_as_they_went() -> None:
    rows = [a_row("3A", label="cat\ud7ff", file={"file": "F", "name": "", "size": 3}), a_row("3B", other=[])]
    with spooled(rows) as spool:
        assert list(spool.rows()) == list(spool.rows()) == rows
        assert (spool.count, list(spool.names)) == (2, ["label", "file", "other"])
