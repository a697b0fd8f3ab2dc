"""What a worker gave for a question, in the form in which answers are compared."""

from collections.abc import Iterable, Mapping

Answers = Mapping[str, str | list[str]]


def values_of(answers: Answers, question_id: str) -> frozenset[str]:
    """Give what was answered to the question: trimmed, without order; empty if nothing was.

    Case and punctuation count (mturk-api.md §5.1).
    """
    given = answers.get(question_id, "")
    return compared([given] if isinstance(given, str) else given)


def compared(values: Iterable[str]) -> frozenset[str]:
    """Give values as they are compared: as a set, trimmed at both ends, blank ones left out."""
    return frozenset(value for value in map(str.strip, values) if value)


def in_one(values: frozenset[str]) -> str:
    """Give several values as the one text in which MTurk had them: joined by bars."""
    return "|".join(sorted(values))
