"""Pieces of XML: as text and back, and whether two say the same."""

import re
from copy import deepcopy

from lxml import etree

from kempelen.domain.questions import xml

_DECLARATION = re.compile(r"\ufeff?\s*<\?xml\s[^>]*\?>\s*")
_NO_XML = re.compile("[^\t\n\r\\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MEANINGLESS_EMPTY = frozenset({"DisplayName", "DefaultText", "Constraints", "Length"})
_MAY_BE_EMPTY = ("errorText", "flags")


def root_of(text: str, *, parameter: str = "Test") -> etree._Element:
    """Give the root of a document with its comments, or refuse as `xml.parse` does."""
    return xml.parse(text, parameter=parameter, keeps_comments=True)


def declaration_of(text: str) -> str:
    """Give the line with which the document begins, or nothing."""
    found = _DECLARATION.match(text)
    return found[0].lstrip("\ufeff") if found else ""


def text_of(element: etree._Element) -> str:
    """Give an element, or a comment, as text that `piece_of` reads."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def piece_of(text: str) -> etree._Element:
    """Give what `text_of` wrote; refuses what is no single piece of XML."""
    pieces = list(root_of(f"<piece>{text}</piece>"))
    if len(pieces) != 1:
        raise xml.refuse("What the builder keeps is no longer one piece of XML.")
    pieces[0].tail = None
    return pieces[0]


def named(name: str, parent: etree._Element) -> etree._Element:
    """Add an element in the namespace of its parent."""
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")


def with_text(name: str, text: str, parent: etree._Element) -> etree._Element:
    """Add an element that holds a text, less the signs that XML has not."""
    element = named(name, parent)
    element.text = _NO_XML.sub("", text)
    return element


def clean(text: str) -> str:
    """Give a text less the signs that XML has not."""
    return _NO_XML.sub("", text)


def is_element(node: etree._Element) -> bool:
    """Tell an element from a comment and a processing instruction."""
    return isinstance(node.tag, str)


def say_the_same(given: etree._Element, written: etree._Element) -> bool:
    """Tell whether what was given says no more, and no less, than what the builder writes for it."""
    return _same(_plain(given), written)


def _plain(element: etree._Element) -> etree._Element:
    """Give a copy less what means nothing: empty names and defaults, and that an answer is not required."""
    copied = deepcopy(element)
    copied.tail = None
    for one in reversed(list(copied.iterdescendants(tag=etree.Element))):
        name, text = xml.local_name(one), (one.text or "")
        for attribute in _MAY_BE_EMPTY:
            if one.get(attribute) == "":
                del one.attrib[attribute]
        is_empty = (
            not len(one) and not one.attrib and not text.strip(" \t\r\n" if name != "DefaultText" else "")
        )
        if name == "IsRequired" and text.strip() in ("true", "1"):
            one.text = "true"
        if (name in _MEANINGLESS_EMPTY and is_empty) or (
            name == "IsRequired" and not len(one) and text.strip() in ("false", "0")
        ):
            _remove(one)
    return copied


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None and not (element.tail or "").strip():
        parent.remove(element)


def _same(one: etree._Element, other: etree._Element) -> bool:
    if one.tag != other.tag or dict(one.attrib) != dict(other.attrib) or len(one) != len(other):
        return False
    is_text = not len(one) or not is_element(one)
    texts = (one.text or "", other.text or "")
    if texts[0] != texts[1] if is_text else any(text.strip() for text in texts):
        return False
    if any((child.tail or "").strip() for child in (*one, *other)):
        return False
    return all(map(_same, one, other))
