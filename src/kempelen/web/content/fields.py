"""The fields that a page sent, as pairs of name and value in their order."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest

from kempelen.domain import answers
from kempelen.domain.errors import InvalidValue
from kempelen.web.received import json_in


def answers_of(fields: Iterable[tuple[str, str]]) -> answers.Answers:
    """Sort fields by name; line ends become `\\n`, whichever way the page sent them."""
    return answers.collect((_one_line_end(name), _one_line_end(value)) for name, value in fields)


def from_json(body: bytes) -> list[tuple[str, str]] | None:
    """Read `{"fields": [[name, value], …]}`, which the work page sends; None where it only asks (null)."""
    try:
        message: Any = json_in(body)
    except ValueError as error:
        raise InvalidValue("fields", "The fields are not JSON.") from error
    if message == {"fields": None}:
        return None
    fields = message.get("fields") if isinstance(message, Mapping) else None
    if not isinstance(fields, list) or not all(map(_is_field, fields)):
        raise InvalidValue("fields", "The fields are not a list of names with values.")
    return [(name, value) for name, value in fields]


def from_form(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Read what a form sent, in the address and in the body (mturk-api.md §8.2); of a file its name."""
    for source in (request.GET, request.POST):
        for name, values in source.lists():
            for value in values:
                yield name, str(value)
    for name, files in request.FILES.lists():
        for file in files:
            yield name, file.name or ""


def _is_field(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
