"""What was published, kept beside the data: a file by which a batch has a name and can be gone on with.

JSON Lines: first what the batch is, then a line for each HIT.  Lines are only added, so that whatever ends a
run leaves a file that the next one understands; a last line that is torn is dropped.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TextIO

from kempelen.toolkit.troubles import Trouble

try:
    import fcntl
except ImportError:  # Windows: nothing hinders two runs there
    fcntl = None  # type: ignore[assignment]

SUFFIX = ".hits.jsonl"
VERSION = 1


@dataclass(frozen=True)
class Head:
    """What the batch is: its name, where it was published, of what, and with which HIT type."""

    name: str
    endpoint: str
    hit_type_id: str
    digest: str
    columns: list[str]
    rows: int
    reward: str
    assignments: int
    kempelen: int = VERSION


@dataclass(frozen=True)
class Made:
    """A HIT that was made of a row (the first is 1), with the row's values."""

    row: int
    hit_id: str
    values: list[str] = field(default_factory=list)


@dataclass
class Ledger:
    """A batch's file, read."""

    path: Path
    head: Head
    made: dict[int, Made]

    def inputs(self, one: Made) -> dict[str, str]:
        """Give the row's values by column."""
        return dict(zip(self.head.columns, one.values, strict=False))  # a cell about types may follow

    def by_hit(self) -> dict[str, Made]:
        """Give what was made by HIT id, in the order of the rows, whichever was made first."""
        return {one.hit_id: one for _, one in sorted(self.made.items())}


def find(name: str, folder: Path | None = None) -> Path:
    """Give the file of a batch, by its name in this folder or by its path; refuses if none is there."""
    folder = Path() if folder is None else folder
    asked = folder / name
    beside = place_of(name, folder)
    for path in (asked, beside):
        if path.name.endswith(SUFFIX) and path.is_file():
            return path
    known = ", ".join(sorted(path.name.removesuffix(SUFFIX) for path in folder.glob(f"*{SUFFIX}")))
    raise Trouble(
        f"There is no batch {name!r} here ({beside} is missing). "
        + (f"There are: {known}." if known else "`kempelen publish` makes one.")
    )


def place_of(name: str, folder: Path | None = None) -> Path:
    """Give where the file of a batch of this name is."""
    return (Path() if folder is None else folder) / f"{name}{SUFFIX}"


def read(path: Path) -> Ledger:
    """Read a batch's file; refuses one that is none."""
    lines = path.read_bytes().split(b"\n")
    lines.pop()  # empty, unless the last line was not written to its end
    try:
        head = Head(**json.loads(lines[0]))
        made = {line["row"]: Made(**line) for line in map(json.loads, lines[1:]) if line}
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise Trouble(f"{path} is no batch of `kempelen publish`, or is damaged: {error}.") from error
    if head.kempelen > VERSION:
        raise Trouble(f"{path} was made by a newer Kempelen. Install that version to use it.")
    return Ledger(path, head, made)


class Writer:
    """A batch's file, open for adding; nobody else may add at the same time."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def add(self, one: Made) -> None:
        """Add a HIT; written when this returns, though a power cut may still lose it."""
        self._line(asdict(one))

    def begin(self, head: Head) -> None:
        """Write the first line."""
        self._line(asdict(head))

    def _line(self, said: Any) -> None:
        self._file.write(json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n")
        self._file.flush()


@contextmanager
def adding(path: Path) -> Iterator[Writer]:
    """Open a batch's file for adding, after what is whole in it; refuses while another run has it open."""
    with path.open("a+", encoding="utf-8", newline="") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Trouble(f"Another run is publishing {path}. Wait for it, or stop it.") from error
        whole = path.read_bytes().rfind(b"\n") + 1
        file.truncate(whole)
        yield Writer(file)
        os.fsync(file.fileno())
