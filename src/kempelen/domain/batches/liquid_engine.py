"""The Liquid of Ground Truth and A2I: its tags and filters, and what a template finds of its row.

This runs in a process of its own (`liquid_worker`), where a template can do no harm by what it costs.
Amazon's filters are as crowd-elements.md §8 has them: values are escaped for HTML unless a filter says
otherwise, and what is missing is empty.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import InvalidOperation
from functools import lru_cache
from io import StringIO
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote

from liquid import BoundTemplate, Environment, Mode, RenderContext, Undefined
from liquid.exceptions import BlockNestingError, LiquidError, LoopIterationLimitError, OutputStreamLimitError
from liquid.output import LimitedStringIO
from liquid.stringify import to_liquid_string
from markupsafe import Markup

from kempelen.domain.batches import typed_cells
from kempelen.domain.batches.markup import Lines

MOST_ITERATIONS = 100_000
MOST_BYTES = 20_000_000
# They would read other files; a template is one file here.
_OF_OTHER_FILES = ("include", "render")
_S3 = re.compile(r"s3://([^/?#]+)/(.+)", re.DOTALL)
_OF_PYTHON = re.compile(r"__init__\(|\bobject is not\b")
_NOT_TAKEN = "a filter cannot take what it is given"
_ROW = ("task", "input")
_WHOLE = "taskObject"
# What Amazon's built-in passing on gives as `taskObject`, the first that there is.
_SOURCES = ("source-ref", "source")


class Trouble(Exception):
    """A template cannot be understood or filled; `line` is the template's, 0 if none can be named."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class _Context(RenderContext):
    """Keeps line ends as they are; what captures write counts with the page."""

    def get_buffer(self, buf: TextIO | None = None) -> StringIO:
        written = buf.size if isinstance(buf, LimitedStringIO) else 0
        return LimitedStringIO(MOST_BYTES - written, newline="")


class _Template(BoundTemplate):
    context_class = _Context

    def _get_buffer(self) -> StringIO:
        return LimitedStringIO(MOST_BYTES, newline="")


class _Limited(Environment):
    template_class = _Template
    loop_iteration_limit = MOST_ITERATIONS
    output_stream_limit = MOST_BYTES
    local_namespace_limit = MOST_BYTES


