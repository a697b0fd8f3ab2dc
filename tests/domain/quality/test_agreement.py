"""How far answers agree: what counts as a question, and what as the common answer."""

import json
from typing import Any

import pytest

from kempelen.domain.quality.agreement import percents


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        # The most common one, alone and among several questions.
        ([{"a": "x"}, {"a": "x"}, {"a": "y"}], [100, 100, 0]),
        ([{"a": "x", "b": "1"}, {"a": "x", "b": "1"}, {"a": "x", "b": "2"}], [100, 100, 50]),
        # Two who disagree, and a tie: nobody has the most common one.
        ([{"a": "yes"}, {"a": "no"}], [0, 0]),
        ([{"a": "x"}, {"a": "x"}, {"a": "y"}, {"a": "y"}], [0, 0, 0, 0]),
        # Order and spaces do not count; a blank is no answer, but one where others have one.
        ([{"a": ["1", "2"]}, {"a": ["2", " 1"]}], [100, 100]),
        ([{"a": "x", "b": ""}, {"a": "x", "b": "Fine"}, {"a": "x"}], [100, 100, 100]),
        ([{"a": "x"}, {"a": "x"}, {}], [100, 100, 0]),
        # What everybody writes anew, and what a page measured, is no question.
        ([{"a": "x", "why": "I think"}, {"a": "x", "why": "So"}, {"a": "x", "why": "Well"}], [100, 100, 100]),
        ([{"a": "x", "ms": "12345"}, {"a": "x", "ms": "4567"}], [100, 100]),
        ([{"a": "x", "s": "1.5"}, {"a": "x", "s": "2.25"}], [100, 100]),
        ([{"a": "n" * 300}, {"a": "m" * 300}], [None, None]),
        # Alone.
        ([{"a": "x"}], [None]),
        ([], []),
    ],
)
def test_answers_agree_with_the_most_common_one(
    answers: list[dict[str, Any]], expected: list[int | None]
) -> None:
    assert percents(answers) == expected


def test_files_are_not_compared() -> None:
    one, other = ({"f": {"file": id_, "name": "a.png", "size": 1}} for id_ in ("3A", "3B"))
    assert percents([one, other]) == [None, None]  # type: ignore[list-item]


def test_each_element_of_a_crowd_form_is_a_question() -> None:
    def whole(**parts: object) -> dict[str, str]:
        return {"taskAnswers": json.dumps([parts])}

    first = whole(kind={"label": "Cat"}, sure={"on": True, "off": False})
    second = whole(sure={"off": False, "on": True}, kind={"label": "Cat"})
    third = whole(kind={"label": "Dog"}, sure={"on": True, "off": False})
    assert percents([first, second, third]) == [100, 100, 50]
    assert percents([{"taskAnswers": "[1"}, {"taskAnswers": "[1"}, {"taskAnswers": "[" * 9_000}]) == [
        100,
        100,
        0,
    ]
