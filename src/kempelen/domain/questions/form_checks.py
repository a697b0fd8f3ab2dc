"""What MTurk's page checked of an answer, and what it said (question-schemas.md §7.3).

The same is checked in the browser (static/kempelen/content/question-form.js): a change here is one there.
"""

import re
from collections.abc import Collection

from kempelen.domain.questions import javascript_patterns
from kempelen.domain.questions.form_parts import FreeText, Selection, Upload

REQUIRED = "This field is required."
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")


def text_faults(asked: FreeText, text: str, *, is_required: bool) -> list[str]:
    """Say what is wrong with a text; nothing if it may be sent.

    Blanks are text.  Patterns do not look at nothing, but numbers and lengths do: a form that wants a
    number, or at least one character, wants an answer.
    """
    if not text and is_required:
        return [REQUIRED]
    faults = []
    if asked.is_numeric and not _is_number_within(text, asked.lowest, asked.highest):
        faults.append(_bounded("Invalid numeric value.", asked.lowest, asked.highest))
    if (
        not (asked.shortest or 0)
        <= _length(text)
        <= (float("inf") if asked.longest is None else asked.longest)
    ):
        faults.append(_bounded("Invalid entry length.", asked.shortest, asked.longest, " characters"))
    return faults + [
        pattern.error_text or "Invalid input supplied."
        for pattern in (asked.patterns if text else ())
        if not javascript_patterns.finds(pattern.regex, text, ignores_case=pattern.ignores_case)
    ]


def selection_faults(asked: Selection, chosen: int, *, is_required: bool) -> list[str]:
    """Say what is wrong with choosing so many, the other choice included; none is a choice not made."""
    if not chosen:
        return [REQUIRED] if is_required else []
    if chosen < asked.lowest:
        return [f"Please select at least {asked.lowest}."]
    return [f"Please select at most {asked.highest}."] if chosen > asked.highest else []


def upload_faults(asked: Upload, sizes: Collection[int], *, is_required: bool) -> list[str]:
    """Say what is wrong with files of these sizes in bytes, of which there is one at most."""
    if not sizes:
        return [REQUIRED] if is_required else []
    if len(sizes) > 1:
        return ["Please choose one file."]
    if all(asked.smallest <= size <= asked.largest for size in sizes):
        return []
    return [f"The file must have {asked.smallest:,} to {asked.largest:,} bytes; choose another."]


def _is_number_within(text: str, lowest: int | None, highest: int | None) -> bool:
    if not _NUMBER.fullmatch(text):
        return False
    number = float(text)
    return (lowest is None or number >= lowest) and (highest is None or number <= highest)


def _length(text: str) -> int:
    """Count as JavaScript does: signs beyond U+FFFF are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _bounded(fault: str, lowest: int | None, highest: int | None, unit: str = "") -> str:
    least = "" if lowest is None else f" Must be at least {lowest}{unit}."
    most = "" if highest is None else f" Must be at most {highest}{unit}."
    return fault + least + most
