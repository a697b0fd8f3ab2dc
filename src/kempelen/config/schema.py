"""Whether the database fits the program, and making it fit."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kempelen.config.data_folder import Unusable

OLDEST_SQLITE = (3, 38, 0)
_MIGRATION_LOCK = 0x6B656D70  # "kemp": one PostgreSQL advisory lock for all nodes


def exists() -> bool:
    """Whether there can be tables: SQLite has a file, PostgreSQL is somebody's who looks after it."""
    return connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).exists()


def check_versions() -> None:
    """Refuse, as `Unusable`, a database library that is too old or a database that cannot be reached."""
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE[:2]))
        raise Unusable(
            f"This Python has SQLite {sqlite3.sqlite_version}; Kempelen needs {wanted} or newer. Use a newer "
            "Python, or PostgreSQL with KEMPELEN_DATABASE_URL."
        )
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise Unusable(f"The database cannot be reached: {str(error).strip()}") from error
    except DatabaseError as error:
        raise Unusable(
            f"{connection.settings_dict['NAME']} cannot be read: {str(error).strip()}. Put a backup in its "
            "place, or use another folder with --data-dir."
        ) from error


def refuse_newer_database() -> None:
    """Refuse, as `Unusable`, a database that a newer Kempelen has changed."""
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations)
    known |= {replaced for migration in loader.disk_migrations.values() for replaced in migration.replaces}
    apps = {app for app, _ in known}
    unknown = sorted(
        name for app, name in loader.applied_migrations if app in apps and (app, name) not in known
    )
    if unknown:
        raise Unusable(
            f"The database was last used by a newer Kempelen ({unknown[-1]} is unknown here). "
            "Upgrade the program: pip install --upgrade kempelen."
        )


def is_current() -> bool:
    """Whether every migration of the program has been applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate(*, verbosity: int = 0) -> None:
    """Apply what is missing; of several nodes one does, the others wait."""
    with _alone():
        refuse_newer_database()
        call_command("migrate", interactive=False, verbosity=verbosity)


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])
