"""What a QuestionForm must be beyond its schema, to be answered and scored (question-schemas.md §2.4, §6.4).

MTurk's documents ask for it; which of it MTurk enforced is not known.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from kempelen.domain.questions import formatted_content, javascript_patterns, xml
from kempelen.domain.questions.answer_keys import AnswerKey

_LONGEST_NUMBER = 10


def check(form: etree._Element) -> None:
    """Refuse a form, already valid by its schema, whose answers could not be told apart or given."""
    questions = list(_children(form, "Question"))
    if not questions:
        raise xml.refuse("The QuestionForm has no Question.")
    _check_identifiers("QuestionIdentifier", questions, "questions")
    for answer in _all(form, "SelectionAnswer"):
        _check_selections(answer)
    for content in _all(form, "FormattedContent"):
        formatted_content.check(content.text or "")
    for pattern in _all(form, "AnswerFormatRegex"):
        _check_pattern(pattern)


def check_test(form: etree._Element, key: AnswerKey | None) -> None:
    """Refuse a form that is no qualification test: one with uploads, or with what its key cannot score."""
    if next(_all(form, "FileUploadAnswer"), None) is not None:
        raise xml.refuse("A Test cannot have a FileUploadAnswer.")
    if key is None:
        return
    for name in ("FreeTextAnswer", "OtherSelection"):
        if next(_all(form, name), None) is not None:
            raise xml.refuse(f"A Test with an AnswerKey cannot have a {name}.")
    asked = {_identifier(question): question for question in _children(form, "Question")}
    for scored in key.questions:
        if scored.identifier not in asked:
            raise xml.refuse(f"The Test has no question '{_cut(scored.identifier)}' of its AnswerKey.")
        known = {part.text or "" for part in _all(asked[scored.identifier], "SelectionIdentifier")}
        for unknown in sorted(frozenset().union(*(option.selections for option in scored.options)) - known):
            raise xml.refuse(
                f"The question '{_cut(scored.identifier)}' of the Test has no selection '{_cut(unknown)}' of "
                "its AnswerKey."
            )


def _check_pattern(element: etree._Element) -> None:
    """Refuse a pattern that no browser could look for."""
    flags, pattern = element.get("flags", ""), element.get("regex", "")
    if flags not in ("", "i"):
        raise xml.refuse(
            f"The flags '{flags[:100]}' of an AnswerFormatRegex are not 'i' (line {element.sourceline})"
        )
    try:
        javascript_patterns.check(pattern)
    except javascript_patterns.NotAPattern as error:
        raise xml.refuse(
            f"The regex '{_cut(pattern)}' of an AnswerFormatRegex is no regular expression: {error} (line "
            f"{element.sourceline})"
        ) from error


def _check_selections(answer: etree._Element) -> None:
    """Refuse choices that look alike in answers, and counts that nobody can choose."""
    _check_identifiers("SelectionIdentifier", list(_all(answer, "Selection")), "selections of a question")
    lowest, highest = (_count(answer, name) for name in ("MinSelectionCount", "MaxSelectionCount"))
    choices = sum(1 for _ in _all(answer, "Selection")) + sum(1 for _ in _all(answer, "OtherSelection"))
    if lowest > highest:
        raise xml.refuse(
            f"MinSelectionCount {lowest} is above MaxSelectionCount {highest} (line {answer.sourceline})"
        )
    if lowest > choices:
        raise xml.refuse(
            f"MinSelectionCount {lowest} is above the {choices} that can be selected (line "
            f"{answer.sourceline})"
        )


def _check_identifiers(name: str, elements: Iterable[etree._Element], what: str) -> None:
    """Refuse identifiers, each the first child of its element, that are empty or that several have."""
    counted = Counter(map(_identifier, elements))
    if "" in counted:
        raise xml.refuse(f"A {name} is empty.")
    for identifier, count in counted.items():
        if count > 1:
            raise xml.refuse(f"Several {what} have the {name} '{_cut(identifier)}'.")


def _identifier(element: etree._Element) -> str:
    return element[0].text or ""


def _count(answer: etree._Element, name: str) -> int:
    """Give a number of selections; one that is not given is 1."""
    for element in _children(answer, name):
        digits = (element.text or "").strip().lstrip("+-0")
        if len(digits) > _LONGEST_NUMBER:
            raise xml.refuse(f"{name} has more than {_LONGEST_NUMBER} digits (line {element.sourceline})")
        return int(digits or "0")
    return 1


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    yield from element.iterchildren(f"{{*}}{name}")


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    yield from element.iterdescendants(f"{{*}}{name}")


def _cut(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:100]}…"
