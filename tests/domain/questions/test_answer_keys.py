"""AnswerKeys: read and scored as MTurk's documents say (question-schemas.md §6)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.domain.errors import DocumentRefused
from kempelen.domain.questions import answer_keys
from kempelen.domain.questions.answer_keys import (
    AnswerKey,
    Percentage,
    Ranges,
    Scale,
    ScoredOption,
    ScoredQuestion,
    ScoreRange,
)
from tests.domain.questions import fixtures


def a_key(mapping: str = "", *, questions: str = "") -> str:
    question = (
        "<Question><QuestionIdentifier>q</QuestionIdentifier><AnswerOption>"
        "<SelectionIdentifier>a</SelectionIdentifier><AnswerScore>1</AnswerScore></AnswerOption></Question>"
    )
    mapped = mapping and f"<QualificationValueMapping>{mapping}</QualificationValueMapping>"
    return f'<AnswerKey xmlns="{answer_keys.NAMESPACE}">{question}{questions}{mapped}</AnswerKey>'


def a_range(lowest: int, highest: int, value: int = 1) -> str:
    return (
        f"<SummedScoreRange><InclusiveLowerBound>{lowest}</InclusiveLowerBound><InclusiveUpperBound>{highest}"
        f"</InclusiveUpperBound><QualificationValue>{value}</QualificationValue></SummedScoreRange>"
    )


@pytest.mark.parametrize(
    ("chosen", "summed", "value"),
    [
        ({"primes": ["n7", "n2"], "capital": ["lj"]}, 12, 100),
        ({"primes": ["n2"], "capital": ["lj"]}, 8, 67),
        ({"primes": ["n2", "n4", "n7"], "capital": ["zg"]}, 1, 8),
        ({"primes": ["n9"], "capital": []}, -4, -33),
        ({"primes": [], "capital": ["lj"]}, 6, 50),
        ({}, 1, 8),
    ],
)
def test_answers_are_worth_what_the_worked_examples_say(
    chosen: dict[str, list[str]], summed: int, value: int
) -> None:
    key = answer_keys.parse(fixtures.valid("key_percentage"))
    assert (key.summed(chosen), key.value(chosen)) == (summed, value)


@pytest.mark.parametrize(
    ("mapping", "summed", "value"),
    [
        (Percentage(8), 1, 13),
        (Percentage(8), 5, 63),
        (Percentage(8), -1, -12),
        (Percentage(12), 13, 108),
        (Percentage(200), 1, 1),
        (Percentage(15), 7, 47),
        (None, -4, -4),
        (Scale(Fraction(5, 2)), 5, 13),
        (Scale(Fraction(3)), 5, 15),
        (Scale(Fraction(10**300)), 1, 2**31 - 1),
        (Scale(Fraction(10**300)), -1, -(2**31)),
        (Ranges((ScoreRange(5, 7, 5), ScoreRange(8, 10, 10)), 0), 7, 5),
        (Ranges((ScoreRange(5, 7, 5), ScoreRange(8, 10, 10)), 0), 8, 10),
        (Ranges((ScoreRange(5, 7, 5), ScoreRange(8, 10, 10)), 0), 11, 0),
    ],
)
def test_sums_become_values(mapping: Percentage | Scale | Ranges | None, summed: int, value: int) -> None:
    """Halves go up, to plus infinity; values stay integers of 32 bits."""
    assert AnswerKey((ScoredQuestion("q", (), summed),), mapping).value({}) == value


def test_ranges_are_read_with_their_bounds_and_the_value_of_the_gaps() -> None:
    key = answer_keys.parse(fixtures.valid("key_ranges"))
    assert key.mapping == Ranges((ScoreRange(-10, -1, 10), ScoreRange(7, 7, 90)), 0)
    assert [key.value({"primes": chosen}) for chosen in (["n2", "n7"], ["n2"], [])] == [90, 10, 10]


def test_a_multiplier_is_the_decimal_that_is_written() -> None:
    assert answer_keys.parse(fixtures.valid("key_scale")).value({"capital": ["lj"]}) == 13
    scaled = "<ScaleMapping><SummedScoreMultiplier> +1E-1 </SummedScoreMultiplier></ScaleMapping>"
    assert answer_keys.parse(a_key(scaled)).mapping == Scale(Fraction(1, 10))


def test_the_first_of_two_options_alike_decides_and_names_are_told_apart_by_case() -> None:
    question = ScoredQuestion(
        "q",
        (ScoredOption(frozenset("a"), 1), ScoredOption(frozenset("a"), 2), ScoredOption(frozenset("A"), 3)),
    )
    assert [question.score(["a", "a"]), question.score(["A"]), question.score([" a"])] == [1, 3, 0]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (
            a_key("<PercentageMapping><MaximumSummedScore>0</MaximumSummedScore></PercentageMapping>"),
            "MaximumSummedScore is 0",
        ),
        (
            a_key("<ScaleMapping><SummedScoreMultiplier>NaN</SummedScoreMultiplier></ScaleMapping>"),
            "SummedScoreMultiplier is NaN",
        ),
        (
            a_key("<ScaleMapping><SummedScoreMultiplier>-INF</SummedScoreMultiplier></ScaleMapping>"),
            "SummedScoreMultiplier is -INF",
        ),
        (
            a_key("<ScaleMapping><SummedScoreMultiplier>1e999</SummedScoreMultiplier></ScaleMapping>"),
            "SummedScoreMultiplier is 1e999",
        ),
        (
            a_key(
                f"<RangeMapping>{a_range(4, 9)}{a_range(0, 4)}<OutOfRangeQualificationValue>0"
                "</OutOfRangeQualificationValue></RangeMapping>"
            ),
            "The ranges 0 to 4 and 4 to 9 overlap.",
        ),
        (
            a_key(
                f"<RangeMapping>{a_range(4, 3)}<OutOfRangeQualificationValue>0"
                "</OutOfRangeQualificationValue></RangeMapping>"
            ),
            "InclusiveLowerBound 4 is above InclusiveUpperBound 3.",
        ),
        (
            a_key(
                questions="<Question><QuestionIdentifier>q</QuestionIdentifier><AnswerOption>"
                "<SelectionIdentifier/><AnswerScore>-1</AnswerScore></AnswerOption></Question>"
            ),
            "Several questions have the QuestionIdentifier 'q'.",
        ),
        ("<AnswerKey/>", "cvc-elt.1.a: Cannot find the declaration of element 'AnswerKey'."),
        (fixtures.valid("smallest_form"), "cvc-elt.1.a: Cannot find the declaration"),
    ],
)
def test_a_key_that_cannot_be_scored_with_is_refused(document: str, reason: str) -> None:
    """question-schemas.md §6.4"""
    with pytest.raises(DocumentRefused) as refused:
        answer_keys.parse(document)
    assert f"Details: {reason}" in str(refused.value)


SELECTIONS = st.lists(st.sampled_from("abcd"), max_size=4)
SCORES = st.integers(-(2**31), 2**31 - 1)
QUESTIONS = st.lists(
    st.builds(
        ScoredQuestion,
        st.sampled_from("xyz"),
        st.lists(st.builds(ScoredOption, SELECTIONS.map(frozenset), SCORES), max_size=4).map(tuple),
        SCORES,
    ),
    max_size=3,
    unique_by=lambda question: question.identifier,
)


def nearest_by_trial(numerator: int, denominator: int) -> int:
    """The integer at most half away; of two, the higher."""
    low = numerator // denominator
    return next(n for n in (low + 1, low) if abs(2 * (n * denominator - numerator)) <= denominator)


@given(QUESTIONS, st.dictionaries(st.sampled_from("xyz"), SELECTIONS), st.integers(1, 2**31 - 1))
def test_scoring_is_what_a_naive_reading_says(
    questions: list[ScoredQuestion], chosen: dict[str, list[str]], maximum: int
) -> None:
    expected = 0
    for question in questions:
        given_answer = sorted(set(chosen.get(question.identifier, [])))
        matching = [option for option in question.options if sorted(option.selections) == given_answer]
        expected += matching[0].score if matching else question.default_score
    key = AnswerKey(tuple(questions), Percentage(maximum))
    assert key.summed(chosen) == expected
    percent = nearest_by_trial(100 * expected, maximum)
    assert key.value(chosen) == max(-(2**31), min(percent, 2**31 - 1))
