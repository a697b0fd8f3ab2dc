"""How the clock of a sandbox runs, and the file in which the processes of a node have it in common.

The truth is in the database (`models.MovedClock`); the file is what `clock.now()` can afford to look at each
time: mapped into memory, so that what one process writes the others see at once, without a system call.
"""

import contextlib
import mmap
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: there a server is one process
    fcntl = None  # type: ignore[assignment]

NAME = "clock"
MOST_FACTOR = 1_000_000
# A clock that runs stands still at its end: rules add years to its time, and a datetime ends in 9999.
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# Two times in microseconds and the factor, then what says that they belong together.
_VALUES, _CHECK = struct.Struct("<qqd"), struct.Struct("<I")
_SIZE = _VALUES.size + _CHECK.size
_NEVER_MOVED = bytes(_SIZE)
_TRIES = 100


@dataclass(frozen=True)
class Course:
    """When the world's clock showed `real_at` the domain's showed `domain_at`; its speed since then."""

    real_at: datetime
    domain_at: datetime
    factor: float = 1.0

    def at(self, real: datetime) -> datetime:
        """Give the domain's time at a moment of the world's."""
        if real <= self.real_at or self.factor == 0:
            return self.domain_at
        try:
            time = self.domain_at + (real - self.real_at) * self.factor
        except OverflowError:
            return LAST
        return min(time, LAST)


class ClockFile:
    """The course of a node's clock, as a file in its data folder has it."""

    def __init__(self, path: Path) -> None:
        """Open the file, made unless it is there."""
        self._path = path
        with self._opened() as descriptor:
            # It never gets shorter: who has it mapped would die of that.
            if os.fstat(descriptor).st_size < _SIZE:
                os.truncate(descriptor, _SIZE)
            self._mapped = mmap.mmap(descriptor, _SIZE)
        # What was read last, and what it means: one name, so that threads never see one without the other.
        self._known: tuple[bytes, Course | None] = (_NEVER_MOVED, None)

    def time_at(self, real: datetime) -> datetime:
        """Give the domain's time at a moment of the world's."""
        written, course = self._known
        if self._mapped[:_SIZE] != written:
            course = self._read()
        return real if course is None else course.at(real)

    @property
    def course(self) -> Course | None:
        """Give how the clock runs; None for the world's time."""
        return self._read()

    @property
    def is_whole(self) -> bool:
        """Tell whether what was written last was written whole."""
        found = self._mapped[:_SIZE]
        return found == _NEVER_MOVED or _checked(found)

    def write(self, course: Course | None) -> None:
        """Let all processes of the node follow this course; call it with the file `locked`."""
        self._mapped[:_SIZE] = _NEVER_MOVED if course is None else _written(course)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep all others of the node from writing, so that who has read the truth last writes last."""
        with self._opened() as descriptor:
            if fcntl is not None:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield  # closing the file lets go of it

    @contextlib.contextmanager
    def _opened(self) -> Iterator[int]:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _read(self) -> Course | None:
        """Read what is new; while somebody is writing, or died of it, what was known goes on."""
        for _ in range(_TRIES):
            found = self._mapped[:_SIZE]
            if found == _NEVER_MOVED or _checked(found):
                self._known = (found, None if found == _NEVER_MOVED else _meant(found))
                break
        return self._known[1]


def _written(course: Course) -> bytes:
    values = _VALUES.pack(
        (course.real_at - _EPOCH) // _MICROSECOND, (course.domain_at - _EPOCH) // _MICROSECOND, course.factor
    )
    return values + _CHECK.pack(zlib.crc32(values))


def _checked(found: bytes) -> bool:
    return found[_VALUES.size :] == _CHECK.pack(zlib.crc32(found[: _VALUES.size]))


def _meant(found: bytes) -> Course:
    real, domain, factor = _VALUES.unpack_from(found)
    return Course(_EPOCH + real * _MICROSECOND, _EPOCH + domain * _MICROSECOND, factor)
