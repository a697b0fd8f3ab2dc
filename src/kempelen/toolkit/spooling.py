"""Rows of results on their way to a file: kept on the disk, since only the last tells a table's columns."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import msgspec

from kempelen.domain.batches.results import ApprovalRate, ResultRow

_LENGTH_BYTES = 8
# The API does not tell how a worker fared elsewhere.
_UNKNOWN = ApprovalRate(0, 0)
_RATES = ("lifetime_rate", "last_30_days_rate", "last_7_days_rate")


class Spool:
    """Rows in a file without a name that is gone with this; they can be gone through several times."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0
        # The names of all answers, in the order in which they came.
        self.names: dict[str, None] = {}
        # Which assignments, in which status, of which HIT.
        self.marks: list[tuple[str, str, str]] = []

    def add(self, row: ResultRow) -> None:
        """Keep a row."""
        plain = msgspec.structs.asdict(row)
        for name in _RATES:
            del plain[name]
        data = msgspec.msgpack.encode(plain)
        self._file.write(len(data).to_bytes(_LENGTH_BYTES))
        self._file.write(data)
        self.names.update(dict.fromkeys(row.answers))
        self.marks.append((row.hit_id, row.assignment_id, row.status))
        self.count += 1

    def rows(self) -> Iterator[ResultRow]:
        """Give all rows, in the order in which they came."""
        self._file.seek(0)
        while length := self._file.read(_LENGTH_BYTES):
            plain: dict[str, Any] = msgspec.msgpack.decode(self._file.read(int.from_bytes(length)))
            yield ResultRow(**(plain | dict.fromkeys(_RATES, _UNKNOWN)))


@contextmanager
def spooled(rows: Iterable[ResultRow]) -> Iterator[Spool]:
    """Keep all rows, until this ends."""
    with tempfile.TemporaryFile() as file:
        spool = Spool(file)
        for row in rows:
            spool.add(row)
        yield spool
