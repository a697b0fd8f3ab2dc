"""Regular expressions of JavaScript's, which forms check answers with (question-schemas.md §2.3, §7.3).

They are written anew for the `regex` package, sign by sign, as a browser reads them without its `u` flag:
over units of UTF-16, with its own meaning of `\\d`, `\\s`, `$` and of what is no escape at all.  They are the
requester's, and could take for ever on an answer made for it, so that they run with a limit.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

_SECONDS = 0.5
_LONGEST_TEXT = 1_000_000
_LONGEST_PATTERN = 5_000
# Signs that a pattern at least stands for, all repetitions written out: compiling takes memory for each.
_MOST_SIGNS = 100_000
_DIGITS = "0-9"
_WORDS = "0-9A-Z_a-z"
_SPACES = "\\t-\\r \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
# Classes by their letter, and what they leave out: classes do not nest here.
_CLASSES = {
    "d": _DIGITS,
    "D": "\\x00-/:-\\uffff",
    "w": _WORDS,
    "W": "\\x00-/:-@\\[-\\^`{-\\uffff",
    "s": _SPACES,
    "S": "\\x00-\\x08\\x0e-\\x1f!-\\x9f\\xa1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-"
    "\\u205e\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-\\uffff",
}
_ANYTHING = "[\\x00-\\uffff]"
_BOUNDARIES = {
    "b": f"(?:(?<=[{_WORDS}])(?![{_WORDS}])|(?<![{_WORDS}])(?=[{_WORDS}]))",
    "B": f"(?:(?<=[{_WORDS}])(?=[{_WORDS}])|(?<![{_WORDS}])(?![{_WORDS}]))",
}
_CONTROLS = {"f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_PLAIN = {".": "[^\\n\\r\\u2028\\u2029]", "^": "\\A", "$": "\\Z", "|": "|"}
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(?P<least>[0-9]+)(?P<open>,(?P<most>[0-9]*))?\})\??")
_GROUP = re.compile(r"\((?:\?(?:[:=!]|<[=!]|<(?P<name>[A-Za-z_$][\w$]*)>))?", re.ASCII)
_NAMED = re.compile(r"\(\?<(?![=!])")
_ESCAPED = re.compile(
    r"\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|c(?P<c>[A-Za-z])|(?P<o>[0-3]?[0-7]{1,2}))"
)
_REFERENCE = re.compile(r"\\(?P<number>[1-9][0-9]*)|\\k<(?P<name>[^>]+)>")
# Escapes and classes, in which no group begins; and the groups that can be referred to.
_IN_CLASSES = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])*+\]?", re.DOTALL)
_COUNTED = re.compile(r"\((?!\?)|\(\?<(?![=!])")
_MOST_REPEATED = 2**32 - 1


class NotAPattern(ValueError):
    """A browser would not take it; says why."""


class _TooLarge(Exception):
    """To look for it here would cost too much."""


def finds(pattern: str, text: str, *, ignores_case: bool = False) -> bool:
    """Tell whether the pattern is found somewhere in the text.

    A pattern that is none, or does not come to an end in time, lets everything pass, and so does one that
    would have to look through a book: it has been checked in the browser, and is no fault of who answers.
    """
    if len(text) > _LONGEST_TEXT:
        return True
    try:
        compiled = _compiled(pattern, ignores_case)
        return compiled.search(_units(text), timeout=_SECONDS) is not None
    except (NotAPattern, _TooLarge, TimeoutError):
        return True


def check(pattern: str) -> None:
    """Refuse with `NotAPattern` what a browser would not take, as far as it is looked at here."""
    with suppress(_TooLarge):
        _compiled(pattern, False)


@lru_cache(maxsize=256)
def _compiled(pattern: str, ignores_case: bool) -> Any:
    if len(pattern) > _LONGEST_PATTERN:
        raise _TooLarge
    written = _Writer(_units(pattern)).whole()
    try:
        return regex.compile(written, regex.VERSION0 | (regex.IGNORECASE if ignores_case else 0))
    except RecursionError as error:
        raise _TooLarge from error
    except (regex.error, OverflowError) as error:
        raise NotAPattern(str(error)) from error


def _units(text: str) -> str:
    """Give text with each unit of UTF-16 as a sign of its own."""
    if text.isascii():
        return text
    raw = text.encode("utf-16-be", "surrogatepass")
    return "".join(chr(int.from_bytes(raw[at : at + 2], "big")) for at in range(0, len(raw), 2))


def _literal(sign: str) -> str:
    return sign if sign.isascii() and sign.isalnum() else f"\\u{ord(sign):04x}"


@dataclass(frozen=True)
class _Group:
    """A group that is open: whether it may be repeated, and what a reference calls it."""

    may_repeat: bool
    names: tuple[str, ...] = ()


class _Writer:
    """Reads a pattern once from its start to its end; `at` is where it is."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        bare = _IN_CLASSES.sub("", pattern)
        self.has_names = _NAMED.search(bare) is not None
        self.groups = len(_COUNTED.findall(bare))
        self.counted = 0
        # How many signs each open group stands for so far, and the last thing that can be repeated.
        self.sizes = [0]
        self.last_size = 0
        self.open: list[_Group] = []

    def whole(self) -> str:
        """Give the pattern as `regex` reads it."""
        written = []
        may_repeat = False
        while self.at < len(self.pattern):
            piece, may_repeat = self._next(may_repeat)
            written.append(piece)
            if may_repeat and piece != ")":
                self._grow(1)
        if self.open:
            raise NotAPattern("a group has no end")
        return "".join(written)

    def _next(self, may_repeat: bool) -> tuple[str, bool]:
        """Give the next piece, and whether it can be repeated."""
        sign = self.pattern[self.at]
        quantifier = _QUANTIFIER.match(self.pattern, self.at)
        if quantifier:
            return self._repeated(quantifier, may_repeat), False
        readers: dict[str, Callable[[], tuple[str, bool]]] = {
            "\\": self._escape,
            "[": self._class,
            "(": self._group,
            ")": self._group_end,
        }
        if sign in readers:
            return readers[sign]()
        self.at += 1
        return _PLAIN.get(sign) or _literal(sign), sign not in "^$|"

    def _grow(self, size: int) -> None:
        self.sizes[-1] += size
        self.last_size = size
        if self.sizes[-1] > _MOST_SIGNS:
            raise _TooLarge

    def _repeated(self, quantifier: re.Match[str], may_repeat: bool) -> str:
        if not may_repeat:
            raise NotAPattern("nothing to repeat")
        self.at = quantifier.end()
        least, most = quantifier["least"], quantifier["most"]
        if least is None:
            return quantifier[0]
        if most and int(most) < int(least):
            raise NotAPattern("numbers out of order in a quantifier")
        self._grow(self.last_size * min(int(least), _MOST_SIGNS))
        # More than there are signs in any answer is as good as no end.
        bounds = [str(min(int(bound), _MOST_REPEATED)) if bound else "" for bound in (least, most)]
        lazy = "?" if quantifier[0].endswith("?") else ""
        return f"{{{bounds[0]}{',' + bounds[1] if quantifier['open'] else ''}}}{lazy}"

    def _group(self) -> tuple[str, bool]:
        found = _GROUP.match(self.pattern, self.at)
        assert found
        if self.pattern[found.end() : found.end() + 1] == "?" and found[0] == "(":
            raise NotAPattern("an unknown kind of group")
        self.at = found.end()
        self.sizes.append(0)
        if found[0] == "(" or found["name"]:
            self.counted += 1
            self.open.append(_Group(True, (str(self.counted), found["name"])))
        else:
            # What looks behind cannot be repeated.
            self.open.append(_Group(not found[0].startswith(("(?<=", "(?<!"))))
        return (f"(?P<{found['name']}>" if found["name"] else found[0]), False

    def _group_end(self) -> tuple[str, bool]:
        if not self.open:
            raise NotAPattern("a group has no beginning")
        self.at += 1
        self._grow(self.sizes.pop())
        return ")", self.open.pop().may_repeat

    def _escape(self) -> tuple[str, bool]:
        letter = self.pattern[self.at + 1 : self.at + 2]
        if not letter:
            raise NotAPattern("a backslash stands at the end")
        if letter in _BOUNDARIES:
            self.at += 2
            return _BOUNDARIES[letter], False
        if letter in _CLASSES:
            self.at += 2
            return f"[{_CLASSES[letter]}]", True
        reference = self._reference()
        return (reference or _literal(self._escaped_sign())), True

    def _reference(self) -> str:
        """Give a reference to a group, which is empty where the group is; nothing where there is none."""
        found = _REFERENCE.match(self.pattern, self.at)
        if not found:
            if self.has_names and self.pattern.startswith("\\k", self.at):
                raise NotAPattern("a reference without a name")
            return ""
        name = found["name"]
        if name is not None and not self.has_names:
            return ""
        if name is None and int(found["number"]) > self.groups:
            return ""
        self.at = found.end()
        called = name or found["number"]
        if any(called in group.names for group in self.open):
            return "(?:)"  # which holds nothing yet
        return f"(?({called}){f'(?P={name})' if name else chr(92) + called})"

    def _escaped_sign(self) -> str:
        found = _ESCAPED.match(self.pattern, self.at)
        if not found:
            letter = self.pattern[self.at + 1]
            if letter == "c":  # of no control sign: the backslash is one itself
                self.at += 1
                return "\\"
            self.at += 2
            return _CONTROLS.get(letter, letter)
        self.at = found.end()
        if found["c"]:
            return chr(ord(found["c"]) % 32)
        return chr(int(found["o"], 8) if found["o"] else int(found["x"] or found["u"], 16))

    def _class(self) -> tuple[str, bool]:
        self.at += 1
        is_not = self.pattern.startswith("^", self.at)
        self.at += is_not
        parts: list[str] = []
        while not self.pattern.startswith("]", self.at):
            parts.append(self._range())
        self.at += 1
        if not parts:
            return (_ANYTHING if is_not else "(?!)"), True
        return f"[{'^' if is_not else ''}{''.join(parts)}]", True

    def _range(self) -> str:
        """Give a part of a class: a sign, a class of its own, or all from one to the other."""
        first = self._member()
        rest = self.pattern[self.at : self.at + 2]
        if len(rest) < 2 or rest[0] != "-" or rest[1] == "]":
            return first
        self.at += 1
        last = self._member()
        if "-" in first[1:] or "-" in last[1:] or not (_is_one(first) and _is_one(last)):
            return f"{first}\\-{last}"
        if _unit(first) > _unit(last):
            raise NotAPattern("a range is out of order")
        return f"{first}-{last}"

    def _member(self) -> str:
        if self.at >= len(self.pattern):
            raise NotAPattern("a class has no end")
        sign = self.pattern[self.at]
        if sign != "\\":
            self.at += 1
            return _literal(sign)
        letter = self.pattern[self.at + 1 : self.at + 2]
        if not letter:
            raise NotAPattern("a backslash stands at the end")
        if letter in _CLASSES:
            self.at += 2
            return _CLASSES[letter]
        if letter == "b":
            self.at += 2
            return "\\x08"
        if letter == "c" and (control := re.match(r"[0-9_]", self.pattern[self.at + 2 : self.at + 3])):
            self.at += 3
            return f"\\u{ord(control[0]) % 32:04x}"
        return _literal(self._escaped_sign())


def _is_one(member: str) -> bool:
    return len(member) == 1 or re.fullmatch(r"\\(?:u[0-9a-f]{4}|x08)", member) is not None


def _unit(member: str) -> int:
    return ord(member) if len(member) == 1 else int(member[2:], 16)
