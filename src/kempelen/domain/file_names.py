"""Names of files that strangers choose: what of them is kept, and what of them can be a file's name again."""

import re
import unicodedata
from collections.abc import Container

from kempelen.domain.answers import storable

_NAMELESS = "file"
_LONGEST_ENDING = 20
# Signs that turn the reading direction, with which "exe.jpg" can be made to look like another ending.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SEPARATORS = re.compile(r"[/\\]")
# What Windows refuses; also between the folders of an archive.
_REFUSED = re.compile(r'[<>:"|?*/\\]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def of_path(path: str, *, longest: int = 255) -> str:
    """Give the last part of the path by which a browser or Turkle names a file; shown, never opened."""
    return _SEPARATORS.split(path)[-1][-longest:]


def kept(name: str, *, longest: int) -> str:
    """Give what is kept of the name that a worker's machine had: no folders, nothing invisible, not too long.

    The ending stays, since people and programs know files by it.
    """
    last = _SEPARATORS.split(storable(name))[-1]
    shown = "".join(
        sign for sign in _TURNING.sub("", last) if unicodedata.category(sign)[0] != "C" or _joins(sign)
    )
    return _shortened(shown.strip().lstrip("."), longest) or _NAMELESS


def in_archive(name: str, *, longest_bytes: int) -> str:
    """Give a name for a file or folder that can be made on every system, below the folder it is in."""
    fit = _REFUSED.sub("_", kept(name, longest=longest_bytes)).rstrip(". ")
    if _DEVICE.match(fit):
        fit = f"_{fit}"
    longest = longest_bytes
    while len(fit.encode()) > longest_bytes:
        longest -= 1
        fit = _shortened(fit, longest)
    return fit or _NAMELESS


def unused(name: str, taken: Container[str]) -> str:
    """Give the name, with a number where it is taken; systems that do not tell case apart count too.

    `taken` holds names in lower case.
    """
    stem, ending = _parts(name)
    found, number = name, 1
    while found.lower() in taken:
        number += 1
        found = f"{stem} ({number}){ending}"
    return found


def _joins(sign: str) -> bool:
    """Tell whether an invisible sign makes one of several that are seen, as in many emoji."""
    return sign in "\u200c\u200d"


def _shortened(name: str, longest: int) -> str:
    if len(name) <= longest:
        return name
    stem, ending = _parts(name)
    return stem[: max(longest - len(ending), 0)].rstrip() + ending[:longest]


def _parts(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        return name, ""
    return stem, dot + ending
