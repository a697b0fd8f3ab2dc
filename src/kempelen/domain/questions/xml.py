"""XML as strangers send it: read without DTD, entities or network (question-schemas.md §9).

lxml parses what MTurk's documents are, at a twentieth of the cost of pure Python, and validates against
schemas.  A document type is refused before the parser sees it: with it go external entities, expansion
bombs and attribute defaults.
"""

import re
from collections.abc import Callable

from lxml import etree

from kempelen.domain.errors import DocumentRefused, WrongLength
from kempelen.domain.questions import syntax_faults

NAMESPACES = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/"
LONGEST_BYTES = 65_535
DEEPEST = 64

_DOCTYPE = re.compile(r"(?:<\?.*?\?>|<!--.*?-->|\s++)*+<!DOCTYPE", re.DOTALL)
# Files have none of it, but texts that a program put together may begin with both.
_BEFORE = "\N{ZERO WIDTH NO-BREAK SPACE}"


def refuse(details: str) -> DocumentRefused:
    """Give the refusal of a document, in MTurk's words (question-schemas.md §1.2)."""
    return DocumentRefused(
        "There was an error parsing the XML question or answer data in your request. Please make sure the "
        f"data is well-formed and validates against the appropriate schema. Details: {details}",
        code="XMLParseError",
    )


def parse(
    text: str,
    *,
    parameter: str = "Question",
    refusal: Callable[[str], DocumentRefused] = refuse,
    keeps_comments: bool = False,
) -> etree._Element:
    """Give the root of the document, or refuse what is too long, no XML, or more than plain XML.

    `refusal` puts the reason into what is raised.  Comments, instructions and CDATA sections are left out,
    unless the document is to be written again.
    """
    try:
        content = text.removeprefix(_BEFORE).encode()
    except UnicodeEncodeError as error:
        raise refusal("An invalid XML character was found in the document.") from error
    if len(content) > LONGEST_BYTES:
        raise WrongLength(parameter, limit=LONGEST_BYTES)
    return _root(content, text.removeprefix(_BEFORE), refusal, keeps_comments=keeps_comments)


def parse_own(text: str) -> etree._Element:
    """Give the root of a document of any length, as our own are."""
    return _root(text.encode(), text, refuse)


def local_name(element: etree._Element) -> str:
    """Give an element's name without its namespace."""
    return str(etree.QName(element).localname)


def _root(
    content: bytes, text: str, refusal: Callable[[str], DocumentRefused], *, keeps_comments: bool = False
) -> etree._Element:
    if _DOCTYPE.match(text):
        raise refusal("DOCTYPE is not allowed.")
    # The text is decoded already: an encoding that the document names is not used.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=len(content) > LONGEST_BYTES,
        remove_comments=not keeps_comments,
        remove_pis=not keeps_comments,
        strip_cdata=not keeps_comments,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise refusal(syntax_faults.in_words(error, text)) from error
    about = root.getroottree().docinfo
    if about.doctype:
        raise refusal("DOCTYPE is not allowed.")
    if about.xml_version not in (None, "1.0"):
        raise refusal(f'XML version "{about.xml_version}" is not supported.')
    _check_depth(root, refusal)
    return root


def _check_depth(root: etree._Element, refusal: Callable[[str], DocumentRefused]) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise refusal(f"Elements are nested more than {DEEPEST} deep.")
