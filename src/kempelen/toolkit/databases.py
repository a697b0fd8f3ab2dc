"""Results in a table of somebody's own database, SQLite or PostgreSQL: a row per assignment, kept up to date.

The columns are always the same, whatever a template asks: what a HIT was made from and what was answered
stand in two columns of JSON.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import msgspec
import psycopg
from psycopg.conninfo import conninfo_to_dict

from kempelen.domain.batches.results import ResultRow
from kempelen.toolkit.troubles import Trouble

SQLITE = "sqlite:///"
POSTGRESQL = ("postgresql://", "postgres://")
TABLE = "results"
_TABLE_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_ROWS_AT_ONCE = 500
_TEXT, _COUNT, _TIME, _JSON = range(4)
_TYPES = {
    "sqlite": ("text", "integer", "text", "text"),
    "postgresql": ("text", "bigint", "timestamptz", "jsonb"),
}
_COLUMNS: dict[str, tuple[int, Callable[[ResultRow], Any]]] = {
    "assignment_id": (_TEXT, lambda row: row.assignment_id),
    "hit_id": (_TEXT, lambda row: row.hit_id),
    "hit_type_id": (_TEXT, lambda row: row.hit_type_id),
    "worker_id": (_TEXT, lambda row: row.worker_id),
    "status": (_TEXT, lambda row: row.status),
    "title": (_TEXT, lambda row: row.title),
    "requester_annotation": (_TEXT, lambda row: row.requester_annotation),
    "reward_cents": (_COUNT, lambda row: row.reward_cents),
    "work_seconds": (_COUNT, lambda row: row.work_seconds),
    "accepted_at": (_TIME, lambda row: row.accepted_at),
    "submitted_at": (_TIME, lambda row: row.submitted_at),
    "auto_approval_at": (_TIME, lambda row: row.auto_approval_at),
    "approved_at": (_TIME, lambda row: row.approved_at),
    "rejected_at": (_TIME, lambda row: row.rejected_at),
    "feedback": (_TEXT, lambda row: row.feedback),
    "input": (_JSON, lambda row: row.inputs),
    "answer": (_JSON, lambda row: row.answers),
}


def is_database(place: str) -> bool:
    """Tell whether a place is a database's address."""
    return place.startswith((SQLITE, *POSTGRESQL))


def check(place: str, table: str) -> None:
    """Refuse (`Trouble`) a table's name or an address that will not do, before anything is fetched."""
    if not _TABLE_NAME.fullmatch(table):
        raise Trouble(f"{table!r} is no name of a table: write small letters, digits and _.")
    if place.startswith(SQLITE):
        if not place.removeprefix(SQLITE):
            raise Trouble(
                f"{place} names no file. Write {SQLITE}results.db, or four slashes for a whole path."
            )
        return
    try:
        has_password = "password" in conninfo_to_dict(place)
    except psycopg.Error as error:
        raise Trouble(f"This is no address of a database: {str(error).strip()}.") from error
    if has_password:
        raise Trouble("A password among arguments can be seen by others: use PGPASSWORD or ~/.pgpass.")


def store(place: str, table: str, batch: str, rows: Iterable[ResultRow]) -> int:
    """Add the rows to the table, which is made where it is missing, or renew those that it has; all or none.

    Gives how many they were.
    """
    kind = "sqlite" if place.startswith(SQLITE) else "postgresql"
    with _told(place, table), closing(_opened(place)) as database:
        cursor = database.cursor()
        cursor.execute(_creating(table, kind))
        statement = _adding(table, kind)
        count = 0
        rows = iter(rows)
        while some := [_values(row, batch, kind) for row in islice(rows, _ROWS_AT_ONCE)]:
            cursor.executemany(statement, some)
            count += len(some)
        database.commit()
    return count


def _opened(place: str) -> Any:
    if place.startswith(SQLITE):
        return sqlite3.connect(place.removeprefix(SQLITE), timeout=30)
    return psycopg.connect(place, connect_timeout=10)


@contextmanager
def _told(place: str, table: str) -> Iterator[None]:
    """Raise what databases raise as ours."""
    try:
        yield
    except (sqlite3.Error, psycopg.Error) as error:
        reason = str(error).strip().partition("\n")[0].rstrip(".")
        raise Trouble(
            f"{place} took nothing: {reason}. If there is another table {table!r}, name one with --table."
        ) from error


def _creating(table: str, kind: str) -> str:
    types = _TYPES[kind]
    columns = [f"{name} {types[type_]}" for name, (type_, _) in _COLUMNS.items()]
    columns[0] += " primary key"
    return f'create table if not exists "{table}" ({", ".join([*columns, "batch text"])})'


def _adding(table: str, kind: str) -> str:
    names = [*_COLUMNS, "batch"]
    marks = ", ".join(["?" if kind == "sqlite" else "%s"] * len(names))
    renewed = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    return (
        f'insert into "{table}" ({", ".join(names)}) values ({marks}) '
        f"on conflict (assignment_id) do update set {renewed}"
    )


def _values(row: ResultRow, batch: str, kind: str) -> Sequence[Any]:
    return [*(_value(type_, give(row), kind) for type_, give in _COLUMNS.values()), batch]


def _value(type_: int, value: Any, kind: str) -> Any:
    if type_ == _JSON:
        # PostgreSQL has no NUL, neither in texts nor as \u0000 in JSON.
        return msgspec.json.encode(_without_nul(value)).decode()
    if isinstance(value, str):
        return _without_nul(value)
    if isinstance(value, datetime) and kind == "sqlite":
        return value.astimezone(UTC).isoformat()
    return value


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if isinstance(value, dict):
        return {_without_nul(name): _without_nul(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    return value
