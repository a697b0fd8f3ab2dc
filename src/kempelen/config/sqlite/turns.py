"""Turns at writing: a lock on a file beside the database, which the kernel hands on in order."""

import os

try:
    import fcntl
except ImportError:  # Windows: SQLite's own polling decides who writes next
    fcntl = None  # type: ignore[assignment]


class Turns:
    """One connection's place in the queue of writers.

    SQLite's busy handler sleeps and polls: a busy writer takes the lock again before the others wake, and
    they wait for seconds.  `flock` sleeps in the kernel, which wakes who came first.  A process that dies
    gives its turn back.
    """

    def __init__(self, path: str | None) -> None:
        """A place in the queue at the file; without a file (a database in memory) every turn is free."""
        self._path = path
        self._descriptor: int | None = None
        self._opened_by = 0
        self.is_mine = False

    def take(self) -> bool:
        """Wait for the turn; whether it is new, so that who asks again inside it does not end it."""
        if fcntl is None or self._path is None or (self.is_mine and self._opened_by == os.getpid()):
            return False
        fcntl.flock(self._opened(self._path), fcntl.LOCK_EX)
        self.is_mine = True
        return True

    def give_back(self) -> None:
        """Let the next one write."""
        if not self.is_mine:
            return
        self.is_mine = False
        # After a fork the descriptor is the parent's lock too; only who took it may end it.
        if self._descriptor is not None and self._opened_by == os.getpid():
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Leave the queue."""
        self.give_back()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        self.close()

    def _opened(self, path: str) -> int:
        if self._descriptor is not None and self._opened_by != os.getpid():
            os.close(self._descriptor)
            self._descriptor = None
        if self._descriptor is None:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            self._opened_by = os.getpid()
        return self._descriptor
