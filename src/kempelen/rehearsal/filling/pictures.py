"""How wide and high a picture is, from the beginning of its file."""

import re
import struct
from base64 import b64decode
from urllib.parse import unquote_to_bytes

_START = 200_000
_SVG = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
_SIDE = {
    name: re.compile(rb"\s%s\s*=\s*[\"']\s*([0-9.]+)(?:px)?\s*[\"']" % name) for name in (b"width", b"height")
}
_VIEW = re.compile(rb"\sviewBox\s*=\s*[\"']([^\"']*)[\"']")
# Markers of JPEG's that begin a frame, which says its size.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

Size = tuple[int, int]


def size_in_address(address: str) -> Size | None:
    """Give the size of a picture that stands in its own address (`data:`); None of one elsewhere."""
    if address[:5].lower() != "data:" or "," not in address:
        return None
    head, _, body = address.partition(",")
    try:
        content = unquote_to_bytes(body)
        return size_of(b64decode(content) if head.lower().endswith(";base64") else content)
    except ValueError:
        return None


def size_of(content: bytes) -> Size | None:
    """Give the size in pixels of a PNG, GIF, JPEG, BMP, WebP or SVG; None of what is none of these."""
    try:
        return _size(content)
    except (struct.error, IndexError, ValueError):
        return None


def _size(content: bytes) -> Size | None:
    if content.startswith(b"\x89PNG"):
        return _pair(struct.unpack_from(">II", content, 16))
    if content.startswith((b"GIF87a", b"GIF89a")):
        return _pair(struct.unpack_from("<HH", content, 6))
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    if content.startswith(b"BM"):
        width, height = struct.unpack_from("<ii", content, 18)
        return width, abs(height)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    return _svg(content[:_START])


def _pair(numbers: tuple[int, ...]) -> Size:
    return numbers[0], numbers[1]


def _jpeg(content: bytes) -> Size | None:
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            return None
        if content[at + 1] in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + int(struct.unpack_from(">H", content, at + 2)[0])
    return None


def _webp(content: bytes) -> Size | None:
    kind = content[12:16]
    if kind == b"VP8X":
        return _side(content[24:27]), _side(content[27:30])
    if kind == b"VP8L":
        bits = int(struct.unpack_from("<I", content, 21)[0])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", content, 26)
    return width & 0x3FFF, height & 0x3FFF


def _side(part: bytes) -> int:
    """Read a side of an extended WebP, which is stored less one."""
    return int.from_bytes(part, "little") + 1


def _svg(content: bytes) -> Size | None:
    start = _SVG.search(content)
    if not start:
        return None
    sides = [pattern.search(start[0]) for pattern in _SIDE.values()]
    if sides[0] and sides[1]:
        return round(float(sides[0][1])), round(float(sides[1][1]))
    view = _VIEW.search(start[0])
    numbers = [float(one) for one in view[1].replace(b",", b" ").split()] if view else []
    return (round(numbers[2]), round(numbers[3])) if len(numbers) == 4 else None
