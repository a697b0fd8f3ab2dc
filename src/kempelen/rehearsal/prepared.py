"""The database that throw-away servers begin with: made once for a version of the program, and then copied.

It lies in the user's cache folder as one file: its SHA-256, then the database.  Whoever finds it missing or
spoilt makes it anew; of several at once one does, the others wait.
"""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import kempelen

_DIGEST_LENGTH = 32
_SUFFIX = ".tables"
_KEPT_SECONDS = 30 * 24 * 3600


def database(make: Callable[[], bytes]) -> bytes:
    """Give a new database of this version; `make` makes one where none is kept."""
    try:
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = folder / f"{_version()}{_SUFFIX}"
        return _read(kept) or _made(kept, make)
    except (OSError, RuntimeError):
        # One that cannot be written to, or nobody's at all: it goes without, a little slower.
        return make()


def cache_folder() -> Path:
    """Give the folder of what is prepared: in `XDG_CACHE_HOME`, which is ~/.cache unless it is set."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if home.startswith("/") else Path.home() / ".cache") / "kempelen" / "rehearsal"


def _read(kept: Path) -> bytes:
    """Give what is kept, if it is whole."""
    try:
        content = kept.read_bytes()
    except FileNotFoundError:
        return b""
    digest, found = content[:_DIGEST_LENGTH], content[_DIGEST_LENGTH:]
    return found if hashlib.sha256(found).digest() == digest else b""


def _made(kept: Path, make: Callable[[], bytes]) -> bytes:
    with _alone(kept.with_suffix(".lock")):
        if found := _read(kept):
            return found
        made = make()
        with tempfile.NamedTemporaryFile(dir=kept.parent, prefix=".new-", delete=False) as aside:
            aside.write(hashlib.sha256(made).digest() + made)
        Path(aside.name).replace(kept)
        _forget_old(kept)
        return made


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _forget_old(newest: Path) -> None:
    """Remove what other versions left a month ago, and whoever was killed while writing."""
    for path in newest.parent.iterdir():
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < time.time() - _KEPT_SECONDS:
                path.unlink()


@cache
def _version() -> str:
    """Name the program's very files: a checkout changes while its version stays.

    By what they say, not by when they were written: what a CI keeps is good for its next installation too.
    """
    digest = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version} {version('django')}".encode())
    root = Path(kempelen.__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(f"\n{path.relative_to(root)} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]
