"""Attributes of Crowd HTML Elements, read as the elements read them; what cannot be read is not there."""

from typing import Any

from kempelen.crowd.loose_lists import NotAList, parse_loosely
from kempelen.rehearsal.filling import dates
from kempelen.rehearsal.filling.elements import Element


def read(text: str) -> Any:
    """Read a value as elements do; None for what cannot be read."""
    try:
        return parse_loosely(text) if text.strip() else None
    except NotAList:
        return None


def list_in(text: str) -> list[Any]:
    """Read a list; what is none is a list of one, and nothing an empty one."""
    value = read(text)
    return value if isinstance(value, list) else [] if value is None else [value]


def texts_in(text: str) -> list[str]:
    """Read a list of texts."""
    return [as_text(item) for item in list_in(text) if item is not None]


def as_text(item: Any) -> str:
    """Write a value as JavaScript does."""
    if isinstance(item, bool):
        return str(item).lower()
    return dates.shown(item) if isinstance(item, int | float) else str(item)


def name_in(item: Any) -> str:
    """Give what a category is called: a text, or an object's name."""
    return as_text(item.get("name", "")) if isinstance(item, dict) else as_text(item)


def number(text: str) -> float | None:
    """Read a number."""
    return dates.float_of(text.strip().removeprefix("+"))


def whole(element: Element, name: str, otherwise: int | None) -> int | None:
    """Read a count."""
    found = number(element.get(name).strip())
    return otherwise if found is None else int(found)
