"""The bytes of files that people upload: in the data folder, or in S3-compatible storage, as settings say."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import puremagic
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from kempelen.domain import clock
from kempelen.domain.models import ProjectFile, UploadedFile

# Some formats say what they are only after their first sectors, none of them after this.
_HEAD_BYTES = 64 * 1024
CHUNK_BYTES = 256 * 1024
# Of a disk, files leave free what a database needs to go on.
RESERVE_BYTES = 200 * 10**6
# No upload takes so long.
_STRAY_SECONDS = 24 * 3600
_UNKNOWN = "application/octet-stream"
_TEXT = "text/plain"
_LONGEST_TYPE = 100
# UTF-8 at the end of the head may be cut in the middle of a sign.
_LONGEST_SIGN = 4


def storage() -> Storage:
    """Give where workers' files are kept; where they are public to nobody."""
    return storages["files"]


def has_room(size: int) -> bool:
    """Tell whether a file of this size leaves the disk enough for everything else, the database above all."""
    kept_in = storage()
    if not isinstance(kept_in, FileSystemStorage):
        return True
    folder = Path(kept_in.location)
    there = folder if folder.exists() else folder.parent
    return shutil.disk_usage(there).free - size > RESERVE_BYTES


def put(uploaded: UploadedFile | ProjectFile, content: "File[bytes]") -> None:
    """Store the file's bytes, from their beginning, in constant memory."""
    content.seek(0)
    storage().save(uploaded.storage_key, content)


def remove(key: str) -> None:
    """Remove what is stored under this key, if anything is."""
    storage().delete(key)


def remove_stray(folder: Path) -> int:
    """Remove what uploads left in a folder for temporary files when their process was killed; how many."""
    # Files that have no name until they are stored go by themselves; these have one, for Django to move them.
    now = clock.real_now().timestamp()
    old = [path for path in folder.glob("*.upload*") if now - path.stat().st_mtime > _STRAY_SECONDS]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def opened(uploaded: UploadedFile | ProjectFile) -> "File[Any]":
    """Open the file's bytes for reading; `FileNotFoundError` where they are gone."""
    return storage().open(uploaded.storage_key)


def chunks_of(content: "File[Any]") -> Iterator[bytes]:
    """Give the rest of an open file piece by piece."""
    return iter(lambda: content.read(CHUNK_BYTES), b"")


def media_type_of(content: "IO[bytes] | File[bytes]") -> str:
    """Say what the bytes look like, whatever their name; what nobody knows are just bytes, or text."""
    content.seek(0)
    head = content.read(_HEAD_BYTES)
    try:
        found = (match.mime_type for match in puremagic.magic_string(head) if match.mime_type)
        guess = next(found, "")
    except (puremagic.PureError, ValueError):
        guess = ""
    return guess[:_LONGEST_TYPE] or (_TEXT if _is_text(head) else _UNKNOWN)


def is_text(content: "IO[bytes] | File[bytes]") -> bool:
    """Tell whether the bytes begin as UTF-8, without a NUL; nothing at all counts as text."""
    content.seek(0)
    head = content.read(_HEAD_BYTES)
    return not head or _is_text(head)


def _is_text(head: bytes) -> bool:
    if not head or b"\0" in head:
        return False
    ends = itertools.islice(range(len(head), 0, -1), _LONGEST_SIGN)
    return any(_is_utf8(head[:end]) for end in ends)


def _is_utf8(some: bytes) -> bool:
    try:
        some.decode()
    except UnicodeDecodeError:
        return False
    return True
