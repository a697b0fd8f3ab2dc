"""ScoreMyKnownAnswers (mturk-api.md §5.1)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.domain.quality import known_answers
from tests.domain.quality.policies import known_answers as a_policy

TEXTS = st.text(alphabet="ab |", max_size=4)
VALUES = st.one_of(TEXTS, st.lists(TEXTS, max_size=3))


def percent(key: dict[str, list[str]], answers: dict[str, Any]) -> int:
    return known_answers.score(known_answers.read(a_policy(AnswerKey=key)), answers).percent


def test_the_score_is_the_percentage_of_right_answers_cut_off() -> None:
    key = {"one": ["a"], "two": ["b"], "three": ["c"]}
    assert percent(key, {"one": "a", "two": "b", "three": "x"}) == 66
    assert percent(key, {"one": "a", "two": "b", "three": "c"}) == 100
    assert percent(key, {}) == 0


def test_blanks_at_the_ends_do_not_count_but_case_and_punctuation_do() -> None:
    assert percent({"q": [" Red."]}, {"q": "Red. \n"}) == 100
    assert percent({"q": ["Red."]}, {"q": "red."}) == 0
    assert percent({"q": ["Red."]}, {"q": "Red"}) == 0


def test_all_values_of_an_entry_must_be_there_and_no_others() -> None:
    assert percent({"q": ["a", "b"]}, {"q": ["b", "a"]}) == 100
    assert percent({"q": ["a", "b"]}, {"q": ["a"]}) == 0
    assert percent({"q": ["a", "b"]}, {"q": ["a", "b", "c"]}) == 0
    assert percent({"q": ["a|b"]}, {"q": ["b", "a"]}) == 100


def test_empty_on_one_side_alone_is_a_mismatch() -> None:
    assert percent({"q": [""]}, {"q": "a"}) == 0
    assert percent({"q": ["a"]}, {"q": " "}) == 0
    assert percent({"q": []}, {}) == 100


@given(st.dictionaries(st.sampled_from("pqr"), st.lists(TEXTS, max_size=3), min_size=1), st.data())
def test_the_score_lies_within_its_bounds_and_ignores_other_fields(
    key: dict[str, list[str]], data: st.DataObject
) -> None:
    answers = data.draw(st.dictionaries(st.sampled_from("pqrs"), VALUES))
    policy = known_answers.read(a_policy(AnswerKey=key))
    score = known_answers.score(policy, answers)
    assert 0 <= score.percent <= 100
    assert set(score.right) == set(key)
    assert (score.percent == 100) == all(score.right.values())
    assert known_answers.score(policy, {**answers, "else": "x"}) == score
    assert known_answers.score(policy, dict(key)).percent == 100


@pytest.mark.parametrize("limit", [0, 101])
def test_limits_reach_from_always_to_never(limit: int) -> None:
    policy = known_answers.read(a_policy(ApproveIfKnownAnswerScoreIsAtLeast=str(limit)))
    assert policy.approve_at_least == limit
    assert (policy.reject_below, policy.most_assignments, policy.least_seconds) == (None, 5, 0)
