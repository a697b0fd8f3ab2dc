"""Django's PostgreSQL backend: statements may be kept planned, and looking after a connection is free."""

import select
from typing import Any

from django.db.backends.postgresql import base, operations

# The stubs lack the methods that Django's backends override.
_Base: Any = base.DatabaseWrapper
_Operations: Any = operations.DatabaseOperations
_ServerBindingCursor: Any = base.ServerBindingCursor


class PreparedCursor(_ServerBindingCursor):  # type: ignore[misc]
    """A cursor whose statements are parsed and planned once on each connection, and again now and then.

    A plan made while a table was small would read all of it when it has grown, until the server's next
    ANALYZE.  So statements change their name after 8, 64, 512, … of them, and are planned anew.
    """

    def __init__(self, connection: Any, runs: int) -> None:
        super().__init__(connection)
        self._age = runs.bit_length() // 3

    def execute(self, query: str, params: Any = None) -> Any:
        """Run the statement; prepare it first where this connection has not yet."""
        return super().execute(f"{query} -- {self._age}", params, prepare=True)


class Operations(_Operations):  # type: ignore[misc]
    """Django's, which also shows what a prepared statement was run with."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str | None:
        """Give the statement with its values, for tests and logs."""
        if isinstance(cursor, PreparedCursor):
            return str(self.compose_sql(sql, params))
        return super().last_executed_query(cursor, sql, params)  # type: ignore[no-any-return]


class DatabaseWrapper(_Base):  # type: ignore[misc]
    """A connection that knows at once whether the server has hung up."""

    ops_class = Operations
    _prepared_runs = 0

    def is_usable(self) -> bool:
        """Tell whether the connection is good.

        Django asks before each request.  Its question to the server costs a trip; but a server that has
        stopped or hung up has said so, and then there is something to read on the idle connection.
        """
        if not self.errors_occurred and not self.pool and _is_silent(self.connection):
            return True
        return bool(super().is_usable())

    def prepared_cursor(self) -> Any:
        """Give a cursor for statements that are always the same but for their values."""
        if self.settings_dict["OPTIONS"].get("prepare_threshold") is None:
            return self.cursor()
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            self._prepared_runs += 1
            return self._prepare_cursor(PreparedCursor(self.connection, self._prepared_runs))


def _is_silent(connection: Any) -> bool:
    if connection is None or connection.closed or connection.broken:
        return False
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return not poll.poll(0)
