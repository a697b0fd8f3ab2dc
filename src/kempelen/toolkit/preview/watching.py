"""Noticing that files change, by looking at them a few times a second.

They are a handful: what the system could tell by itself would be a library more, and is not told of files
that are shared with a container or over a network.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

_EVERY_SECONDS = 0.15
# A template may name more files than anybody has.
_MOST_ADDED = 500


class Watch:
    """The state of some files, as a short text that is another one whenever a file has changed."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(paths)
        # Files that came later, by the state that they were in: until they change they say nothing.
        self._added: dict[Path, str] = {}
        self._is_over = threading.Event()

    def add(self, path: Path) -> None:
        """Watch one more file, if there are not too many; the state is no other for that."""
        if path not in self._added and len(self._added) < _MOST_ADDED:
            self._added[path] = _state(path)

    def stamp(self) -> str:
        """Give the state that the files are in now."""
        now = [(path, _state(path)) for path in self._paths]
        added = ((path, before, _state(path)) for path, before in self._added.copy().items())
        now += [(path, state) for path, before, state in added if state != before]
        said = "\n".join(f"{path}\0{state}" for path, state in now)
        return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()[:16]

    def wait(self, since: str, seconds: float, *, or_if: Callable[[], bool] = lambda: False) -> str:
        """Wait until the state is another one than `since` and rests; gives it, also if nothing changes.

        Editors empty a file before they fill it: what changes from one look to the next is not shown yet.
        """
        now = self.stamp()
        for _ in range(int(seconds / _EVERY_SECONDS)):
            if now != since or or_if() or self._is_over.wait(_EVERY_SECONDS):
                break
            now = self.stamp()
        while now != since and not self._is_over.wait(_EVERY_SECONDS / 3):
            before, now = now, self.stamp()
            if before == now:
                break
        return now

    def end(self) -> None:
        """Let all who wait go."""
        self._is_over.set()


def _state(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return "none"
    return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"
