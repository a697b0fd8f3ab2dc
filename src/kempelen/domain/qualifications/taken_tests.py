"""Qualification tests as workers take them: what they are asked, what they answered, what that is worth."""

from collections.abc import Mapping

from kempelen.domain.answers import Answers, Given
from kempelen.domain.questions import answer_keys, form_answers, form_parts


def count_questions(test: str) -> int:
    """Give how many questions a test asks."""
    return len(form_parts.read(test).questions)


def read_answers(test: str, fields: Mapping[str, Given]) -> Answers:
    """Give what a worker answered, or refuse what the test does not take (`AnswersRefused`)."""
    return form_answers.read(form_parts.read(test), fields)


def score(answer_key: str, answers: Mapping[str, Given]) -> int:
    """Give the value that a worker's answers are worth (question-schemas.md §6.2)."""
    chosen = {
        name: given["selections"]
        for name, given in answers.items()
        if isinstance(given, dict) and "selections" in given
    }
    return answer_keys.parse(answer_key).value(chosen)
