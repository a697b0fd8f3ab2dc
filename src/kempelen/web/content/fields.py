"""The fields that a page sent, as pairs of name and value in their order."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from kempelen.domain import answers
from kempelen.domain.answers import Field, with_one_line_end
from kempelen.domain.errors import InvalidValue
from kempelen.web.received import json_in

# Of one file; what it has the server knows, and this only keeps nonsense from the draft.
_MOST_BYTES = 2**53


def answers_of(fields: Iterable[Field]) -> answers.Answers:
    """Sort fields by name; line ends become `\\n`, whichever way the page sent them."""
    return answers.collect(map(with_one_line_end, fields))


def from_json(body: bytes) -> list[Field] | None:
    """Read `{"fields": [[name, value], …]}`, which the work page sends; None where it only asks (null).

    A value is a text, or a file that was uploaded: `{"file": id, "name": …, "size": …}`.
    """
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
    """Read what a form sent but for its files, in the address and in the body (mturk-api.md §8.2)."""
    for source in (request.GET, request.POST):
        for name, values in source.lists():
            for value in values:
                yield name, str(value)


def files_in(request: HttpRequest) -> list[tuple[str, "UploadedFile[bytes]"]]:
    """Give the files that a form sent, each with its field's name."""
    return [(name, file) for name, files in request.FILES.lists() for file in files]


def _is_field(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and _is_value(pair[1])


def _is_value(value: object) -> bool:
    if not isinstance(value, dict):
        return isinstance(value, str)
    kinds = {name: type(part) for name, part in value.items()}
    return kinds == {"file": str, "name": str, "size": int} and 0 <= value["size"] < _MOST_BYTES
