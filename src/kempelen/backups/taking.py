"""Taking a backup of a data folder, while a server works on it or not."""

import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from kempelen.backups.content import (
    DATABASE,
    FOLDERS,
    FORMAT,
    MANIFEST,
    SECRET_KEY,
    Manifest,
    newest_migration,
    sha256_of,
)
from kempelen.config import data_folder, program
from kempelen.config.data_folder import Unusable

# Of databases, which are mostly text, this leaves a quarter, at the speed of a disk.
_COMPRESSION = 1


def take(folder: Path, to: Path) -> Manifest:
    """Write a backup of the data folder to a file, which appears whole or not at all; gives what is in it.

    The database is as it was at one moment, whoever writes meanwhile; the files that it speaks of are there.
    """
    if not (folder / DATABASE).exists():
        raise Unusable(data_folder.none_yet(folder))
    to = to.absolute()
    if to.is_dir():
        raise Unusable(f"{to} is a folder; name a file in it, such as {to / 'kempelen.tar.gz'}.")
    with tempfile.NamedTemporaryFile(dir=to.parent, prefix=f".{to.name}.", delete=False) as aside:
        try:
            manifest = write(folder, aside)
            aside.flush()
            os.fsync(aside.fileno())
            Path(aside.name).replace(to)
        except BaseException:
            Path(aside.name).unlink(missing_ok=True)
            raise
    return manifest


def write(folder: Path, to: IO[bytes]) -> Manifest:
    """Write a backup into an open file, which its secrets are in: it should be for its owner's eyes only."""
    with _at_one_moment(folder) as still:
        files = [path for name in FOLDERS for path in sorted((still / name).rglob("*")) if path.is_file()]
        manifest = Manifest(
            format=FORMAT,
            program=program.VERSION,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            migration=newest_migration(still / DATABASE),
            sha256=sha256_of(still / DATABASE),
            file_count=len(files),
        )
        with tarfile.open(fileobj=to, mode="w:gz", compresslevel=_COMPRESSION) as archive:
            _add_text(archive, still, manifest.written())
            for path in (still / DATABASE, still / SECRET_KEY, *files):
                if path.exists():
                    archive.add(path, path.relative_to(still).as_posix(), recursive=False, filter=_nobodys)
    return manifest


@contextmanager
def _at_one_moment(folder: Path) -> Iterator[Path]:
    """Give a folder that holds the database, and the files that it speaks of, and that nobody changes.

    Files are taken before the database and after it: what came between, and what was removed, is all there.
    """
    (folder / data_folder.TEMPORARY).mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder / data_folder.TEMPORARY, prefix="backup-") as made:
        still = Path(made)
        _link_files(folder, still)
        _copy_database(folder / DATABASE, still / DATABASE)
        _link_files(folder, still)
        if (folder / SECRET_KEY).exists():
            shutil.copyfile(folder / SECRET_KEY, still / SECRET_KEY)
        yield still


def _copy_database(source: Path, to: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as running, closing(sqlite3.connect(to)) as copy:
            # In one step: writers go on, since the log grows meanwhile, and the copy is of one moment.
            running.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise Unusable(f"{source} cannot be read: {error}.") from error


def _link_files(folder: Path, still: Path) -> None:
    """Keep the files that are there under a second name: that costs no room, and nobody can remove it."""
    for name in FOLDERS:
        for path in (folder / name).rglob("*"):
            kept = still / path.relative_to(folder)
            if kept.exists() or path.is_symlink():
                continue
            try:
                _keep(path, kept)
            except FileNotFoundError:
                continue  # removed at this moment


def _keep(path: Path, kept: Path) -> None:
    if path.is_dir():
        kept.mkdir(parents=True, exist_ok=True)
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, kept)
    except FileNotFoundError:
        raise
    except OSError:  # a disk without second names
        shutil.copyfile(path, kept)


def _add_text(archive: tarfile.TarFile, still: Path, text: bytes) -> None:
    (still / MANIFEST).write_bytes(text)
    archive.add(still / MANIFEST, MANIFEST, filter=_nobodys)


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who owns it here: it will be whoever restores it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry
