"""The documents of a qualification test: what workers are asked, and how their answers are scored.

Both are XML that requesters send.  Here it is only seen that each is what it should be.
"""

from lxml import etree

from kempelen.domain.questions import documents, xml

ANSWER_KEY_NAMESPACE = f"{xml.NAMESPACES}2005-10-01/AnswerKey.xsd"


def check_test(text: str) -> None:
    """Refuse what is no QuestionForm (mturk-api.md, CreateQualificationType)."""
    _check(text, "Test", "QuestionForm", documents.FORM_NAMESPACES)


def check_answer_key(text: str) -> None:
    """Refuse what is no AnswerKey."""
    _check(text, "AnswerKey", "AnswerKey", (ANSWER_KEY_NAMESPACE,))


def _check(text: str, parameter: str, element: str, namespaces: tuple[str, ...]) -> None:
    root = xml.parse(text, parameter=parameter)
    if xml.local_name(root) != element or etree.QName(root).namespace not in namespaces:
        raise xml.refuse(f"cvc-elt.1: Cannot find the declaration of element '{xml.local_name(root)}'.")
