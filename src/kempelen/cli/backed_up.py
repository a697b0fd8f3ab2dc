"""The data folder that commands about backups work on."""

import os
import sys
from pathlib import Path

from kempelen.config import data_folder, env
from kempelen.config.data_folder import Unusable


def folder(named: Path | None) -> Path:
    """Give the data folder of a server on SQLite, or refuse as `Unusable`; say what no backup has."""
    if env.DATABASE_URL.is_set_in(os.environ):
        raise Unusable(
            "This server keeps its data in PostgreSQL (KEMPELEN_DATABASE_URL), which has tools of its own: "
            "pg_dump makes a backup while it runs, pg_restore puts it back. Files are in the data folder, or "
            "in their bucket."
        )
    if env.FILES_BUCKET.is_set_in(os.environ):
        print("Files are in KEMPELEN_FILES_BUCKET, and not in the backup.", file=sys.stderr)
    if env.SECRET_KEY.is_set_in(os.environ):
        print(
            "KEMPELEN_SECRET_KEY is not in the backup; without it, access keys cannot be read.",
            file=sys.stderr,
        )
    return (named or data_folder.find(os.environ)).absolute()
