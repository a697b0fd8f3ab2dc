"""Templates in Liquid, as Ground Truth and A2I have them: what they ask for, and pages filled with a row.

`{{ task.input.name }}` is the row's cell of that name; `task.input.taskObject` is the whole thing that the
row is about.  Nothing of a template runs in this process (`liquid_process`).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kempelen.domain.batches import liquid_process
from kempelen.domain.batches.liquid_messages import Asked
from kempelen.domain.batches.templates import Use, column_like
from kempelen.domain.batches.wanted import unused
from kempelen.domain.batches.wording import shown

WHOLE = "taskObject"
SOURCES = ("source-ref", "source")
GRANT = "grant_read_access"

_SIGNS = re.compile(r"\{\{-?\s*+task\.input\b|\{%-?\s*+(?:for|if|unless|case|assign|capture|comment|raw)\s")
_BEGIN = re.compile(r"\{\{|\{%-?\s*+(\w*+)")
_ENDS = {name: re.compile(rf"\{{%-?\s*+end{name}\s*+-?%\}}") for name in ("comment", "raw")}
_NOT_OF_A_NAME = re.compile(r"[^\w.\r\n]", re.ASCII)
_NO_LINE_END = re.compile(r"[^\r\n]")


class TemplateTrouble(Exception):
    """A template cannot be filled, or with this row not; `line` is the template's, 0 if none can be told."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.message, self.line = message, line


@dataclass(frozen=True)
class LiquidTemplate:
    """What a template asks for: columns and filters by their lines, or why it is no template."""

    columns: tuple[Use, ...] = ()
    filters: tuple[Use, ...] = ()
    trouble: TemplateTrouble | None = None

    @property
    def reads_files(self) -> bool:
        """Whether it asks for addresses of files that lie in S3."""
        return any(use.name == GRANT for use in self.filters)


def look_through(html: str) -> LiquidTemplate:
    """Give what a template asks for; one that cannot be understood has `trouble`."""
    try:
        return _understood(html)
    except TemplateTrouble as trouble:
        return LiquidTemplate(trouble=trouble)


def fill(html: str, row: Mapping[str, str], *, s3_address: str = "") -> str:
    """Give the page of a row, or raise `TemplateTrouble`.

    `s3_address` says where files of S3 are for browsers: an address with `{bucket}` and `{key}` in it.
    """
    told = liquid_process.ask(Asked(html, dict(row), s3_address))
    if told.trouble:
        raise TemplateTrouble(told.trouble, told.line)
    return told.page


def known_columns(html: str) -> set[str]:
    """Give the columns that a template looks at, with those that `taskObject` is taken from."""
    names = {use.name for use in look_through(html).columns}
    return names | set(SOURCES) if WHOLE in names else names


def looks_like_liquid(html: str) -> bool:
    """Tell whether an author most likely meant the template as Liquid."""
    return sign_of_liquid(html) >= 0


def sign_of_liquid(html: str) -> int:
    """Give the place of what hardly anything but Liquid has; -1 if there is nothing such."""
    sign = _SIGNS.search(html)
    return sign.start() if sign else -1


def warnings_about(template: LiquidTemplate, columns: Collection[str]) -> list[str]:
    """Say what a template and a file's columns lack of each other; none of it keeps from publishing."""
    lines: dict[str, int] = {}
    for use in template.columns:
        lines.setdefault(use.name, use.line)
    taken = set(columns)
    if WHOLE not in taken and taken & set(SOURCES):
        taken.add(WHOLE)
    said = [_is_empty(name, line, columns) for name, line in lines.items() if name not in taken]
    used = set(lines) | (set(SOURCES) if WHOLE in lines else set())
    return said + unused(columns, used)


def masked(html: str) -> str:
    """Give the template's HTML for who looks at that alone: outputs as `${…}`, tags blank, nothing moved."""
    pieces, at = [], 0
    while begin := _BEGIN.search(html, at):
        close = html.find("}}" if begin[0] == "{{" else "%}", begin.end())
        if close < 0:
            break
        pieces.append(html[at : begin.start()])
        at = close + 2
        name = begin[1] or ""
        if name == "comment":
            end = _ENDS[name].search(html, at)
            at = end.end() if end else at
        part = html[begin.start() : at]
        if begin[0] == "{{":
            pieces.append("${" + _NOT_OF_A_NAME.sub("_", part[2:-2]) + "_}")
        else:
            pieces.append(_NO_LINE_END.sub(" ", part))
        if name == "raw" and (end := _ENDS[name].search(html, at)):
            pieces += html[at : end.start()], _NO_LINE_END.sub(" ", end[0])
            at = end.end()
    return "".join([*pieces, html[at:]])


@lru_cache(maxsize=64)
def _understood(html: str) -> LiquidTemplate:
    told = liquid_process.ask(Asked(html))
    if told.trouble:
        raise TemplateTrouble(told.trouble, told.line)
    return LiquidTemplate(
        tuple(Use(name, line) for name, line in told.columns),
        tuple(Use(name, line) for name, line in told.filters),
    )


def _is_empty(name: str, line: int, columns: Collection[str]) -> str:
    if name == WHOLE:
        hint = f"; it is a column of that name, or {SOURCES[0]} or {SOURCES[1]}"
    else:
        like = column_like(name, columns)
        hint = f"; there is “{shown(like)}”" if like else ""
    return f"The template’s line {line} has task.input.{shown(name)}, which is empty in this file{hint}."
