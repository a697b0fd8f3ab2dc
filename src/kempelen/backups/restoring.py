"""Putting a backup in the place of a data folder, whole or not at all."""

import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

from kempelen.backups.content import (
    DATABASE,
    FOLDERS,
    MANIFEST,
    SECRET_KEY,
    Manifest,
    check_database,
    manifest_in,
    sha256_of,
)
from kempelen.config import data_folder
from kempelen.config.data_folder import Unusable

_UNPACKED, _BEFORE = ".restore-", "before-"
_LOST = "lost+found"


def restore(backup: Path, folder: Path, *, replace: bool = False) -> tuple[Manifest, Path | None]:
    """Make a data folder of a backup; gives what the backup says of itself, and where what was there is now.

    What is in the folder is moved aside, never deleted, and only with `replace`; a folder that a server uses
    is refused, as is a backup that is damaged: then everything is as it was.  A folder that cannot be moved
    itself, as a container's volume, keeps what was there in one below it.
    """
    folder = folder.resolve()
    if folder.exists() and any(_content_of(folder)) and not replace:
        raise Unusable(
            f"There is something in {folder} already. With --replace it is moved aside; or give another "
            "folder with --data-dir."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    stays = _stays(folder)
    put = _put_into if stays else _put
    with unpacked(backup, beside=folder if stays else folder.parent) as (content, manifest):
        if not data_folder.is_begun(folder):
            aside = put(content, folder)
        else:
            with data_folder.held(folder):
                aside = put(content, folder)
    return manifest, aside


@contextmanager
def unpacked(backup: Path, *, beside: Path) -> Iterator[tuple[Path, Manifest]]:
    """Give a folder with what is in a backup, checked, and what it says of itself; else `Unusable`."""
    try:
        with tempfile.TemporaryDirectory(dir=beside, prefix=_UNPACKED) as made:
            content = Path(made) / "content"
            content.mkdir(mode=0o700)
            manifest = _unpack(backup, content)
            _check(content, manifest)
            (content / MANIFEST).unlink()
            yield content, manifest
    except FileNotFoundError as error:
        if error.filename and Path(error.filename) == backup:
            raise Unusable(f"There is no file {backup}.") from error
        raise


def _unpack(backup: Path, content: Path) -> Manifest:
    manifest: Manifest | None = None
    try:
        with tarfile.open(backup, mode="r:*") as archive:
            for entry in archive:
                if manifest is None:
                    manifest = _first(archive, entry)
                elif not entry.isfile() or not _is_expected(entry.name):
                    raise Unusable(f"This is no backup of Kempelen: it holds {entry.name!r}.")
                archive.extract(entry, content, filter="data")
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise Unusable(f"{backup} cannot be read as a backup: {error}.") from error
    if manifest is None:
        raise Unusable(f"{backup} is empty.")
    return manifest


def _first(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> Manifest:
    text = archive.extractfile(entry) if entry.isfile() and entry.name == MANIFEST else None
    if text is None:
        raise Unusable("This is no backup of Kempelen: it does not begin with what a backup says.")
    return manifest_in(text.read(100_000))


def _is_expected(name: str) -> bool:
    path = PurePosixPath(name)
    return name in {DATABASE, SECRET_KEY} or (path.parts[0] in FOLDERS and ".." not in path.parts)


def _check(content: Path, manifest: Manifest) -> None:
    """Refuse a backup of which something is missing or damaged."""
    database = content / DATABASE
    if not database.exists() or sha256_of(database) != manifest.sha256:
        raise Unusable("The backup is damaged: its database is not what was written.")
    check_database(database)
    count = sum(path.is_file() for name in FOLDERS for path in (content / name).rglob("*"))
    if count != manifest.file_count:
        raise Unusable(f"The backup is damaged: it has {count} of {manifest.file_count} files.")


def _put(content: Path, folder: Path) -> Path | None:
    """Put the content in the folder's place; gives where what was there is now, if anything was."""
    data_folder.prepare(content)
    aside = None
    if folder.exists():
        aside = _unused(folder.with_name(f"{folder.name}.before"))
        folder.rename(aside)
    try:
        shutil.move(content, folder)
    except BaseException:
        if aside is not None:
            aside.rename(folder)
        raise
    return aside


def _stays(folder: Path) -> bool:
    """Whether the folder itself cannot be moved: a volume, or one beside which nobody may write."""
    return folder.is_dir() and (folder.is_mount() or not os.access(folder.parent, os.W_OK))


def _content_of(folder: Path) -> list[Path]:
    """What is in a folder but what its file system, or restoring itself, keeps there."""
    kept = {_LOST, data_folder.SERVER}  # whoever holds the second keeps servers away
    found = [path for path in folder.iterdir() if path.name not in kept]
    return [path for path in found if not path.name.startswith((_UNPACKED, _BEFORE))]


def _put_into(content: Path, folder: Path) -> Path | None:
    """Put the content into a folder that stays where it is; what was there goes into one below it."""
    data_folder.prepare(content)
    moves: list[tuple[Path, Path]] = []
    aside = _unused(folder / "before")
    was_there = _content_of(folder)
    if was_there:
        aside.mkdir(mode=0o700)
    planned = [
        *((path, aside / path.name) for path in was_there),
        *((path, folder / path.name) for path in content.iterdir()),
    ]
    try:
        for path, to in planned:
            path.rename(to)
            moves.append((path, to))
    except BaseException:
        for path, to in reversed(moves):
            to.rename(path)
        if was_there:
            aside.rmdir()
        raise
    return aside if was_there else None


def _unused(stem: Path) -> Path:
    stem = stem.with_name(f"{stem.name}-{datetime.now():%Y%m%d-%H%M%S}")
    paths = (stem if number == 1 else stem.with_name(f"{stem.name}-{number}") for number in range(1, 1000))
    return next(path for path in paths if not path.exists())
