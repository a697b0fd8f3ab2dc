"""The documents that a HIT can ask with (question-schemas.md §1, §4).

`HTMLQuestion` is a page that we show, `ExternalQuestion` the address of somebody else's, `QuestionForm`
a form in XML.
"""

import re
from dataclasses import dataclass

from lxml import etree

from kempelen.domain.errors import InvalidParameter, WrongLength
from kempelen.domain.questions import external, forms, html_pages, validation, xml

HTML_NAMESPACE = f"{xml.NAMESPACES}2011-11-11/HTMLQuestion.xsd"
EXTERNAL_NAMESPACE = f"{xml.NAMESPACES}2006-07-14/ExternalQuestion.xsd"
FORM_NAMESPACES = tuple(f"{xml.NAMESPACES}{date}/QuestionForm.xsd" for date in ("2005-10-01", "2017-11-06"))

_INTEGER = re.compile(r"[+-]?\d{1,9}")


@dataclass(frozen=True)
class HTMLQuestion:
    """A page of HTML; a height of 0 fits the frame to the worker's window."""

    html: str
    frame_height: int


@dataclass(frozen=True)
class ExternalQuestion:
    """The address of a page on the requester's own site, to which MTurk's parameters are added."""

    url: str
    frame_height: int


@dataclass(frozen=True)
class QuestionForm:
    """A form in XML; kept as it was sent."""

    namespace: str


Question = HTMLQuestion | ExternalQuestion | QuestionForm


def parse(text: str) -> Question:
    """Read a Question as CreateHIT takes it, or refuse with what MTurk says of it."""
    if not text:
        raise WrongLength("Question", limit=1, kind="minimum")
    root = xml.parse(text)
    validation.check(root)
    question = _question(root)
    match question:
        case QuestionForm():
            forms.check(root)
        case HTMLQuestion(html):
            html_pages.check(html)
    return question


def read(text: str) -> Question:
    """Read a Question that was taken once: forms that would be refused now are still what they were."""
    root = xml.parse(text)
    if xml.local_name(root) != "QuestionForm":
        validation.check(root)
    return _question(root)


def _question(root: etree._Element) -> Question:
    match etree.QName(root).namespace, xml.local_name(root):
        case namespace, "HTMLQuestion" if namespace == HTML_NAMESPACE:
            return _html_question(root)
        case namespace, "ExternalQuestion" if namespace == EXTERNAL_NAMESPACE:
            return _external_question(root)
        case str(namespace), "QuestionForm" if namespace in FORM_NAMESPACES:
            return QuestionForm(namespace)
    raise xml.refuse(f"cvc-elt.1.a: Cannot find the declaration of element '{xml.local_name(root)}'.")


def _html_question(root: etree._Element) -> HTMLQuestion:
    html, height = (part.text or "" for part in root)
    return HTMLQuestion(html, _frame_height(height))


def _external_question(root: etree._Element) -> ExternalQuestion:
    text, height = (part.text or "" for part in root)
    url = text.strip(" \t\r\n")
    problem = external.problem_with(url)
    if problem:
        raise InvalidParameter("ExternalURL", url, message=problem)
    return ExternalQuestion(url, _frame_height(height))


def _frame_height(text: str) -> int:
    number = text.strip(" \t\r\n")
    if not _INTEGER.fullmatch(number):
        raise xml.refuse(f"cvc-datatype-valid.1.2.1: '{number[:100]}' is not a valid value for 'integer'.")
    height = int(number)
    if height < 0:
        raise InvalidParameter("FrameHeight", height, message="FrameHeight is 0 or more pixels.")
    return height
