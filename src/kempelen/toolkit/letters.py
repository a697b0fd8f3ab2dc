"""Who was written to: kept beside the profiles for a day, since MTurk's NotifyWorkers knows no token.

JSON Lines, only added to: a line before each call says whom it is to reach, a line after it says whom it
reached.  A call without its second line may have been done or not: it is repeated under the same name.
"""

import hashlib
import json
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from kempelen.toolkit import profiles
from kempelen.toolkit.connection import Connection
from kempelen.toolkit.troubles import Trouble

try:
    import fcntl
except ImportError:  # Windows: nothing hinders two runs there
    fcntl = None  # type: ignore[assignment]

# As long as servers remember what was done by a token (mturk-api.md §3.5).
_REMEMBERED_SECONDS = 86_400
_FOLDER = "letters"


class Letters:
    """Who got one message, read, and open for adding.

    `reached` are who got it; `unanswered` names the calls to which no answer came, with whom they were for.
    """

    def __init__(self, file: TextIO, lines: Sequence[dict[str, Any]]) -> None:
        self._file = file
        self.unanswered: dict[str, list[str]] = {}
        self.reached: set[str] = set()
        for line in lines:
            if "to" in line:
                self.unanswered[line["call"]] = line["to"]
            else:
                self.unanswered.pop(line["call"], None)
                self.reached.update(line["reached"])

    def begin(self, to: Sequence[str]) -> str:
        """Note whom the next call is to reach; gives its name."""
        call = str(uuid.uuid4())
        self._add({"call": call, "to": list(to), "at": int(time.time())})
        return call

    def end(self, call: str, reached: Sequence[str]) -> None:
        """Note whom a call has reached."""
        self._add({"call": call, "reached": list(reached), "at": int(time.time())})

    def _add(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line, separators=(",", ":")) + "\n")
        self._file.flush()


@contextmanager
def of(connection: Connection, subject: str, message: str, *, forgets: bool = False) -> Iterator[Letters]:
    """Open what is known of this very message; refuses while another run has it open.

    `forgets` begins anew, as after a day.
    """
    keys = connection.keys()
    facts = [connection.endpoint, keys.access_key if keys else "", subject, message]
    name = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    folder = profiles.path().with_name(_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_old(folder)
    with (folder / f"{name}.jsonl").open("a+", encoding="utf-8", newline="") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Trouble("Another run is writing this very message. Wait for it, or stop it.") from error
        if forgets:
            file.truncate(0)
        yield Letters(file, _known(file, Path(file.name)))


def _known(file: TextIO, path: Path) -> list[dict[str, Any]]:
    """Read what is not too old; a last line that is torn is dropped."""
    whole = path.read_bytes().rpartition(b"\n")[0]
    file.truncate(len(whole) + 1 if whole else 0)
    since = time.time() - _REMEMBERED_SECONDS
    try:
        lines = [json.loads(line) for line in whole.splitlines()]
        return [line for line in lines if line["at"] > since]
    except (ValueError, TypeError, KeyError) as error:
        raise Trouble(
            f"{path}, which says who got this message, is damaged: {error}. With --again all get it."
        ) from error


def _forget_old(folder: Path) -> None:
    for path in folder.glob("*.jsonl"):
        if path.stat().st_mtime < time.time() - 2 * _REMEMBERED_SECONDS:
            path.unlink(missing_ok=True)
