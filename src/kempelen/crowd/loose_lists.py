"""Lists in attributes as our elements read them: the counterpart of parts/loose-lists.js, rule for rule.

They are JavaScript-like, not JSON: single quotes, bare keys, trailing commas, comments, and what loops of
templates leave behind.  Nothing of it is ever run.  Both must agree on every text; a test asks them both.
"""

import re
from typing import Any

DEEPEST = 200

# JavaScript's white space, which differs from Python's.
_SPACES = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_SPACE = re.compile(rf"(?:[{_SPACES}]|/\*.*?\*/|//[^\n\r]*)*+", re.DOTALL)
_AFTER_QUOTE = re.compile(rf"[{_SPACES}]*+(?:[,:\]}}]|/\*|//|\Z)")
_PLAIN = re.compile(
    r"(?:true|false|null|undefined|[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)"
    rf"(?=[{_SPACES}]*(?:[,\]}};]|/[*/]|\Z))",
    re.IGNORECASE | re.ASCII,
)
_CODE = re.compile(r"u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})", re.IGNORECASE | re.ASCII)
_KEY = re.compile(rf"[^{_SPACES}:,{{}}[\]'\"`]+")
_BARE = re.compile(r"[^,[\]{}'\"`]+")
_ENDS = {quote: re.compile(rf"[{quote}\\]") for quote in "'\"`"}
_TRIMMED = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}


class NotAList(Exception):
    """The text is nothing that can be read; `str()` says what is wrong and at which character."""


def parse_loosely(text: str) -> Any:
    """Read a value as an element reads its attribute; raises `NotAList`, which says where and why."""
    reader = _Reader(text)
    value = reader.value()
    if reader.peek() not in ("", ";"):
        reader.fail("Something after the end")
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def fail(self, what: str) -> None:
        raise NotAList(f"{what} at character {self.at + 1}")

    def peek(self) -> str:
        """Skip space and comments; gives the sign that follows, or nothing at the end."""
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at : self.at + 1]

    def value(self) -> Any:
        sign = self.peek()
        if sign == "[":
            return self.list_()
        if sign == "{":
            return self.record()
        return self.quoted() if sign in _ENDS else self.bare()

    def has_more(self, end: str) -> bool:
        """Go to the next item within brackets; at the end, leave them."""
        while (sign := self.peek()) == ",":
            self.at += 1
        if sign == "":
            self.fail(f"A missing {end}")
        if sign == end:
            self.at += 1
            self.depth -= 1
        return sign != end

    def enter(self) -> None:
        self.at += 1
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail("Brackets too deep")

    def list_(self) -> list[Any]:
        self.enter()
        items = []
        while self.has_more("]"):
            items.append(self.value())
        return items

    def record(self) -> dict[str, Any]:
        self.enter()
        pairs = {}
        while self.has_more("}"):
            key = self.quoted() if self.text[self.at] in _ENDS else self.run(_KEY)
            if self.peek() != ":":
                self.fail("A missing colon")
            self.at += 1
            pairs[key] = self.value()
        return pairs

    def quoted(self) -> str:
        quote = self.text[self.at]
        parts, at = [], self.at + 1
        while match := _ENDS[quote].search(self.text, at):
            parts.append(self.text[at : match.start()])
            at = match.end()
            if match[0] == "\\":
                part, at = self.escaped(at)
                parts.append(part)
            elif _AFTER_QUOTE.match(self.text, at):
                self.at = at
                return _joined("".join(parts))
            else:
                parts.append(quote)
        self.fail(f"A missing {quote}")
        return ""

    def escaped(self, at: int) -> tuple[str, int]:
        """What the escape at a place stands for, and where it ends."""
        match = _CODE.match(self.text, at)
        number = int(match[1] or match[2] or match[3], 16) if match else 0
        if match and number <= 0x10FFFF:
            return chr(number), match.end()
        sign = self.text[at : at + 1]
        return _ESCAPES.get(sign, sign), at + 1

    def run(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if not match:
            self.fail("Something unexpected")
            return ""
        self.at = match.end()
        return match[0]

    def bare(self) -> Any:
        """A number, true, false, null, or words without quotes up to the next comma or bracket."""
        match = _PLAIN.match(self.text, self.at)
        if not match:
            return self.run(_BARE).strip(_TRIMMED)
        self.at = match.end()
        word = match[0].lower()
        return _WORDS[word] if word in _WORDS else _number(match[0])


def _number(text: str) -> int | float:
    """As JavaScript has it: all numbers are of double precision."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _joined(text: str) -> str:
    """Two escapes may be halves of one sign."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
