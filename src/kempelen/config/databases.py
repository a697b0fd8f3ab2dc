"""Where the tables are: SQLite tuned for many writers, or PostgreSQL."""

from pathlib import Path
from typing import Any

import dj_database_url

# Measured in the stack notes: IMMEDIATE ends "database is locked", WAL lets readers read beside a writer.
# NORMAL may lose the last commits when the power fails, never the file.  Each thread has a connection, so
# the cache is small; mapping the file into memory made nothing measurably quicker.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-4000;PRAGMA temp_store=MEMORY;"
)
# So that psycopg prepares what `prepared_cursor` runs, and nothing by itself.
_PREPARES_WHAT_IT_IS_TOLD = 2**31
_POSTGRESQL = "kempelen.config.postgresql"
_FAIR_SQLITE = "kempelen.config.sqlite"


def configuration(url: str, sqlite_file: Path) -> dict[str, Any]:
    """Django's entry for the database at the URL, or for the SQLite file if there is none."""
    if url and not url.startswith("sqlite:"):
        # Kept open, and looked at once per request, so that a restarted server is no error.
        entry: dict[str, Any] = dict(
            dj_database_url.parse(url, _POSTGRESQL, conn_max_age=None, conn_health_checks=True)
        )
        options = entry.setdefault("OPTIONS", {})
        # Behind a pooler that hands each transaction another connection there is nothing to keep.
        if options.pop("prepared_statements", "yes") != "no":
            options["prepare_threshold"] = _PREPARES_WHAT_IT_IS_TOLD
        return entry
    name = dj_database_url.parse(url)["NAME"] if url else str(sqlite_file)
    return {
        "ENGINE": _FAIR_SQLITE,
        "NAME": name,
        # Opening a connection costs as much as three queries: keep one per thread.
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _PRAGMAS},
    }
