"""Faults of HTML pages that MTurk refused an HTMLQuestion for (question-schemas.md §1.2, §4.1).

Only what no browser can read as it was meant: tags that run into each other, end too early or come twice.
Tags that HTML lets one leave out may be missing, and so may a doctype; end tags that close nothing pass.
"""

from collections.abc import Iterator
from itertools import islice

from kempelen.domain.batches.markup import Lines, Tag, tags
from kempelen.domain.errors import DocumentRefused

_ONCE = frozenset({"html", "body"})
_MOST_FAULTS = 10
_SHOWN = 1000


def check(html: str) -> None:
    """Refuse a page that is empty or has faults, with the line and column of each, counted from 1."""
    found = list(islice(_faults(html), _MOST_FAULTS)) if html.strip() else [(0, "The document is empty.")]
    if not found:
        return
    lines = Lines(html)
    listed = " ".join(f"<! [{_place(html, at, lines)}] {text} !>" for at, text in found)
    shown = html if len(html) <= _SHOWN else f"{html[:_SHOWN]}…"
    raise DocumentRefused(
        "There was an error parsing the HTML5 data in your request.  Please make sure the data is "
        f"well-formed and validates as HTML5. Details: Errors: {listed} Invalid content: \n{shown}",
        code="XHTMLParseError",
    )


def _faults(html: str) -> Iterator[tuple[int, str]]:
    """Give the places of the faults and what they are, in their order."""
    seen = set[str]()
    for tag in tags(html):
        if not tag.is_closed:
            yield tag.start, f"End of file within {_named(tag)}."
        if tag.is_end:
            continue
        if tag.name in _ONCE and tag.name in seen:
            yield (
                tag.start,
                f"An “{tag.name}” start tag seen but an element of the same type was already open.",
            )
        seen.add(tag.name)
        yield from _attribute_faults(tag)


def _attribute_faults(tag: Tag) -> Iterator[tuple[int, str]]:
    names, last_end = set[str](), -1
    for name, start, end in tag.attribute_places():
        if start == last_end:
            yield start, "No space between attributes."
        if name in names:
            yield start, f"Duplicate attribute “{name[:100]}”."
        names.add(name)
        last_end = end


def _named(tag: Tag) -> str:
    return "a comment" if tag.name == "!--" else f"“{tag.name[:100]}”"


def _place(html: str, at: int, lines: Lines) -> str:
    line_start = max(html.rfind("\n", 0, at), html.rfind("\r", 0, at)) + 1
    return f"{lines.line_of(at)},{at - line_start + 1}"
