"""Forms and tests that fit the schema and still cannot be used (question-schemas.md §2.4, §6.4, §10.3)."""

from typing import Any

import pytest

from kempelen.domain.errors import DocumentRefused, InvalidValue
from kempelen.domain.qualifications import documents as tests_of_types
from kempelen.domain.questions import answer_keys, answers, documents
from tests.domain.questions import fixtures

TEST, KEY = fixtures.valid("test"), fixtures.valid("key_percentage")


def take(document: str) -> None:
    """Take a document where documents of its kind enter."""
    if "<AnswerKey" in document:
        answer_keys.parse(document)
    elif "<QuestionFormAnswers" in document:
        answers.from_xml(document)
    else:
        documents.parse(document)


def a_form(answer: str, *, identifier: str = "q") -> str:
    return (
        f'<QuestionForm xmlns="{documents.FORM_NAMESPACES[0]}"><Question><QuestionIdentifier>{identifier}'
        f"</QuestionIdentifier><QuestionContent><Text>?</Text></QuestionContent><AnswerSpecification>{answer}"
        "</AnswerSpecification></Question></QuestionForm>"
    )


def a_choice(counts: str, *, other: str = "") -> str:
    return a_form(
        f"<SelectionAnswer>{counts}<Selections><Selection><SelectionIdentifier>x</SelectionIdentifier>"
        f"<Text>X</Text></Selection>{other}</Selections></SelectionAnswer>"
    )


@pytest.mark.parametrize(
    "row",
    [row for row in fixtures.table("edges") if not ("FormAnswers" in row["document"] and not row["fits"])],
    ids=lambda row: row["what"],
)
def test_edges_are_taken_or_refused_as_is_sensible(row: dict[str, Any]) -> None:
    if row["taken"]:
        take(row["document"])
        return
    with pytest.raises(InvalidValue):
        take(row["document"])


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (a_form("<FreeTextAnswer/>", identifier=""), "A QuestionIdentifier is empty."),
        (
            a_choice("<MinSelectionCount>2</MinSelectionCount>"),
            "MinSelectionCount 2 is above MaxSelectionCount 1 (line 1)",
        ),
        (
            a_choice(
                "<MinSelectionCount>3</MinSelectionCount><MaxSelectionCount>9</MaxSelectionCount>",
                other="<OtherSelection/>",
            ),
            "MinSelectionCount 3 is above the 2 that can be selected (line 1)",
        ),
        (
            a_choice(f"<MaxSelectionCount>{'9' * 60_000}</MaxSelectionCount>"),
            "MaxSelectionCount has more than 10 digits (line 1)",
        ),
        (
            a_form(
                '<FreeTextAnswer><Constraints><AnswerFormatRegex regex="a" flags="g"/></Constraints>'
                "</FreeTextAnswer>"
            ),
            "The flags 'g' of an AnswerFormatRegex are not 'i' (line 1)",
        ),
    ],
)
def test_a_form_that_nobody_could_answer_is_refused(document: str, reason: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        documents.parse(document)
    assert str(refused.value).endswith(f"Details: {reason}")


@pytest.mark.parametrize(
    "document",
    [
        a_choice("<MaxSelectionCount>+002</MaxSelectionCount>"),
        a_choice("<MinSelectionCount> -0 </MinSelectionCount>"),
        a_choice("<MinSelectionCount>2</MinSelectionCount><MaxSelectionCount>2</MaxSelectionCount>").replace(
            "</Selections>", "<OtherSelection/></Selections>"
        ),
    ],
)
def test_a_form_that_somebody_could_answer_is_taken(document: str) -> None:
    documents.parse(document)


def test_a_test_and_its_key_go_together() -> None:
    tests_of_types.check_test(TEST)
    tests_of_types.check_answer_key(KEY)
    tests_of_types.check_scoring(TEST, KEY)


@pytest.mark.parametrize("document", [KEY, fixtures.valid("html_question"), fixtures.valid("every_answer")])
def test_a_test_is_a_question_form(document: str) -> None:
    with pytest.raises(DocumentRefused, match="Cannot find the declaration of element"):
        tests_of_types.check_test(document)


def test_a_test_asks_for_no_files() -> None:
    with pytest.raises(DocumentRefused, match="A Test cannot have a FileUploadAnswer"):
        tests_of_types.check_test(fixtures.valid("withdrawn_parts"))


@pytest.mark.parametrize(
    ("test", "key", "reason"),
    [
        (TEST.replace(">capital<", ">c<"), KEY, "The Test has no question 'capital' of its AnswerKey."),
        (
            TEST.replace(">n9<", ">n8<"),
            KEY,
            "The question 'primes' of the Test has no selection 'n9' of its AnswerKey.",
        ),
        (fixtures.valid("smallest_form"), KEY, "A Test with an AnswerKey cannot have a FreeTextAnswer."),
        (
            TEST.replace("</Selections>", "<OtherSelection/></Selections>", 1),
            KEY,
            "A Test with an AnswerKey cannot have a OtherSelection.",
        ),
    ],
)
def test_a_test_that_its_key_cannot_score_is_refused(test: str, key: str, reason: str) -> None:
    """question-schemas.md §1.1b, §6.4"""
    with pytest.raises(DocumentRefused) as refused:
        tests_of_types.check_scoring(test, key)
    assert str(refused.value).endswith(reason)
