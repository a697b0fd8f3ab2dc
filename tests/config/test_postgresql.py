"""Connections to PostgreSQL: looked after without a trip to the server, with statements kept planned."""

import select
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kempelen.config.databases import configuration

pytestmark = pytest.mark.postgresql

SOMEWHERE = "postgresql://ada@db.example.org/kempelen"


@pytest.fixture
def another(db: None) -> Iterator[Any]:
    """A connection of its own, which may break without harm."""
    copied: Any = connection.copy()
    copied.ensure_connection()
    yield copied
    copied.close()


def kept_statements(of: Any) -> int:
    with of.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return int(cursor.fetchone()[0])


def test_a_connection_that_the_server_has_ended_is_not_used_again(another: Any) -> None:
    assert another.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [another.connection.info.backend_pid])
    heard = select.poll()
    heard.register(another.connection.fileno(), select.POLLIN)
    assert heard.poll(10_000)
    assert not another.is_usable()


def test_after_a_failure_the_server_is_asked(another: Any) -> None:
    another.connection.close()
    assert not another.is_usable()
    another.connection = None
    another.ensure_connection()
    another.errors_occurred = True
    assert another.is_usable()


def test_the_server_plans_a_prepared_statement_once(another: Any) -> None:
    for number in range(3):
        with another.prepared_cursor() as cursor:
            cursor.execute("SELECT %s + 1", [number])
            assert cursor.fetchone() == (number + 1,)
    assert kept_statements(another) == 1


def test_a_statement_is_planned_anew_when_tables_may_have_grown(another: Any) -> None:
    for _ in range(600):
        with another.prepared_cursor() as cursor:
            cursor.execute("SELECT %s + 1", [1])
    assert kept_statements(another) == 4


def test_other_statements_are_not_kept(another: Any) -> None:
    for number in range(9):
        with another.cursor() as cursor:
            cursor.execute("SELECT %s + 1", [number])
    assert kept_statements(another) == 0


def test_behind_a_pooler_nothing_is_kept(another: Any) -> None:
    another.settings_dict = {**another.settings_dict, "OPTIONS": {}}
    with another.prepared_cursor() as cursor:
        cursor.execute("SELECT %s + 1", [1])
    assert kept_statements(another) == 0


def test_the_url_may_say_that_there_is_a_pooler(tmp_path: Path) -> None:
    assert configuration(SOMEWHERE, tmp_path)["OPTIONS"]["prepare_threshold"]
    assert configuration(f"{SOMEWHERE}?prepared_statements=no", tmp_path)["OPTIONS"] == {}
