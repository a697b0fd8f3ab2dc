"""Where the tags of an HTML page are, found as a browser's tokenizer finds them.

Python's `html.parser` differs from browsers (and from itself, between releases) about comments,
unclosed scripts and quoted `>`, and takes quadratic time on some pages.  This reads each character
once, whatever the page holds.
"""

import re
import string
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

# A browser takes what is inside these as plain text up to their end tag.  `noscript` is one of them,
# since templates only ever run where scripts do.
_RAW_TEXT = frozenset(
    ["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"]
)

_LETTERS = frozenset(string.ascii_letters)
_ATTRIBUTE = re.compile(
    r"""([^\t\n\f\r />][^\t\n\f\r />=]*+)
        (?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|([^\t\n\f\r >]*+)))?+""",
    re.VERBOSE,
)
_TAG = re.compile(
    rf"""</?+(?P<name>[A-Za-z][^\t\n\f\r />]*+)
        (?P<attributes>(?:[\t\n\f\r /]++|{_ATTRIBUTE.pattern})*+)
        (?P<close>>?)""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
_RAW_END = {
    name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII)
    for name in _RAW_TEXT - {"script", "plaintext"}
}
_SCRIPT_MARK = re.compile(r"<!--|-->|</?script(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII)
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; or, with `is_closed` false, whatever swallows the rest of the page.

    `content_end` is where the text of a script, style, textarea and the like stops; for other
    elements it equals `end`.  An unclosed comment has the name `!--`.
    """

    name: str
    start: int
    end: int
    content_end: int
    attribute_text: str = ""
    is_end: bool = False
    is_closed: bool = True

    def attributes(self) -> dict[str, str]:
        """Attribute values by lower-case name; of two with one name the first counts."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.attribute_text):
            name, double, single, bare = match.groups()
            found.setdefault(name.lower(), double or single or bare or "")
        return found

    def attribute_places(self) -> Iterator[tuple[str, int, int]]:
        """Each attribute's lower-case name, and where in the page it begins and ends."""
        offset = self.start + len("</" if self.is_end else "<") + len(self.name)
        for match in _ATTRIBUTE.finditer(self.attribute_text):
            yield match[1].lower(), offset + match.start(), offset + match.end()


def tags(html: str) -> Iterator[Tag]:
    """The tags of a page in their order, without what only looks like one (comments, text of scripts)."""
    at = html.find("<")
    while at >= 0:
        tag = _markup_at(html, at)
        if tag is None:
            at = html.find("<", at + 1)
            continue
        if tag.name != "!" and (tag.name != "!--" or not tag.is_closed):
            yield tag
        if not tag.is_closed:
            return
        at = html.find("<", tag.content_end)


class Lines:
    """Line numbers of a text's positions, counted from 1 as editors do."""

    def __init__(self, text: str) -> None:
        self._starts = [match.end() for match in _LINE_END.finditer(text)]

    def line_of(self, position: int) -> int:
        """The line that holds the character at `position`."""
        return bisect_right(self._starts, position) + 1


def contents(html: str, *names: str) -> Iterator[tuple[int, int]]:
    """Where the text within elements such as scripts begins and ends."""
    return ((tag.end, tag.content_end) for tag in tags(html) if tag.name in names and not tag.is_end)


class Spans:
    """Membership of ascending positions in ascending spans, in one walk."""

    def __init__(self, spans: Iterator[tuple[int, int]]) -> None:
        self._spans = spans
        self._start, self._end = next(spans, (-1, -1))

    def hold(self, position: int) -> bool:
        """Whether the position is in a span; positions must be asked in ascending order."""
        while self._end >= 0 and position >= self._end:
            self._start, self._end = next(self._spans, (-1, -1))
        return self._start <= position < self._end


def _markup_at(html: str, at: int) -> Tag | None:
    following = html[at + 1 : at + 3]
    if following[:1] in ("!", "?") or (following[:1] == "/" and following[1:] not in _LETTERS):
        return _not_a_tag(html, at)
    match = _TAG.match(html, at)
    if match is None:
        return None
    name = match["name"].lower()
    is_end, is_closed = following[0] == "/", bool(match["close"])
    end = content_end = match.end()
    if is_closed and not is_end and name in _RAW_TEXT:
        found = _raw_text_end(html, end, name)
        is_closed = found is not None
        content_end = len(html) if found is None else found
    return Tag(name, at, end, content_end, match["attributes"], is_end, is_closed)


def _not_a_tag(html: str, at: int) -> Tag:
    """A comment, a doctype, or what a browser takes for a comment (`<?xml …>`, `</ …>`)."""
    if html.startswith("<!--", at):
        match = _COMMENT.match(html, at)
        end = match.end() if match else len(html)
        return Tag("!--", at, end, end, is_closed=match is not None)
    end = html.find(">", at) + 1
    return Tag("!", at, end or len(html), end or len(html), is_closed=end > 0)


def _raw_text_end(html: str, start: int, name: str) -> int | None:
    if name == "plaintext":
        return None
    if name == "script":
        return _script_end(html, start)
    match = _RAW_END[name].search(html, start)
    return match.start() if match else None


def _script_end(html: str, start: int) -> int | None:
    """Where a script stops.  After `<!--`, a `<script>` in it hides the next `</script>`."""
    in_comment = in_inner_script = False
    match = _SCRIPT_MARK.search(html, start)
    while match:
        mark, position = match[0].lower(), match.end()
        if mark == "<!--":
            in_comment, position = True, match.start() + 2  # the dashes of `<!-->` also end it
        elif mark == "-->":
            in_comment = in_inner_script = False
        elif mark == "<script":
            in_inner_script = in_comment
        elif in_inner_script:
            in_inner_script = False
        else:
            return match.start()
        match = _SCRIPT_MARK.search(html, position)
    return None
