"""`kempelen migrate`."""

import typer

from kempelen.cli import start
from kempelen.cli.options import DataDir
from kempelen.config import schema


def migrate(data_dir: DataDir = None) -> None:
    """Bring the database up to date; `kempelen serve` does so too when it starts.

    Useful before several servers on one PostgreSQL database are upgraded.
    """
    schema.check_versions()
    was_current = schema.is_current()
    start.database()
    typer.echo("The database was up to date." if was_current else "The database is up to date now.")
