"""The documents of a qualification test: what workers are asked, and how their answers are scored.

Both are XML that requesters send; they are held against their schemas, and against each other.
"""

from lxml import etree

from kempelen.domain.questions import answer_keys, documents, forms, validation, xml


def check_test(text: str) -> None:
    """Refuse what is no QuestionForm that workers can answer (mturk-api.md, CreateQualificationType)."""
    forms.check_test(_form(text), None)


def check_answer_key(text: str) -> None:
    """Refuse what is no AnswerKey that answers can be scored with."""
    answer_keys.parse(text)


def check_scoring(test: str, answer_key: str) -> None:
    """Refuse a test that its key cannot score (question-schemas.md §1.1b, §6.4)."""
    forms.check_test(_form(test), answer_keys.parse(answer_key))


def _form(text: str) -> etree._Element:
    root = xml.parse(text, parameter="Test")
    if etree.QName(root).namespace not in documents.FORM_NAMESPACES:
        raise xml.refuse(f"cvc-elt.1.a: Cannot find the declaration of element '{xml.local_name(root)}'.")
    validation.check(root)
    forms.check(root)
    return root
