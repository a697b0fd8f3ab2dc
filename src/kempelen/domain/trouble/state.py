"""Whether trouble is made now.  The truth is a row; each data folder has a copy of it in a file.

A request looks at that file alone, which costs less than any query.  Whoever changes the row writes it for
its own node, so that all its processes know at once; other nodes look at the row every second.
"""

import json
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kempelen.domain.models import TroubleMade
from kempelen.domain.trouble import wanted
from kempelen.domain.trouble.wanted import Wanted

FILE = "trouble.json"
_Look = tuple[int, int, int]


@dataclass(frozen=True)
class Made:
    """The trouble that is made, and the round in which it is counted."""

    round: int
    wanted: Wanted


_seen: dict[Path, tuple[_Look, Made]] = {}


def current() -> Made | None:
    """Give the trouble that is made now, nothing if none is."""
    if settings.KEMPELEN_MODE != "sandbox":
        return None
    file = _file()
    try:
        found = file.stat()
    except OSError:
        return None
    look = (found.st_mtime_ns, found.st_ino, found.st_size)
    seen = _seen.get(file)
    if seen is None or seen[0] != look:
        made = _read(file)
        if made is None:
            return None
        _seen[file] = seen = look, made
    return seen[1]


def follow() -> None:
    """Bring this node's copy up to date with the row.  Call outside transactions."""
    if _text_in(_file()) == _text_of(TroubleMade.objects.first()):
        return
    # With the row locked, so that of two processes none writes what the other has just replaced.
    with transaction.atomic():
        text = _text_of(TroubleMade.objects.select_for_update().first())
        if text:
            _write(_file(), text)
        else:
            _file().unlink(missing_ok=True)


def _text_of(row: TroubleMade | None) -> str:
    """Give what the file has to say; nothing where there is to be none."""
    if row is None or not row.wanted:
        return ""
    return json.dumps({"round": row.round, "wanted": row.wanted}, sort_keys=True)


def _text_in(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _file() -> Path:
    return _file_in(settings.KEMPELEN_DATA_DIR)


@lru_cache(maxsize=8)
def _file_in(folder: str | Path) -> Path:
    return Path(folder) / FILE


def _read(file: Path) -> Made | None:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None  # it has just been taken away
    return Made(found["round"], wanted.kept(found["wanted"]))


def _write(file: Path, text: str) -> None:
    """Write it so that whoever reads finds the old file or the new one, whole."""
    number, name = tempfile.mkstemp(dir=file.parent, prefix=".trouble-")
    with os.fdopen(number, "w", encoding="utf-8") as new:
        new.write(text)
    Path(name).replace(file)
