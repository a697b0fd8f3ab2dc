"""What comes with a request, read so that nothing in it can become a fault of ours."""

import json
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict, RawPostDataException, UnreadablePostError
from django.http.response import HttpResponseBase

from kempelen.domain.answers import storable
from kempelen.domain.batches import typed_cells

_NUL = "\0"
_FITS = 10**9


def json_in(text: str | bytes) -> Any:
    """Read JSON; `ValueError` for whatever is none, or is nested deeper than anybody means it."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("too deeply nested") from error


def body_of(request: HttpRequest) -> bytes:
    """Give what was sent, as it came; nothing where it was a form with files, which has been read as one."""
    try:
        return request.body
    except RawPostDataException:
        return b""


def row_in(text: str) -> dict[str, str] | None:
    """Read a row of values, a JSON object, with signs that can be stored and sent; None for another thing."""
    try:
        values = json_in(text)
        if isinstance(values, dict):
            return {storable(name): storable(cell) for name, cell in typed_cells.row_of(values).items()}
    except (ValueError, RecursionError):  # what is written as JSON goes as deep as the value
        pass
    return None


def whole_number(text: str, default: int) -> int:
    """Read a number of an address; the default for what is none, or what nothing here counts to."""
    is_one = text.isdecimal() and len(text) <= len(str(_FITS))
    return min(int(text), _FITS) if is_one else default


class NothingWithNul:
    """Refuse (400) requests with a NUL in them: browsers send none, and PostgreSQL's text holds none.

    Fields that come without our own form's token (a task's answer) are not looked at: what becomes of
    those is said where they are read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        texts = chain((request.path_info,), _texts_of(request.GET), request.COOKIES.values())
        if any(_NUL in text for text in texts):
            raise BadRequest("A request with a NUL in it.")
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Look through the fields of a form, which the check of its token reads anyway."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        try:
            has_nul = any(_NUL in text for text in _texts_of(request.POST))
        except UnreadablePostError:
            return None  # the visitor is gone; the check of the token says the rest
        if has_nul:
            raise BadRequest("A form with a NUL in it.")
        return None


def _texts_of(fields: QueryDict) -> Iterator[str]:
    for name, values in fields.lists():
        yield name
        yield from map(str, values)
