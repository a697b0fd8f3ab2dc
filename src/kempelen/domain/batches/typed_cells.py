"""Cells that are no plain text: how a row says which of its cells are JSON, and what they hold.

All cells of a row are kept as text, so that they come back in results as they stood in the file.  Liquid
templates look into them: `{"a": 1}` is an object there.  Which cells are meant so depends on the file:

- In a CSV a cell that is a JSON object or list from its first sign to its last is one; all else is text.
- A line of JSON Lines says itself what is text and what is not.  Its row has one more entry, under a name
  that no column can have, wherever the rule for CSV would take it for something else.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NoReturn

from markupsafe import Markup, escape

# The name of the entry: a JSON list of the columns whose cells are JSON.  An empty one of those is nothing.
TYPES = ""


# What ends a line, also where JSON has it between its parts.
_LINE_END = re.compile(r"[\r\n]")


class JsonObject(dict[str, Any]):
    """An object of a row; as text it is JSON, as it stood in the file."""

    text = ""

    def __str__(self) -> str:
        return self.text or written(self)

    def __html__(self) -> Markup:
        """Give the text for HTML, which Liquid's output asks for."""
        return escape(str(self))


class JsonList(list[Any]):
    """A list of a row; as text it is JSON, as it stood in the file."""

    text = ""

    def __str__(self) -> str:
        return self.text or written(self)

    def __html__(self) -> Markup:
        """Give the text for HTML, which Liquid's output asks for."""
        return escape(str(self))


def columns_only(row: Mapping[str, str]) -> dict[str, str]:
    """Give the row's cells without the entry about their types."""
    return {name: cell for name, cell in row.items() if name != TYPES}


def values_of(row: Mapping[str, str]) -> JsonObject:
    """Give what the row's cells hold; a cell that cannot be what it should stays text."""
    typed = _typed_columns(row.get(TYPES))
    if typed is None:
        return JsonObject((name, _guessed(cell)) for name, cell in row.items() if name != TYPES)
    return JsonObject(
        (name, _typed(cell) if name in typed else cell) for name, cell in row.items() if name != TYPES
    )


def types_of(cells: Iterable[str], json_columns: Iterable[str]) -> str:
    """Give the text of that entry; empty where the rule for CSV says the same."""
    listed = list(json_columns)
    if listed or any(cell[:1] in ("{", "[") for cell in cells):
        return _written_names(tuple(listed))
    return ""


def row_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Give the row of values that were typed in or come from a program: text as it is, all else as JSON.

    Text that is JSON counts as in a CSV.
    """
    cells = {str(name): _cell(value) for name, value in values.items()}
    if TYPES in cells or all(isinstance(value, str) for value in values.values()):
        return cells
    of_json = [
        str(name)
        for name, value in values.items()
        if not isinstance(value, str) or isinstance(_guessed(value), JsonObject | JsonList)
    ]
    return {**cells, TYPES: types_of(cells.values(), of_json)}


def json_line(row: Mapping[str, str]) -> str:
    """Give a row as a line of JSON Lines that is read as the same row again."""
    typed = _typed_columns(row.get(TYPES))
    parts = (f"{written(name)}:{_json_of(cell, name, typed)}" for name, cell in row.items() if name != TYPES)
    return f"{{{','.join(parts)}}}"


def written(value: Any) -> str:
    """Give JSON, compact, with all signs as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


@lru_cache(maxsize=64)
def _written_names(names: tuple[str, ...]) -> str:
    return json.dumps(names, ensure_ascii=False)


def _json_of(cell: str, name: str, typed: frozenset[str] | None) -> str:
    is_json = isinstance(_guessed(cell), JsonObject | JsonList) if typed is None else name in typed
    if not is_json:
        return written(cell)
    if not cell:
        return "null"
    return written(json.loads(cell)) if _LINE_END.search(cell) else cell


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else written(value)


def _typed_columns(types: str | None) -> frozenset[str] | None:
    if types is None:
        return None
    try:
        return frozenset(json.loads(types))
    except (ValueError, TypeError, RecursionError):  # somebody typed it into a row to try
        return None


def _guessed(cell: str) -> Any:
    if not (cell.startswith("{") and cell.endswith("}")) and not (
        cell.startswith("[") and cell.endswith("]")
    ):
        return cell
    return _typed(cell)


def _typed(cell: str) -> Any:
    if not cell:
        return None
    try:
        value = _wrapped(json.loads(cell, parse_constant=_refuse))
    except (ValueError, RecursionError):
        return cell
    if isinstance(value, JsonObject | JsonList):
        value.text = cell
    return value


def _wrapped(value: Any) -> Any:
    if isinstance(value, dict):
        return JsonObject((name, _wrapped(inner)) for name, inner in value.items())
    return JsonList(map(_wrapped, value)) if isinstance(value, list) else value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
