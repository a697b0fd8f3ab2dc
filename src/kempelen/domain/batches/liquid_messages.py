"""What is said between the server and the processes that fill Liquid templates: MessagePack after its length.

This stands apart from both, so that the server does not load the library that it never runs.
"""

from typing import IO

import msgspec

# Of computing, not of waiting: a busy machine makes no template fail.
SECONDS = 1.0
TOO_LONG = f"it takes more than {SECONDS:g} second of computing"
_LENGTH_BYTES = 4


class Asked(msgspec.Struct):
    """What is to be done with a template: fill it with a row, or without one tell what it uses."""

    html: str
    row: dict[str, str] | None = None
    s3_address: str = ""


class Told(msgspec.Struct):
    """What came of it: a page, or columns and filters with their lines, or what is wrong, with its line."""

    page: str = ""
    columns: list[tuple[str, int]] = []
    filters: list[tuple[str, int]] = []
    trouble: str = ""
    line: int = 0


def read_message(source: IO[bytes]) -> bytes | None:
    """Give the next message; None at the end."""
    length = source.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    size = int.from_bytes(length, "big")
    message = source.read(size)
    return message if len(message) == size else None


def write_message(target: IO[bytes], message: bytes) -> None:
    """Send a message."""
    target.write(len(message).to_bytes(_LENGTH_BYTES, "big"))
    target.write(message)
    target.flush()
