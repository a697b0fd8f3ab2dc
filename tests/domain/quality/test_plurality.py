"""SimplePlurality (mturk-api.md §5.2)."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kempelen.domain.quality import plurality
from kempelen.domain.quality.plurality import Agreement, Judgement
from tests.domain.quality.policies import plurality as a_policy

WORKERS = st.dictionaries(
    st.sampled_from(["A1", "A2", "A3", "A4", "A5"]),
    st.dictionaries(st.sampled_from("pq"), st.one_of(st.sampled_from(["", "x", "y"]), st.just("z" * 300))),
)


def judge(answers: dict[str, dict[str, Any]], **parameters: Any) -> Judgement:
    return plurality.judge(plurality.read(a_policy(**parameters)), answers)


def test_the_documented_example() -> None:
    answers = {
        "A1": {"A": "coat", "B": "blue", "C": "large", "D": "Furry"},
        "A2": {"A": "sweater", "B": "blue", "C": "large", "D": "fur"},
        "A3": {"A": "coat", "B": "green", "C": "large", "D": "furr"},
    }
    found = judge(answers, QuestionIds=["A", "B", "C", "D"], QuestionAgreementThreshold="50")
    assert found.questions == (
        Agreement("A", 66, "coat"),
        Agreement("B", 66, "blue"),
        Agreement("C", 100, "large"),
        Agreement("D", 33, None),
    )
    assert found.percent == 75
    assert [found.standings[name].percent for name in ("A1", "A2", "A3")] == [100, 66, 66]


def test_an_agreed_answer_needs_more_than_the_threshold() -> None:
    two_of_three = {"A1": {"q": "x"}, "A2": {"q": "x"}, "A3": {"q": "y"}}
    assert judge(two_of_three, QuestionAgreementThreshold="66").percent == 0
    assert judge(two_of_three, QuestionAgreementThreshold="65").percent == 100


def test_a_threshold_of_a_hundred_means_that_all_agree() -> None:
    # mturk-api.md §5.2: nothing is more than 100, yet real requests use it
    agreed = judge({"A1": {"q": "x"}, "A2": {"q": "x "}}, QuestionAgreementThreshold="100")
    assert agreed.questions == (Agreement("q", 100, "x"),)


def test_equally_common_answers_agree_on_nothing() -> None:
    found = judge({"A1": {"q": "x"}, "A2": {"q": "y"}}, QuestionAgreementThreshold="30")
    assert found.questions == (Agreement("q", 50, None),)
    assert found.standings["A1"].percent is None


def test_answers_that_are_too_long_are_ignored() -> None:
    found = judge({"A1": {"q": "x"}, "A2": {"q": "y" * 257}, "A3": {"q": "x"}})
    assert found.questions == (Agreement("q", 100, "x"),)
    assert found.standings["A2"].percent == 0


def test_workers_may_agree_on_giving_no_answer() -> None:
    # a .NET user saw an empty AgreedAnswer with 100 % agreement [S18]
    assert judge({"A1": {}, "A2": {"q": " "}}).questions == (Agreement("q", 100, ""),)


def test_choices_are_compared_as_sets() -> None:
    found = judge({"A1": {"q": ["b", "a"]}, "A2": {"q": ["a", "b"]}})
    assert found.questions == (Agreement("q", 100, "a|b"),)


def test_a_hit_without_answers_has_no_agreement() -> None:
    found = judge({})
    assert (found.percent, found.questions, dict(found.standings)) == (0, (Agreement("q", 0, None),), {})


@given(WORKERS, st.integers(0, 100))
def test_scores_lie_within_their_bounds_and_follow_from_each_other(
    answers: dict[str, Any], threshold: int
) -> None:
    found = judge(answers, QuestionIds=["p", "q"], QuestionAgreementThreshold=str(threshold))
    agreed = [its for its in found.questions if its.answer is not None]
    assert found.percent == len(agreed) * 50
    assert all(its.percent > threshold or its.percent == 100 for its in agreed)
    assert set(found.standings) == set(answers)
    for standing in found.standings.values():
        assert standing.correct + standing.incorrect == len(agreed)
    reversed_order = dict(reversed(answers.items()))
    assert (
        judge(reversed_order, QuestionIds=["p", "q"], QuestionAgreementThreshold=str(threshold)).questions
        == found.questions
    )
