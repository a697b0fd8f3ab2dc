"""A crowd's plan, as people write it."""

from pathlib import Path

import pytest

from kempelen.rehearsal.crowd import plan_files
from kempelen.rehearsal.crowd.plan import Answers, Plan
from kempelen.toolkit.troubles import Trouble


def test_an_empty_file_is_the_default_crowd(tmp_path: Path) -> None:
    (tmp_path / "crowd.yaml").write_text("")
    assert plan_files.read(tmp_path / "crowd.yaml") == Plan()


def test_yaml_and_json_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "crowd.yaml").write_text(
        "workers: 7\nspan: 2h\nkinds:\n  spammer: 1\n  tired:\n    skill: 0.5\n"
    )
    (tmp_path / "crowd.json").write_text(
        '{"workers": 7, "span": "2h", "kinds": {"spammer": {"share": 1}, "tired": {"skill": 0.5}}}'
    )
    plan = plan_files.read(tmp_path / "crowd.yaml")
    assert plan == plan_files.read(tmp_path / "crowd.json")
    assert (plan.workers, plan.span) == (7, 7200)
    assert plan.kinds["spammer"].answers is Answers.RANDOM
    assert plan.kinds["tired"].answers is Answers.TRUTH


def test_a_kind_may_begin_as_another() -> None:
    plan = plan_files.plan_of({"kinds": {"expert": {"like": "diligent", "skill": 1}}})
    assert plan.kinds["expert"].skill == 1
    assert plan.kinds["expert"].share == 60


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"worker": 5}, "plan, worker: there is no such thing to plan. Did you mean workers?"),
        ({"workers": 0}, "plan, workers: 0: write a whole number from 1 to 10,000."),
        ({"span": "soon"}, "plan, span: 'soon': write a span of time"),
        ({"kinds": {"slow": {"skill": 1.5}}}, "plan, kinds.slow.skill: 1.5: write a number from 0 to 1"),
        ({"kinds": {"slow": {"answers": "lies"}}}, "write one of truth, random, same."),
        ({"kinds": {"slow": {"like": "nobody"}}}, "plan, kinds.slow.like: there is no kind 'nobody'."),
        ({"kinds": {"slow": {"confusion": {"cat": {"cat": 0.5}}}}}, "in the row 'cat' are 0.5 together"),
        ({"kinds": {"slow": 0}}, "plan, kinds: all shares are 0"),
        ({"holds": {"3QX": {"scor": 1}}}, "plan, holds.3QX.scor: there is no such thing"),
        ({"countries": {"US": 0.7, "DE": 0.7}}, "the shares are more than 1 together."),
        ([1], "plan: [1] has no members"),
        ({"kinds": {"slow": {"seconds": float("nan")}}}, "plan, kinds.slow.seconds: nan: a task takes"),
        ({"kinds": {"slow": {"seconds": float("inf")}}}, "plan, kinds.slow.seconds: inf: a task takes"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(said: object, told: str) -> None:
    with pytest.raises(Trouble, match="plan") as refused:
        plan_files.plan_of(said)
    assert told in str(refused.value)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(Trouble) as refused:
        plan_files.plan_of({"workers": "many", "daily": 1, "kinds": {"a": {"tasks": 0}}})
    assert len(str(refused.value).splitlines()) == 3


@pytest.mark.parametrize("text", ["workers: [", "workers: 2020-13-45", "workers: " + "[" * 5000])
def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "crowd.yaml").write_text(text)
    with pytest.raises(Trouble, match="cannot be understood"):
        plan_files.read(tmp_path / "crowd.yaml")


def test_yes_and_no_are_answers_and_no_is_a_country(tmp_path: Path) -> None:
    (tmp_path / "crowd.yaml").write_text(
        "daily: false\ncountries: {NO: 0.5}\ntests: {Tame: yes, Truth: true story}\n"
        "kinds: {slow: {confusion: {no: {no: 0.9, yes: 0.1}}}}\n"
    )
    plan = plan_files.read(tmp_path / "crowd.yaml")
    assert (plan.daily, plan.countries, plan.tests["Tame"]) == (False, {"NO": 0.5}, "yes")
    assert plan.tests["Truth"] == "true story"
    assert plan.kinds["slow"].confusion == {"no": {"no": 0.9, "yes": 0.1}}
