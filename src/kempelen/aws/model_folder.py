"""Our model as files, in a folder that botocore looks for models in.

Beside the files lies a list of what was written, by which a later version knows its own files from others'.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Final

from kempelen.aws import sdk_model
from kempelen.aws.model import API_VERSION

SERVICE: Final = "mturk"
WRITTEN: Final = "written-by-kempelen.json"


class ForeignFiles(Exception):
    """Files stand in the way that others have written; `str()` says which, and what to do."""


def install(models: Path, *, overwrites: bool = False) -> tuple[Path, list[str]]:
    """Write the model below a folder of models: where to, and the names of the files that were not there yet.

    Refuses with `ForeignFiles` if there are files of the same names that somebody else wrote, unless it may
    overwrite them.  Nothing is written then.
    """
    folder = models / SERVICE / API_VERSION
    files = {name: _text(said) for name, said in sdk_model.files().items()}
    stale = [name for name, text in files.items() if _bytes_of(folder / name) != text]
    foreign = [name for name in stale if not _is_ours(folder / name)]
    if foreign and not overwrites:
        raise ForeignFiles(
            f"{', '.join(foreign)} in {folder} was not written by Kempelen. "
            "Move it away, or overwrite it with --force."
        )
    folder.mkdir(parents=True, exist_ok=True)
    listed = json.dumps({name: _digest(text) for name, text in files.items()}, indent=2)
    for name in stale:
        _replace(folder / name, files[name])
    if _bytes_of(folder / WRITTEN) != listed.encode():
        _replace(folder / WRITTEN, listed.encode())
    return folder, stale


def _text(said: object) -> bytes:
    return f"{json.dumps(said, indent=1, ensure_ascii=False)}\n".encode()


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _is_ours(path: Path) -> bool:
    """Whether the file is missing, or as an earlier version left it."""
    found = _bytes_of(path)
    if found is None:
        return True
    try:
        written = json.loads(_bytes_of(path.with_name(WRITTEN)) or b"{}")
    except ValueError:
        return False
    return isinstance(written, dict) and written.get(path.name) == _digest(found)


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _replace(path: Path, text: bytes) -> None:
    """Write so that nobody ever reads half a file."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_bytes(text)
    partial.replace(path)
