"""Snapshots of a rehearsal: named states to which it can go back, also while its server runs."""

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kempelen.backups import restoring, taking
from kempelen.backups.content import DATABASE, FOLDERS, Manifest, newest_migration
from kempelen.config import data_folder
from kempelen.config.data_folder import Unusable
from kempelen.config.sqlite.turns import Turns

SNAPSHOTS = "snapshots"
_SUFFIX = ".tar.gz"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_BUSY_SECONDS = 30


@dataclass(frozen=True)
class Snapshot:
    """A state that was saved: its name, its size in bytes and when it was made."""

    name: str
    size: int
    made_at: float


def save(folder: Path, name: str, *, replace: bool = False) -> Manifest:
    """Save the state of the data folder under a name."""
    path = _path_of(folder, name)
    if path.exists() and not replace:
        raise Unusable(f"There is a snapshot “{name}” already. Give another name, or --replace.")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    return taking.take(folder, path)


def listed(folder: Path) -> list[Snapshot]:
    """Give the snapshots, oldest first."""
    found = [(path, path.stat()) for path in (folder / SNAPSHOTS).glob(f"*{_SUFFIX}")]
    snapshots = [
        Snapshot(path.name.removesuffix(_SUFFIX), facts.st_size, facts.st_mtime) for path, facts in found
    ]
    return sorted(snapshots, key=lambda snapshot: (snapshot.made_at, snapshot.name))


def remove(folder: Path, name: str) -> None:
    """Delete a snapshot."""
    _existing(folder, name).unlink()


def restore(folder: Path, name: str) -> Manifest:
    """Put the folder back into the state of a snapshot; whoever is connected sees that from then on.

    The database changes in one transaction, in its turn among writers.
    """
    path = _existing(folder, name)
    (folder / data_folder.TEMPORARY).mkdir(exist_ok=True)
    with restoring.unpacked(path, beside=folder / data_folder.TEMPORARY) as (content, manifest):
        _check_fits(folder, manifest)
        turns = Turns(f"{folder / DATABASE}.lock")
        turns.take()
        try:
            _put_files(content, folder)
            _put_database(content / DATABASE, folder / DATABASE)
        finally:
            turns.give_back()
    return manifest


def _check_fits(folder: Path, manifest: Manifest) -> None:
    """Refuse to give a running server the tables of another version; a start brings them up to date."""
    is_same = manifest.migration == newest_migration(folder / DATABASE)
    if not is_same and data_folder.server_of(folder) is not None:
        raise Unusable(
            f"This snapshot was made by another Kempelen ({manifest.program}). Stop the server, go back, and "
            "start it again: the start brings the database up to date."
        )


def _put_database(source: Path, live: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(source)) as saved,
            closing(sqlite3.connect(live, timeout=_BUSY_SECONDS)) as running,
        ):
            saved.backup(running)
    except sqlite3.Error as error:
        raise Unusable(f"The database is in use and cannot be put back now: {error}. Try again.") from error


def _put_files(content: Path, folder: Path) -> None:
    """Bring back the files that are gone; what came since stays until the server removes it."""
    for name in FOLDERS:
        for path in (content / name).rglob("*"):
            there = folder / path.relative_to(content)
            if path.is_dir():
                there.mkdir(parents=True, exist_ok=True)
            elif not there.exists():
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(path, there)


def _existing(folder: Path, name: str) -> Path:
    path = _path_of(folder, name)
    if not path.exists():
        names = ", ".join(snapshot.name for snapshot in listed(folder)) or "none"
        raise Unusable(f"There is no snapshot “{name}”; there are: {names}.")
    return path


def _path_of(folder: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise Unusable(f"“{name}” is no name for a snapshot: letters, digits, dots, dashes and underscores.")
    return folder / SNAPSHOTS / f"{name}{_SUFFIX}"
