"""Answer XML: QuestionFormAnswers as MTurk made them of an HTML form's fields (mturk-api.md §8.3)."""

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from lxml import etree

from kempelen.domain.questions import xml

NAMESPACE = f"{xml.NAMESPACES}2005-10-01/QuestionFormAnswers.xsd"
_HEAD = f'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="{NAMESPACE}">'
_SEVERAL = "|"
# Everything that XML 1.0 has no way to write, not even as a reference.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_xml(answers: Mapping[str, str | list[str]]) -> str:
    """Give stored answers as MTurk gave them: one Answer a name, in the order of the names' bytes.

    A name that came several times has one FreeText, its values joined by a bar.  What XML cannot hold
    becomes U+FFFD.
    """
    named = sorted(answers, key=lambda name: name.encode("utf-8", "surrogatepass"))
    return "".join([_HEAD, *(_answer(name, answers[name]) for name in named), "</QuestionFormAnswers>"])


def from_xml(text: str) -> dict[str, str]:
    """Read answers back, a text for each identifier; refuses what is no QuestionFormAnswers."""
    root = xml.parse_own(text)
    if root.tag != f"{{{NAMESPACE}}}QuestionFormAnswers":
        raise xml.refuse(f"cvc-elt.1: Cannot find the declaration of element '{xml.local_name(root)}'.")
    return dict(map(_name_and_text, root))


def _answer(name: str, given: str | list[str]) -> str:
    value = given if isinstance(given, str) else _SEVERAL.join(given)
    return (
        f"<Answer><QuestionIdentifier>{_written(name)}</QuestionIdentifier>"
        f"<FreeText>{_written(value)}</FreeText></Answer>"
    )


def _written(text: str) -> str:
    whole = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    # A bare CR would be read back as a line end.
    return escape(whole, {"\r": "&#13;"}).encode("ascii", "xmlcharrefreplace").decode()


def _name_and_text(answer: etree._Element) -> tuple[str, str]:
    identifier, *values = ["".join(map(str, part.itertext())) for part in answer]
    return identifier, _SEVERAL.join(values)
