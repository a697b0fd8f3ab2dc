"""What of a data folder is in a backup, and what a backup says of itself."""

import hashlib
import json
import sqlite3
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from kempelen.config import data_folder
from kempelen.config.data_folder import Unusable

FORMAT = 1
MANIFEST = "backup.json"
DATABASE, SECRET_KEY = data_folder.DATABASE, data_folder.SECRET_KEY
# Folders of files; what is in the others is made anew.
FOLDERS = (data_folder.UPLOADS, data_folder.FILES)


@dataclass(frozen=True)
class Manifest:
    """What stands first in a backup.

    `made_at` is in ISO 8601 with UTC; `migration` the newest one that the database has had; `sha256` is of
    the database.
    """

    format: int
    program: str
    made_at: str
    migration: str
    sha256: str
    file_count: int

    def written(self) -> bytes:
        """Give it as JSON."""
        return json.dumps(asdict(self), indent=2).encode()


def manifest_in(text: bytes) -> Manifest:
    """Read what a backup says of itself, or refuse as `Unusable`."""
    try:
        found = json.loads(text)
        manifest = Manifest(**{field.name: found[field.name] for field in fields(Manifest)})
    except (ValueError, TypeError, KeyError) as error:
        raise Unusable("This is no backup of Kempelen: it does not begin with what a backup says.") from error
    if manifest.format != FORMAT:
        raise Unusable(
            f"This backup was made by Kempelen {manifest.program} in another form ({manifest.format}). "
            "Upgrade the program first: pip install --upgrade kempelen."
        )
    return manifest


def newest_migration(database: Path) -> str:
    """Give the newest migration that the database has had; empty if it has none."""
    connection = sqlite3.connect(database)
    try:
        found = connection.execute("SELECT max(name) FROM django_migrations WHERE app = 'kempelen'")
        return str(found.fetchone()[0] or "")
    except sqlite3.DatabaseError:
        return ""
    finally:
        connection.close()


def check_database(database: Path) -> None:
    """Refuse, as `Unusable`, a database that is damaged."""
    connection = sqlite3.connect(database)
    try:
        said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        said = str(error)
    finally:
        connection.close()
    if said != "ok":
        raise Unusable(f"The database in it is damaged: {said}.")


def sha256_of(file: Path) -> str:
    """Give the file's digest."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
