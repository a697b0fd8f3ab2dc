"""What lxml says of a document that is no XML, in the words of MTurk's parser (question-schemas.md §1.2)."""

import re

from lxml import etree

_POSITION = re.compile(r", line \d+, column \d+\Z")
_REFERENCE = re.compile(r"&([\w.:-]+)\Z")
_LONGEST_NAME = 100
# {0} and {1} are what the pattern found.
_WORDS = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (r"Document is empty", "Premature end of file."),
        (r"Start tag expected, '<' not found", "Content is not allowed in prolog."),
        (
            r"Extra content at the end of the document",
            "The markup in the document following the root element must be well-formed.",
        ),
        (
            r"Premature end of data in tag .*|Couldn't find end of Start Tag .*|Comment not terminated"
            r"|AttValue: ' expected",
            "XML document structures must start and end within the same entity.",
        ),
        (
            r"Opening and ending tag mismatch: (\S+) line .*",
            'The element type "{0}" must be terminated by the matching end-tag "</{0}>".',
        ),
        (r"Entity '(.*)' not defined", 'The entity "{0}" was referenced, but not declared.'),
        (
            r"xmlParseEntityRef: no name",
            "The entity name must immediately follow the '&' in the entity reference.",
        ),
        (
            r"xmlParseCharRef: invalid xmlChar value (\d+)",
            'Character reference "&#{0}" is an invalid XML character.',
        ),
        (
            r"(?:PCDATA|CData section|CDATA) .*?(?:invalid Char value|Char 0x)\s*(\w+).*",
            "An invalid XML character was found in the element content of the document.",
        ),
        (
            r"XML declaration allowed only at the start of the document",
            'The processing instruction target matching "[xX][mM][lL]" is not allowed.',
        ),
        (
            r"Namespace prefix (\S+) on (\S+) is not defined",
            'The prefix "{0}" for element "{0}:{1}" is not bound.',
        ),
        (
            r"Sequence '\]\]>' not allowed in content",
            'The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA '
            "section.",
        ),
        (
            r"Unescaped '<' not allowed in attributes values",
            "The value of an attribute must not contain the '<' character.",
        ),
    )
)


def in_words(error: etree.XMLSyntaxError, text: str) -> str:
    """Give Xerces's message for one of libxml2's, and its place; one that is not known stays as it is."""
    line, column = error.position
    message = _POSITION.sub("", str(error.msg))
    return f"{_words(message, text, line, column)} (line {line}, column {column})"


def _words(message: str, text: str, line: int, column: int) -> str:
    if message == "EntityRef: expecting ';'" and (name := _name_before(text, line, column)):
        return f"The reference to entity \"{name}\" must end with the ';' delimiter."
    for pattern, words in _WORDS:
        if found := pattern.fullmatch(message):
            return words.format(*(group[:_LONGEST_NAME] for group in found.groups()))
    return message[:1000]


def _name_before(text: str, line: int, column: int) -> str:
    """Give the name of the entity that ends at a place, counted in bytes as libxml2 counts."""
    lines = text.split("\n")
    if not 0 < line <= len(lines):
        return ""
    before = lines[line - 1].encode(errors="replace")[: column - 1].decode(errors="replace")
    found = _REFERENCE.search(before[-_LONGEST_NAME:])
    return found[1] if found else ""
