"""Documents held against the schemas of MTurk's documents (question-schemas.md §1 to §6).

The schemas are our own writing, one for each kind of document in `schemas/`.  lxml validates against them;
`faults` says what it finds in the words of MTurk's parser.
"""

import threading
from pathlib import Path

from lxml import etree

from kempelen.domain.questions import faults, xml

_FOLDER = Path(__file__).with_name("schemas")
_UNTIL = "{urn:kempelen:dates}until"
_FIRST_FORM, _LATEST_FORM = "2005-10-01", "2017-11-06"
XHTML = "http://www.w3.org/1999/xhtml"
_FILES = {
    f"{{{XHTML}}}FormattedContent": "formatted_content.xsd",
    f"{{{xml.NAMESPACES}2005-10-01/AnswerKey.xsd}}AnswerKey": "answer_key.xsd",
    f"{{{xml.NAMESPACES}2005-10-01/QuestionFormAnswers.xsd}}QuestionFormAnswers": "question_form_answers.xsd",
    f"{{{xml.NAMESPACES}2006-07-14/ExternalQuestion.xsd}}ExternalQuestion": "external_question.xsd",
    f"{{{xml.NAMESPACES}2011-11-11/HTMLQuestion.xsd}}HTMLQuestion": "html_question.xsd",
    f"{{{xml.NAMESPACES}{_FIRST_FORM}/QuestionForm.xsd}}QuestionForm": "question_form.xsd",
    f"{{{xml.NAMESPACES}{_LATEST_FORM}/QuestionForm.xsd}}QuestionForm": "question_form.xsd",
}
# A schema keeps the faults of its last document, so threads do not share one.
_compiled = threading.local()
# libxml2 fills its table of built-in types when the first schema is made; two at once have left it torn.
_making = threading.Lock()


def check(root: etree._Element) -> None:
    """Refuse a document that fits no schema, with the first fault and its line."""
    if fault := first_fault(root):
        raise xml.refuse(fault)


def first_fault(root: etree._Element) -> str:
    """Say what is first wrong with a document, and in which line; nothing if it fits its schema.

    The root's name and namespace choose the schema; hints in the document (`xsi:schemaLocation`) are not
    followed.
    """
    name = str(root.tag)
    if name not in _FILES:
        return f"cvc-elt.1.a: Cannot find the declaration of element '{xml.local_name(root)}'."
    schema, source = _schema(name)
    if schema.validate(root):
        return ""
    fault = schema.error_log[0]
    return f"{faults.in_words(fault.message, source)} (line {fault.line})"


def _schema(name: str) -> tuple[etree.XMLSchema, etree._Element]:
    """Give the schema of a root element, and the XML that it was made of."""
    schemas: dict[str, tuple[etree.XMLSchema, etree._Element]] = _compiled.__dict__.setdefault("schemas", {})
    if name not in schemas:
        with _making:
            source = _source(name)
            schemas[name] = (etree.XMLSchema(source), source)
    return schemas[name]


def _source(name: str) -> etree._Element:
    file = _FOLDER / _FILES[name]
    content = file.read_bytes()
    if _LATEST_FORM not in name:
        return etree.fromstring(content, base_url=file.as_uri())
    later = content.replace(f"/{_FIRST_FORM}/".encode(), f"/{_LATEST_FORM}/".encode())
    source = etree.fromstring(later)
    for element in source.xpath("//*[@d:until]", namespaces={"d": "urn:kempelen:dates"}):
        if element.get(_UNTIL) <= _LATEST_FORM:
            element.getparent().remove(element)
    return source
