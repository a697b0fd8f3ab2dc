"""Django's SQLite backend, where whoever writes first waits for their turn."""

import re
from functools import partial
from typing import Any

from django.db.backends.sqlite3 import base

from kempelen.config.sqlite.turns import Turns

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|ANALYZE|REINDEX|VACUUM)\b", re.I)
_WITH = re.compile(r"\s*WITH\b", re.I)
_WRITES_AFTER_WITH = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.I)


def writes(sql: str) -> bool:
    """Whether a statement may change the database."""
    return bool(_WRITES.match(sql) or (_WITH.match(sql) and _WRITES_AFTER_WITH.search(sql)))


class Cursor(base.SQLiteCursorWrapper):
    """A statement that writes outside a transaction is a transaction of its own: it waits its turn too."""

    def __init__(self, connection: Any, turns: Turns) -> None:
        super().__init__(connection)
        self._turns = turns

    def execute(self, query: str, params: Any = None) -> Any:
        """Run the statement, in turn."""
        if not writes(query) or not self._turns.take():
            return super().execute(query, params)
        try:
            return super().execute(query, params)
        finally:
            self._turns.give_back()

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run the statement for each of the rows, in one turn."""
        is_new = self._turns.take()
        try:
            return super().executemany(query, param_list)
        finally:
            if is_new:
                self._turns.give_back()


# The stubs lack the methods that Django's backends override.
_Base: Any = base.DatabaseWrapper


class DatabaseWrapper(_Base):  # type: ignore[misc]
    """A connection whose transactions begin in turn; they are IMMEDIATE, so each of them writes."""

    _turns: Turns | None = None

    @property
    def turns(self) -> Turns:
        """The queue of this database file; one place in it per connection."""
        if self._turns is None:
            self._turns = Turns(None if self.is_in_memory_db() else f"{self.settings_dict['NAME']}.lock")
        return self._turns

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor that waits its turn to write."""
        return self.connection.cursor(factory=partial(Cursor, turns=self.turns))

    def get_new_connection(self, conn_params: Any) -> Any:
        """Open the file in turn: the first to do so turns WAL on, which needs it alone."""
        is_new = self.turns.take()
        try:
            return super().get_new_connection(conn_params)
        finally:
            if is_new:
                self.turns.give_back()

    def _start_transaction_under_autocommit(self) -> None:
        self.turns.take()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self.turns.give_back()
            raise

    def _commit(self) -> None:
        super()._commit()
        # A commit that failed is followed by a rollback, which ends the turn.
        self.turns.give_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self.turns.give_back()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self.turns.close()
