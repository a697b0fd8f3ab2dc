"""`${name}` in a template: where the variables are, and pages filled with a row's values.

A name has letters and digits of any script, `_`, `-`, `.` and inner spaces; case counts, spaces
around it do not.  Anything else in `${…}` (`${0, i}`, `${a ? b : c}`) is not a variable and stays.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kempelen.domain.batches import markup

# Either `${…}` without braces and line ends inside, or a `${` that cannot be a variable.
_DOLLAR_BRACE = re.compile(r"\$\{(?:([^{}\r\n]*+)\})?")
_PLAIN_NAME = re.compile(r"[\w.-]++(?: ++[\w.-]++)*+")


class Use(NamedTuple):
    """A variable's name and the template's line where it stands."""

    name: str
    line: int


class CompiledTemplate:
    """A template split once, to be filled for many rows.

    `required` are the uses outside scripts: publishing needs a column for each.  `in_scripts` are
    the uses inside scripts, which may as well be JavaScript's own.  `look_alikes` are the `${`
    outside scripts that are no variables.
    """

    def __init__(self, html: str) -> None:
        self._pieces: list[str] = []
        self._names: list[tuple[int, str]] = []
        required: list[Use] = []
        in_scripts: list[Use] = []
        look_alikes: list[Use] = []
        lines, script_spans, end = markup.Lines(html), markup.Spans(markup.contents(html, "script")), 0
        for match in _DOLLAR_BRACE.finditer(html):
            name, line = (match[1] or "").strip(" \t"), lines.line_of(match.start())
            is_in_script = script_spans.hold(match.start())
            if _is_name(name):
                self._pieces += html[end : match.start()], match[0]
                self._names.append((len(self._pieces) - 1, name))
                end = match.end()
                (in_scripts if is_in_script else required).append(Use(name, line))
            elif not is_in_script:
                look_alikes.append(Use(match[0] if match[1] is not None else _unclosed(html, match), line))
        self._pieces.append(html[end:])
        self.required, self.in_scripts = tuple(required), tuple(in_scripts)
        self.look_alikes = tuple(look_alikes)

    @property
    def names(self) -> tuple[str, ...]:
        """Every variable once, in the order of first use, in scripts or not."""
        return tuple(dict.fromkeys(name for _, name in self._names))

    def fill(self, values: Mapping[str, str]) -> str:
        """The page of one row: raw values in place of variables; those without a value stay as written.

        What a value holds is not looked at again, though it read `${name}`.
        """
        pieces = self._pieces.copy()
        for index, name in self._names:
            value = values.get(name)
            if value is not None:
                pieces[index] = value
        return "".join(pieces)


def compile_template(html: str) -> CompiledTemplate:
    """The template, ready to be filled; never refuses, in linear time whatever the HTML."""
    return CompiledTemplate(html)


def fill(html: str, values: Mapping[str, str]) -> str:
    """The page of one row; for many rows of one template, compile it once."""
    return compile_template(html).fill(values)


def column_like(name: str, columns: Iterable[str]) -> str | None:
    """A column that was probably meant by `name`: the same but for case, spaces and signs between words."""
    wanted = _loosely(name)
    return next((column for column in columns if _loosely(column) == wanted), None)


def _unclosed(html: str, match: re.Match[str]) -> str:
    """What was to become a variable, with its name if it has one."""
    name = _PLAIN_NAME.match(html, match.end())
    return match[0] + (name[0] if name else "")


def _loosely(name: str) -> str:
    return re.sub(r"[\s_.-]+", "", unicodedata.normalize("NFKC", name)).casefold()


def _is_name(text: str) -> bool:
    if _PLAIN_NAME.fullmatch(text):
        return any(char.isalnum() or char == "_" for char in text)
    if text.isascii():
        return False
    # Python's \w lacks the vowel signs of many scripts (combining marks).
    return all(char in " _-." or char.isalnum() or unicodedata.category(char)[0] == "M" for char in text)
