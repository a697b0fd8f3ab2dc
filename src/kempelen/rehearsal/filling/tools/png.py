"""A PNG of indexed colours, written by the standard library alone."""

import struct
import zlib
from collections.abc import Sequence

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def png_of(cells: bytes | bytearray, width: int, height: int, colours: Sequence[str]) -> bytes:
    """Write pixels, a byte each, row by row, whose numbers stand for colours such as #0072b2."""
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = b"".join(bytes.fromhex(colour.removeprefix("#")) for colour in colours)
    rows = b"".join(b"\0" + cells[y * width : (y + 1) * width] for y in range(height))
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))
