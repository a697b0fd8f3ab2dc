"""FormattedContent: the subset of XHTML that forms may show (question-schemas.md §3)."""

import re
from html.entities import name2codepoint

from lxml import etree

from kempelen.domain.errors import DocumentRefused
from kempelen.domain.questions import validation, xml

_ENTITY = re.compile(r"&(\w+);", re.ASCII)
_SHOWN = 1000
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


def check(content: str) -> None:
    """Refuse content that is not well-formed, or has more than the subset."""
    parse(content)


def parse(content: str) -> etree._Element:
    """Give the tree of the content, in the namespace of XHTML, less comments and instructions; or refuse.

    The names of HTML's entities mean their characters, though MTurk's description would have refused them:
    its own examples use them.
    """
    named = _ENTITY.sub(_character, content)
    wrapped = f'<FormattedContent xmlns="{validation.XHTML}">{named}</FormattedContent>'

    def refusal(reason: str) -> DocumentRefused:
        shown = wrapped if len(wrapped) <= _SHOWN else f"{wrapped[:_SHOWN]}…"
        return DocumentRefused(
            "There was an error parsing the XHTML data in your request. Please make sure the data is "
            f"well-formed and validates against the appropriate schema. Details: {reason} Invalid content: "
            f"{shown}",
            code="XHTMLParseError",
        )

    root = xml.parse(wrapped, refusal=refusal)
    if fault := validation.first_fault(root):
        raise refusal(fault)
    return root


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    return entity[0] if name in _OF_XML or name not in name2codepoint else chr(name2codepoint[name])
