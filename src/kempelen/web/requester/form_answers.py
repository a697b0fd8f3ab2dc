"""Answers to a QuestionForm as people read them: each question's words, and the words of what was chosen."""

from collections.abc import Iterator, Mapping
from typing import Any

from kempelen.domain.answers import Given, files_in, texts_of
from kempelen.domain.questions.form_parts import (
    Binary,
    Content,
    Form,
    Formatted,
    Items,
    Question,
    Selection,
    Text,
    Title,
)
from kempelen.web.requester.answers import NamedText


def answered(form: Form, answers: Mapping[str, Any]) -> list[NamedText]:
    """Give each question with its answer, also those without one."""
    return [_answered(question, answers.get(question.identifier)) for question in form.questions]


def words_of(question: Question) -> str:
    """Give what a question asks, in one line."""
    said = " ".join(word for content in question.content for word in _words(content).split())
    return question.display_name or said or question.identifier


def _answered(question: Question, given: Given | None) -> NamedText:
    name = words_of(question)
    if given is None:
        return NamedText(name, "")
    if isinstance(question.answer, Selection) and isinstance(given, dict) and "selections" in given:
        labels = {
            choice.identifier: _words(choice.label) or choice.identifier for choice in question.answer.choices
        }
        chosen = [labels.get(identifier, identifier) for identifier in given["selections"]]
        other = [f"Other: {given['other']}"] if "other" in given else []
        return NamedText(name, "\n".join([*chosen, *other]))
    return NamedText(name, "\n".join(texts_of(given)), files_in(given))


def _words(content: Content) -> str:
    match content:
        case Title(text) | Text(text):
            return text
        case Items(texts):
            return " · ".join(texts)
        case Formatted(tree):
            return "".join(_inside(tree))
        case Binary(_, _, alt):
            return alt
    return ""


def _inside(tree: Any) -> Iterator[str]:
    for text in tree.itertext():
        yield str(text)
