"""PNG files, read and written by the standard library alone: what our scripts are compared with."""

import struct
import zlib
from collections.abc import Iterator, Sequence

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
WHITE = (255, 255, 255)

Colour = tuple[int, ...]
Rows = Sequence[Sequence[Colour]]


def chunks_of(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give the chunks, each after its checksum was found right."""
    assert content.startswith(SIGNATURE)
    at = len(SIGNATURE)
    while at < len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        data = content[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", content, at + 8 + length)[0] == zlib.crc32(kind + data)
        yield kind, data
        at += 12 + length


def pixels_in(content: bytes) -> list[list[Colour]]:
    """Give the colours of a file with indexed colours, row by row."""
    chunks = list(chunks_of(content))
    assert [kind for kind, _ in chunks[:2]] == [b"IHDR", b"PLTE"]
    assert chunks[-1] == (b"IEND", b"")
    width, height, depth, kind, *rest = struct.unpack(">IIBBBBB", chunks[0][1])
    assert (kind, rest) == (3, [0, 0, 0])
    palette = [tuple(chunks[1][1][at : at + 3]) for at in range(0, len(chunks[1][1]), 3)]
    data = zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT"))
    across = -(-width * depth // 8)
    assert len(data) == (across + 1) * height
    above, rows = bytes(across), []
    for y in range(height):
        filter_, *row = data[y * (across + 1) : (y + 1) * (across + 1)]
        assert filter_ in (0, 2)
        above = (
            bytes((byte + up) & 255 for byte, up in zip(row, above, strict=True)) if filter_ else bytes(row)
        )
        each = range(8 - depth, -1, -depth)
        numbers = [(byte >> shift) & ((1 << depth) - 1) for byte in above for shift in each]
        rows.append([palette[number] for number in numbers[:width]])
    return rows


def png_of(rows: Rows, *, interlaced: bool = False, filters: Sequence[int] = (0,)) -> bytes:
    """Write a file of 8 bits a sample: grey, with alpha, RGB or RGBA by how many numbers a colour has."""
    width, height, samples = len(rows[0]), len(rows), len(rows[0][0])
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[samples]
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, interlaced)
    data = b""
    for x, y, dx, dy in PASSES if interlaced else [(0, 0, 1, 1)]:
        some = [bytes(value for colour in row[x::dx] for value in colour) for row in rows[y::dy]]
        data += _filtered([row for row in some if row], samples, filters)
    return file_of([(b"IHDR", head), (b"IDAT", zlib.compress(data)), (b"IEND", b"")])


def indexed_png(rows: Sequence[Sequence[int]], palette: Sequence[Colour], *, depth: int = 8) -> bytes:
    """Write a file of numbers in a palette, in so many bits each."""
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), depth, 3, 0, 0, 0)
    data = b""
    for row in rows:
        bits = "".join(f"{number:0{depth}b}" for number in row)
        bits += "0" * (-len(bits) % 8)
        data += b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
    colours = bytes(value for colour in palette for value in colour)
    return file_of([(b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(data)), (b"IEND", b"")])


def file_of(chunks: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Write a file of these chunks."""
    written = (struct.pack(">I", len(data)) + kind + data + _checksum(kind + data) for kind, data in chunks)
    return SIGNATURE + b"".join(written)


def _checksum(content: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(content))


def _filtered(rows: Sequence[bytes], samples: int, filters: Sequence[int]) -> bytes:
    data, above = b"", bytes(len(rows[0])) if rows else b""
    for y, row in enumerate(rows):
        left = bytes(samples) + row[:-samples]
        corner = bytes(samples) + above[:-samples]
        filter_ = filters[y % len(filters)]
        guesses = {
            0: bytes(len(row)),
            1: left,
            2: above,
            3: bytes((one + two) // 2 for one, two in zip(left, above, strict=True)),
            4: bytes(map(_nearest, left, above, corner)),
        }
        data += bytes([filter_, *((a - b) & 255 for a, b in zip(row, guesses[filter_], strict=True))])
        above = row
    return data


def _nearest(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))
