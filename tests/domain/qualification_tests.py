"""Qualification tests as tests write them: about primes and a capital (question-schemas.md §6.3)."""

from typing import Any

from kempelen.domain.answers import Answers
from kempelen.domain.models import QualificationType, Requester
from kempelen.domain.questions import form_fields
from tests.domain.questions import fixtures
from tests.domain.requiring import a_type

TEST, BY_PERCENTAGE = fixtures.valid("test"), fixtures.valid("key_percentage")
BY_SCALE, BY_RANGES = fixtures.valid("key_scale"), fixtures.valid("key_ranges")
MINUTES = 10


def a_tested_type(requester: Requester, name: str = "Numbers", **fields: Any) -> QualificationType:
    """A qualification type with the test, which takes ten minutes."""
    given = {"test": TEST, "answer_key": BY_PERCENTAGE, "test_duration_seconds": 60 * MINUTES, **fields}
    return a_type(requester, name, **given)


def a_test_in_words(question: str = "What do you hear?") -> str:
    """A test of one question, which only a person can score."""
    return (
        '<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/'
        'QuestionForm.xsd"><Question><QuestionIdentifier>heard</QuestionIdentifier><IsRequired>true'
        f"</IsRequired><QuestionContent><Text>{question}</Text></QuestionContent><AnswerSpecification>"
        "<FreeTextAnswer/></AnswerSpecification></Question></QuestionForm>"
    )


def ticked(*numbers: str, capital: str = "") -> Answers:
    """What the test's page sends of these numbers (n2, n4, n7, n9) and this capital (lj, zg)."""
    fields: Answers = {form_fields.MARKER: ["1", "2"]}
    if numbers:
        fields[form_fields.choice(1)] = [form_fields.value(number) for number in numbers]
    if capital:
        fields[form_fields.choice(2)] = form_fields.value(capital)
    return fields


def typed(words: str) -> Answers:
    """What the page of a test in words sends."""
    return {form_fields.text(1): words}
