"""Texts that a regular expression of JavaScript's would take, as far as it is an ordinary one.

A sample is a guess: who asks checks it with `javascript_patterns`, and asks again.  Look-ahead and references
are passed over.
"""

import re
from random import Random

_MOST_MORE = 3
_LONGEST = 5_000
_MOST_SIGNS = 20_000
_DEEPEST = 40
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_CLASSES = {
    "d": _DIGITS,
    "w": _LETTERS + _LETTERS.upper() + _DIGITS + "_",
    "s": " ",
    "D": _LETTERS + " -",
    "W": " -.,!",
    "S": _LETTERS + _DIGITS,
}
_ALL = _LETTERS + _LETTERS.upper() + _DIGITS + " .,-_!?@#/:;+*()"
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d{1,5})(?:(,)(\d{0,5}))?\})\??")
_CODE = re.compile(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})")
_LOOKS = re.compile(r"\?(?:<?[=!])")
_NAMES = re.compile(r"\?(?::|<[A-Za-z_$][\w$]*>)")


def sample(pattern: str, random: Random) -> str | None:
    """Give a text that the pattern is likely to be found in; None for one that cannot be followed."""
    if len(pattern) > _LONGEST:
        return None
    reader = _Reader(pattern, random)
    try:
        return reader.alternatives(0)
    except _TooHard:
        return None


class _TooHard(Exception):
    pass


class _Reader:
    """Walks along the pattern once for each alternative that it takes."""

    def __init__(self, pattern: str, random: Random) -> None:
        self.pattern = pattern
        self.random = random
        self.at = 0
        self.left = _MOST_SIGNS

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def alternatives(self, depth: int) -> str:
        """Read to the end of the group; gives a text of one of its alternatives."""
        if depth > _DEEPEST:
            raise _TooHard
        found = [self.sequence(depth)]
        while self.peek() == "|":
            self.at += 1
            found.append(self.sequence(depth))
        return self.random.choice(found)

    def sequence(self, depth: int) -> str:
        parts: list[str] = []
        while (sign := self.peek()) and sign not in "|)":
            start = self.at
            part = self.atom(depth)
            least, most = self.times()
            if (least, most) != (1, 1):
                part = self.repeated(start, depth, least, most)
            parts.append(part)
            self.left -= len(part) + 1
            if self.left < 0:
                raise _TooHard
        return "".join(parts)

    def repeated(self, start: int, depth: int, least: int, most: int) -> str:
        """Make the atom that began there several times, each anew."""
        end, parts = self.at, []
        for _ in range(self.random.randint(least, most)):
            self.at = start
            parts.append(self.atom(depth))
            self.left -= len(parts[-1]) + 1
            if self.left < 0:
                raise _TooHard
        self.at = end
        return "".join(parts)

    def times(self) -> tuple[int, int]:
        match = _QUANTIFIER.match(self.pattern, self.at)
        if not match:
            return 1, 1
        self.at = match.end()
        if match[1]:
            return {"*": (0, _MOST_MORE), "+": (1, 1 + _MOST_MORE), "?": (0, 1)}[match[1]]
        least = int(match[2])
        most = least if not match[3] else int(match[4]) if match[4] else least + _MOST_MORE
        if most < least:
            raise _TooHard
        return least, most

    def atom(self, depth: int) -> str:
        sign = self.peek()
        self.at += 1
        match sign:
            case "^" | "$":
                return ""
            case ".":
                return self.random.choice(_ALL)
            case "(":
                return self.group(depth)
            case "[":
                return self.random.choice(self.members())
            case "\\":
                return self.escaped()
        return sign

    def group(self, depth: int) -> str:
        if looks := _LOOKS.match(self.pattern, self.at):
            self.at = looks.end()
            self.alternatives(depth + 1)
            text = ""
        else:
            if named := _NAMES.match(self.pattern, self.at):
                self.at = named.end()
            text = self.alternatives(depth + 1)
        if self.peek() != ")":
            raise _TooHard
        self.at += 1
        return text

    def escaped(self) -> str:
        letter = self.peek()
        if not letter:
            raise _TooHard
        if letter in "bB":
            self.at += 1
            return ""
        if letter in _CLASSES:
            self.at += 1
            return self.random.choice(_CLASSES[letter])
        if letter in "123456789k":
            raise _TooHard
        return self.sign()

    def sign(self) -> str:
        """Read an escape of one sign, after its backslash."""
        if code := _CODE.match(self.pattern, self.at):
            self.at = code.end()
            return chr(int(code[1] or code[2], 16))
        letter = self.peek()
        self.at += 1
        return _CONTROLS.get(letter, letter)

    def members(self) -> str:
        """Read a class to its end; gives the signs in it, of one that leaves out those of usual text."""
        is_not = self.peek() == "^"
        self.at += is_not
        found: list[str] = []
        while self.peek() != "]":
            if not self.peek():
                raise _TooHard
            found.append(self.range())
        self.at += 1
        signs = "".join(found)
        if is_not:
            signs = "".join(one for one in _ALL if one not in signs)
        if not signs:
            raise _TooHard
        return signs

    def range(self) -> str:
        first = self.member()
        is_range = self.peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("]", "")
        if not is_range or len(first) != 1:
            return first
        self.at += 1
        last = self.member()
        if len(last) != 1 or last < first:
            return f"{first}-{last}"
        codes = range(ord(first), min(ord(last), ord(first) + 500) + 1)
        return "".join(map(chr, codes))

    def member(self) -> str:
        sign = self.peek()
        self.at += 1
        if sign != "\\":
            return sign
        letter = self.peek()
        if letter in _CLASSES:
            self.at += 1
            return _CLASSES[letter]
        return self.sign()
