"""Masks of segmentations in answers: where they are, whose colours are whose, and whether one is a PNG.

What a worker's browser sent may be anything.  Of what reads as a PNG only the picture is kept, so that a
file which is something else besides cannot be made of it.
"""

import base64
import binascii
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from kempelen.domain.answers import Given, texts_of

# What every answer with a mask has in it, in both formats.
MARK = "pngImageData"
_WHOLE = "taskAnswers"
_FLAT = ".labeledImage.pngImageData"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
# More than any camera has; who opens a file of more has no memory left.
_MOST_PIXELS = 2**28

_decode = msgspec.json.Decoder().decode


class NotAMask(Exception):
    """What stands for a picture is none; `str()` says why."""


class MaskText(msgspec.Struct, frozen=True):
    """A mask as an answer has it: its element's name, the picture as text, and what each colour means."""

    name: str
    text: str
    labels: Mapping[str, str]


class Picture(msgspec.Struct, frozen=True):
    """A PNG and its size in pixels."""

    content: bytes
    width: int
    height: int


def masks_in(answers: Mapping[str, Given]) -> Iterator[MaskText]:
    """Give the masks of an answer, of either format of crowd-form, in its order."""
    for field, given in answers.items():
        for text in texts_of(given):
            if field == _WHOLE and MARK in text:
                yield from _in_task_answers(text)
            elif field.endswith(_FLAT):
                name = field.removesuffix(_FLAT)
                yield MaskText(name, text, _labels_of(_unflattened(answers, name)))


def picture_in(text: str) -> Picture:
    """Give the PNG that base64 text stands for, less all that is no picture; or refuse (`NotAMask`)."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotAMask("not base64") from error
    chunks = list(_chunks(content))
    kinds = [kind for kind, _ in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND" or b"IDAT" not in kinds or len(chunks[0][1]) != 13:
        raise NotAMask("not a whole PNG")
    width, height = struct.unpack(">II", chunks[0][1][:8])
    if not 0 < width * height <= _MOST_PIXELS:
        raise NotAMask(f"a size that cannot be: {width} x {height}")
    kept = b"".join(whole for kind, whole in zip(kinds, _wholes(chunks), strict=True) if kind in _KEPT)
    return Picture(_SIGNATURE + kept, width, height)


def _in_task_answers(text: str) -> Iterator[MaskText]:
    try:
        (answer,) = _decode(text)
    except ValueError:
        return
    for name, value in answer.items() if isinstance(answer, dict) else ():
        image = value.get("labeledImage") if isinstance(value, dict) else None
        if isinstance(image, dict) and isinstance(image.get(MARK), str):
            yield MaskText(name, image[MARK], _labels_of(value))


def _labels_of(value: Mapping[str, Any]) -> dict[str, str]:
    """Give the label of each colour; of what is not as our elements write it, nothing."""
    mappings, instances = value.get("labelMappings"), value.get("instances")
    pairs: list[tuple[Any, Any]] = []
    if isinstance(mappings, dict):
        pairs = [(one.get("color"), label) for label, one in mappings.items() if isinstance(one, dict)]
    elif isinstance(instances, list):
        pairs = [(one.get("color"), one.get("label")) for one in instances if isinstance(one, dict)]
    return {colour: label for colour, label in pairs if isinstance(colour, str) and isinstance(label, str)}


def _unflattened(answers: Mapping[str, Given], name: str) -> dict[str, Any]:
    """Give what flattened fields say of a mask's colours, as the other format has it."""
    begin, end = f"{name}.labelMappings.", ".color"
    mappings = {
        field[len(begin) : -len(end)]: {"color": given}
        for field, given in answers.items()
        if field.startswith(begin) and field.endswith(end) and isinstance(given, str)
    }
    try:
        instances = _decode(str(answers.get(f"{name}.instances", "null")))
    except ValueError:
        instances = None
    return {"labelMappings": mappings or None, "instances": instances}


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not content.startswith(_SIGNATURE):
        raise NotAMask("not a PNG")
    at, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        if at + 12 > len(content):
            raise NotAMask("not a whole PNG")
        length, kind = struct.unpack_from(">I4s", content, at)
        data = content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if len(check) < 4 or zlib.crc32(kind + data) != int.from_bytes(check):
            raise NotAMask("a damaged PNG")
        yield kind, data
        at += 12 + length
    if at != len(content):
        raise NotAMask("something after the picture")


def _wholes(chunks: list[tuple[bytes, bytes]]) -> Iterator[bytes]:
    for kind, data in chunks:
        yield struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
