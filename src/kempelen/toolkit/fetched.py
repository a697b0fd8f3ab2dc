"""Which results were fetched before: a file beside the batch's, by which `--new` gives each answer once.

JSON Lines, only added to: for whom, and which assignments in which status.  An answer that was fetched and
then approved is new once more.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from kempelen.toolkit import collecting
from kempelen.toolkit.ledger import SUFFIX
from kempelen.toolkit.troubles import Trouble

try:
    import fcntl
except ImportError:  # Windows: nothing hinders two runs there
    fcntl = None  # type: ignore[assignment]

_SUFFIX = ".fetched.jsonl"
Mark = tuple[str, str, str]


class Fetched:
    """What was fetched for one receiver, read, and open for adding."""

    def __init__(self, file: TextIO, receiver: str, marks: Iterable[Mark]) -> None:
        self._file = file
        self._receiver = receiver
        self._marks = {(assignment_id, status) for _, assignment_id, status in marks}
        self._approved = Counter(hit_id for hit_id, _, status in set(marks) if status == "Approved")

    def is_new(self, assignment: Mapping[str, Any]) -> bool:
        """Tell whether an assignment was not fetched before in the status that it has."""
        return (assignment["AssignmentId"], assignment["AssignmentStatus"]) not in self._marks

    def may_have_news(self, hit: Mapping[str, Any]) -> bool:
        """Tell whether a HIT has to be asked for: not where all was fetched as approved, which is final."""
        return collecting.submitted_count(hit) > self._approved[hit["HITId"]]

    def add(self, marks: Iterable[Mark]) -> None:
        """Note what has arrived; on the disk when this returns."""
        line = {"to": self._receiver, "fetched": [list(mark) for mark in marks]}
        self._file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


@contextmanager
def adding(ledger: Path, receiver: str) -> Iterator[Fetched]:
    """Open what was fetched of a batch for this receiver; refuses while another run has it open."""
    path = ledger.with_name(ledger.name.removesuffix(SUFFIX) + _SUFFIX)
    with path.open("a+", encoding="utf-8", newline="") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Trouble(f"Another run is noting in {path}. Wait for it, or stop it.") from error
        # A last line that is torn is of a run that ended before it was done.
        file.truncate(path.read_bytes().rfind(b"\n") + 1)
        yield Fetched(file, receiver, list(_marks(path, receiver)))


def _marks(path: Path, receiver: str) -> Iterator[Mark]:
    with path.open("rb") as lines:
        for line in lines:
            try:
                said = json.loads(line)
                if said["to"] == receiver:
                    yield from ((hit, assignment, status) for hit, assignment, status in said["fetched"])
            except (ValueError, TypeError, KeyError) as error:
                raise Trouble(f"{path} is damaged: {error}. Without it all is new: move it away.") from error