def used_in(html: str) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Give the columns that a template asks for and the filters it uses, each with its line, by line.

    Raises `Trouble` for a template that is no Liquid, or uses a filter that is not there.
    """
    template, lines = _parsed(html), Lines(html)
    found = template.analyze(include_partials=False)
    columns = [
        (str(variable.segments[2]), lines.line_of(variable.span.index))
        for variable in found.globals.get(_ROW[0], [])
        if len(variable.segments) > 2
        and variable.segments[1] == _ROW[1]
        and isinstance(variable.segments[2], str)
    ]
    filters = [(name, lines.line_of(span.index)) for name, spans in found.filters.items() for span in spans]
    for name, line in filters:
        if name not in template.env.filters:
            raise Trouble(f"there is no filter “{name}”", line)
    return sorted(columns, key=_by_line), sorted(filters, key=_by_line)


def filled(html: str, row: Mapping[str, str], s3_address: str) -> str:
    """Give the page of one row, or raise `Trouble`; `s3_address` is as `grant_read_access` takes it."""
    template = _parsed(html)
    values = typed_cells.values_of(row)
    if _WHOLE not in values:
        values[_WHOLE] = next((values[name] for name in _SOURCES if values.get(name)), None)
    task = typed_cells.JsonObject({_ROW[1]: values})
    try:
        return template.render({_ROW[0]: task, _S3_ADDRESS: s3_address})
    except (LiquidError, ArithmeticError, ValueError, TypeError, RecursionError, MemoryError) as error:
        raise Trouble(_in_words(error), line_of(error, html)) from error


def line_of(error: BaseException, html: str) -> int:
    """Give the line of the innermost part of the template that was being filled."""
    token = getattr(error, "token", None)
    inner = _innermost_token(error.__traceback__) or token
    for one in (token if isinstance(error, LiquidError) and not _is_limit(error) else inner, inner):
        if one is not None and one.start_index >= 0:
            return Lines(html).line_of(one.start_index)
    return 0


@lru_cache(maxsize=32)
def _parsed(html: str) -> BoundTemplate:
    try:
        return _environment().from_string(html)
    except BlockNestingError as error:
        raise Trouble("blocks are nested too deeply; 30 within each other are the most") from error
    except LiquidError as error:
        raise Trouble(_in_words(error), _line_in(error, html)) from error
    except RecursionError as error:
        raise Trouble("the template is nested too deeply") from error


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = _Limited(tolerance=Mode.STRICT, autoescape=True, strict_filters=True)
    for name in _OF_OTHER_FILES:
        environment.tags.pop(name, None)
    environment.add_filter("to_json", _to_json)
    environment.add_filter("skip_autoescape", _skip_autoescape)
    _grant_read_access.with_context = True  # type: ignore[attr-defined]
    environment.add_filter("grant_read_access", _grant_read_access)
    return environment


_S3_ADDRESS = " s3 address"  # a name that no template can write


def _to_json(value: Any) -> str:
    """Give JSON that may stand in a script too: no `</script>` or `<!--` can be in it."""
    if isinstance(value, Undefined):
        value = None
    text = typed_cells.written(list(value) if isinstance(value, range) else value)
    return text.replace("</", "<\\/").replace("<!--", "\\u003c!--")


def _skip_autoescape(value: Any) -> Markup:
    is_of_row = isinstance(value, typed_cells.JsonObject | typed_cells.JsonList)
    text = str(value) if is_of_row else to_liquid_string(value, autoescape=False)
    return Markup(text)  # it is what the filter is for


def _grant_read_access(value: Any, *, context: Any) -> str:
    """Give the address under which a browser finds a file of S3; any other address stays as it is."""
    address = "" if value is None else str(value)
    pattern = context.globals.get(_S3_ADDRESS, "")
    place = _S3.fullmatch(address.strip())
    if not pattern or place is None:
        return address
    return str(pattern).replace("{bucket}", place[1]).replace("{key}", quote(place[2], safe="/"))


def _by_line(use: tuple[str, int]) -> int:
    return use[1]


def _is_limit(error: BaseException) -> bool:
    return isinstance(error, LoopIterationLimitError | OutputStreamLimitError)


def _in_words(error: BaseException) -> str:
    match error:
        case LoopIterationLimitError():
            return f"loops within each other go round more than {MOST_ITERATIONS:,} times"
        case OutputStreamLimitError():
            return f"the page becomes larger than {MOST_BYTES // 10**6} MB"
        case LiquidError() if _OF_PYTHON.search(str(error.message)):
            return _NOT_TAKEN
        case LiquidError():
            return " ".join(str(error.message or "this is no Liquid").split())
        case MemoryError():
            return "it takes too much memory"
        case RecursionError():
            return "it is nested too deeply"
        case InvalidOperation():
            return "what is to be computed with is no number"
        case TypeError():
            return _NOT_TAKEN
    return f"it cannot be worked out ({' '.join(str(error).split())[:100]})"


def _line_in(error: LiquidError, html: str) -> int:
    token = error.token
    return Lines(html).line_of(token.start_index) if token is not None and token.start_index >= 0 else 0


def _innermost_token(traceback: TracebackType | None) -> Any:
    """Give the token of the last part of the template that was at work when the error came."""
    found = None
    for owner in _owners(traceback):
        token = getattr(owner, "token", None)
        found = token if token is not None else found
    return found


def _owners(traceback: TracebackType | None) -> Iterator[Any]:
    while traceback is not None:
        owner = traceback.tb_frame.f_locals.get("self")
        if owner is not None and type(owner).__module__.startswith("liquid."):
            yield owner
        traceback = traceback.tb_next
