"""Turkle's database, opened for reading only: an SQLite file, or PostgreSQL by its URL."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg

from kempelen.domain.errors import InvalidValue

_BUSY_SECONDS = 30
_OTHER_ENGINES = {"mysql", "mariadb", "oracle", "mssql"}


class Source:
    """A connection that can only read, and what tables and columns there are."""

    def __init__(self, connection: Any, *, mark: str) -> None:
        self._connection = connection
        self._mark = mark
        self.columns = self._columns()

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Give what a SELECT gives; its values stand as `%s`."""
        if self._mark != "%s":
            statement = statement.replace("%s", self._mark)
        found: list[tuple[Any, ...]] = self._connection.execute(statement, list(values)).fetchall()
        return found

    def has(self, table: str) -> bool:
        """Tell whether there is such a table."""
        return table in self.columns

    def _columns(self) -> dict[str, set[str]]:
        if self._mark == "?":
            names = [name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
            asked = "SELECT name FROM pragma_table_info(%s)"
            return {name: {column for (column,) in self.rows(asked, [name])} for name in names}
        found: dict[str, set[str]] = {}
        asked = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s"
        schema = self.rows("SELECT current_schema()")[0][0]
        for table, column in self.rows(asked, [schema]):
            found.setdefault(table, set()).add(column)
        return found


@contextmanager
def opened(place: str) -> Iterator[Source]:
    """Open Turkle's database for reading, or refuse with what to write instead.

    On PostgreSQL all is read as it is at this moment.  An SQLite file is read bit by bit, so that a Turkle
    that still runs on it is not kept from writing.
    """
    scheme = place.partition("://")[0].lower() if "://" in place else ""
    if scheme in {"postgres", "postgresql"}:
        with _postgresql(place) as connection:
            yield _looked_at(connection, "%s")
    elif scheme.split("+")[0] in _OTHER_ENGINES:
        raise InvalidValue(
            "database",
            f"{scheme} databases cannot be read. Copy Turkle's data into an SQLite file first, with its own "
            "`manage.py dumpdata` and `loaddata`: the guide “Move from Turkle” shows how.",
        )
    elif scheme not in {"", "sqlite", "file"}:
        raise InvalidValue("database", f"{scheme}:// is unknown. Name an SQLite file or a postgresql:// URL.")
    else:
        connection = _sqlite(Path(urlsplit(place).path if scheme else place))
        try:
            yield _looked_at(connection, "?")
        except sqlite3.Error as error:
            raise InvalidValue("database", f"The file cannot be read on: {error}.") from error
        finally:
            connection.close()


def _looked_at(connection: Any, mark: str) -> Source:
    try:
        return Source(connection, mark=mark)
    except sqlite3.DatabaseError as error:
        raise InvalidValue("database", f"This is no SQLite file that can be read: {error}.") from error


def _sqlite(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise InvalidValue("database", f"There is no file {path}. Turkle's own is called db.sqlite3.")
    try:
        address = f"file:{quote(str(path.resolve()))}?mode=ro"
        connection = sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)
    except sqlite3.Error as error:
        raise InvalidValue("database", f"{path} cannot be opened: {error}.") from error
    connection.text_factory = lambda raw: raw.decode(errors="replace")
    return connection


@contextmanager
def _postgresql(url: str) -> Iterator[Any]:
    try:
        connection = psycopg.connect(url, connect_timeout=_BUSY_SECONDS)
    except (psycopg.Error, ValueError) as error:
        # Not the URL itself: it holds a password.
        said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise InvalidValue("database", f"PostgreSQL does not let us in: {said}") from error
    try:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield connection
    finally:
        connection.close()
