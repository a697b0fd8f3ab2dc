"""What a worker gave for a question, in the form in which answers are compared."""

from collections.abc import Iterable, Mapping

from kempelen.domain.answers import Given, texts_of

Answers = Mapping[str, Given]


def values_of(answers: Answers, question_id: str) -> frozenset[str]:
    """Give what was answered to the question: trimmed, without order; empty if nothing was.

    Case and punctuation count (mturk-api.md §5.1).
    """
    return compared(texts_of(answers.get(question_id, "")))


def compared(values: Iterable[str]) -> frozenset[str]:
    """Give values as they are compared: as a set, trimmed at both ends, blank ones left out."""
    return frozenset(value for value in map(str.strip, values) if value)


def in_one(values: frozenset[str]) -> str:
    """Give several values as the one text in which MTurk had them: joined by bars."""
    return "|".join(sorted(values))
