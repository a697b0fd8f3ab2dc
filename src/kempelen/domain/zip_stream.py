"""Archives that are made while they are sent, in constant memory, however large."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import RawIOBase

# Photos, sound and video are packed already: more effort costs time and saves nothing.
_EFFORT = 1
# Before this no archive can date its files.
_OLDEST = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """A file of an archive: its whole name there, when it was made, and its bytes."""

    name: str
    made_at: datetime
    chunks: Iterable[bytes]


class _Sink(RawIOBase):
    """Where the archive is written to, and taken from by `taken`; it cannot go back, as no answer can."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, some: object) -> int:
        piece = bytes(some)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """Give what was written since it was last asked for."""
        whole = b"".join(self._pieces)
        self._pieces.clear()
        return whole


def pieces(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Give the archive of these files piece by piece; each is read when it is its turn.

    Sizes stand after each file, in ZIP64's way, so that neither a file nor the archive has a limit.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=_EFFORT) as archive:
        for entry in entries:
            made_at = max(entry.made_at.astimezone(UTC), _OLDEST)
            about = zipfile.ZipInfo(entry.name, made_at.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o600 << 16
            with archive.open(about, "w", force_zip64=True) as file:
                for chunk in entry.chunks:
                    file.write(chunk)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()
