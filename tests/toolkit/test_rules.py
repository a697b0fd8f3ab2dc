"""What rules say of work: met, not met, or left to the person."""

import pytest

from kempelen.toolkit.rules import deciding, expressions, written
from kempelen.toolkit.rules.work import Done, Verdict, Work, fields_of
from kempelen.toolkit.troubles import Trouble

pytestmark = pytest.mark.once


def work(seconds: int = 30, inputs: dict[str, str] | None = None, **fields: str) -> Work:
    return Work("3A", "3H", "AW", "Submitted", seconds, fields, inputs or {})


def judged(rule: str, *works: Work, to_come: int = 0) -> list[Verdict]:
    done = Done("3H", to_come, works)
    return [written.read(rule).verdict(one, done) for one in works]


def votes(*labels: str, to_come: int = 0) -> list[bool | None]:
    works = [work(label=label) if label else work() for label in labels]
    return [one.is_met for one in judged("majority:label", *works, to_come=to_come)]


def holds(expression: str, one: Work) -> bool | None:
    (verdict,) = judged(f"expr:{expression}", one)
    return verdict.is_met


def test_more_than_half_are_a_majority() -> None:
    assert votes("cat", "cat", "dog") == [True, True, False]
    (*_, dog) = judged("majority:label", work(label="cat"), work(label="cat"), work(label="dog\x1b[2J"))
    assert (dog.why, dog.detail) == ("label is not as most answered", "'dog [2J', 2 of 3: 'cat'")


@pytest.mark.parametrize(
    ("labels", "to_come", "why"),
    [
        (["cat", "dog"], 0, "label has a tie"),
        (["cat", "cat", "dog", "hen"], 0, "label has no majority"),
        (["cat"], 0, "nobody else answered label"),
        (["cat", "cat", "dog"], 1, "answers to label may still come"),
    ],
)
def test_what_votes_cannot_tell_is_left_to_the_person(labels: list[str], to_come: int, why: str) -> None:
    said = judged("majority:label", *(work(label=label) for label in labels), to_come=to_come)
    assert {(one.is_met, one.why) for one in said} == {(None, why)}


def test_answers_to_come_do_not_matter_where_they_cannot_change_the_majority() -> None:
    assert votes("cat", "cat", "cat", "dog", to_come=1) == [True, True, True, False]
    assert votes("cat", "cat", "", to_come=0) == [True, True, None]


def test_gold_is_compared_as_a_set_and_an_empty_cell_is_left() -> None:
    (right, wrong, open_, silent) = judged(
        "gold:label=right",
        work(inputs={"right": "b | a"}, label="a|b"),
        work(inputs={"right": "a"}, label="a|b"),
        work(inputs={"right": " "}, label="a"),
        work(inputs={"right": "a"}),
    )
    assert [one.is_met for one in (right, wrong, open_, silent)] == [True, False, None, None]
    assert (open_.why, silent.why) == ("right is empty", "label was not answered")


def test_time_has_a_least_and_perhaps_a_most() -> None:
    assert [one.is_met for one in judged("time:20s", work(19), work(20))] == [False, True]
    assert [one.is_met for one in judged("time:20s..1min", work(60), work(61))] == [True, False]
    assert [one.is_met for one in judged("time:..1min", work(0), work(61))] == [True, False]


@pytest.mark.parametrize(
    ("expression", "is_met"),
    [
        ('answer.label == "cat" and seconds >= 20', True),
        ("answer.count > 9", True),  # as numbers: 10, not "10"
        ("answer.count in [3, 10]", True),
        ("number(answer.count) / 2 == 5.0", True),
        ("0 < answer.count <= 9 or not answered(answer.note)", True),
        ('matches(answer.label, "^c.t$") and length(answer.label) == 3', True),
        ('answer["a b"] != input.right', True),
        ('worker == "A1"', False),
        ('"at" not in lower(answer.label)', False),
        ("answer.label > 3", None),
        ('answer.note == "x"', None),
        ('answer.note == "x" and seconds > 100', False),
        ('answer.note == "x" or seconds > 1', True),
        ("answer.count / 0 > 1", None),
        ("seconds", None),
    ],
)
def test_expressions_give_yes_no_or_leave_it(expression: str, is_met: bool | None) -> None:
    one = work(30, {"right": "z"}, label="cat", count="10", **{"a b": "y"})
    assert holds(expression, one) is is_met


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').system('true')",
        "answer.label.upper()",
        "seconds.__class__",
        "(lambda: 1)()",
        "[x for x in [1]]",
        "9 ** 9",
        "'a' % 3",
        "1 if seconds else 2",
        "f'{seconds}'",
        "answer",
        "label == 'cat'",
        "matches(answer.label, answer.pattern)",
        "matches(answer.label, '(')",
        "length(*answer.label)",
        "b'x' == answer.label",
        "x := 3",
        "(" * 500 + "1" + ")" * 500,
        "not " * 499 + "True",
        "1 == " * 900,
        "seconds > 1 " * 300,
        "\0",
    ],
)
def test_an_expression_has_only_what_the_language_lists(expression: str) -> None:
    try:
        rule = written.read(f"expr:{expression}")
    except Trouble:
        return
    assert rule.verdict(work(), Done("3H", 0, [])).is_met in (False, True)


def test_a_pattern_and_a_number_of_a_strangers_answer_take_no_time() -> None:
    assert holds('matches(answer.x, "(a|aa)+$")', work(x="a" * 5_000 + "b")) in (False, None)
    assert holds("answer.x > 1", work(x="9" * 1_000_000)) is None
    assert holds("answer.x < 1", work(x="nan")) is None
    assert holds("answer.x * 9 > 1", work(x="x" * 10)) is None


def test_a_pattern_that_is_slow_for_many_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "_PATTERN_SECONDS", 0.001)
    rule = written.read('expr:matches(answer.x, "(?:a+)+c")')
    with pytest.raises(Trouble, match="takes too long for many answers"):
        for _ in range(30):
            rule.verdict(work(x="a" * 5_000), Done("3H", 0, []))


@pytest.mark.parametrize(
    "text", ["majority", "majority:", "vote:label", "gold:label", "time:soon", "time:9s..1s"]
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(Trouble):
        written.read(text)


def test_of_several_rules_each_must_be_met() -> None:
    met, failed, left = Verdict(True, "a"), Verdict(False, "b"), Verdict(None, "c")
    assert deciding.together([met, left, failed]) is failed
    assert deciding.together([met, left]) is left
    assert deciding.together([met, met]).is_met


def test_the_parts_of_a_crowd_form_are_fields_too() -> None:
    sent = '[{"category": {"label": "Cat"}, "sure": true, "boxes": [1], "note": " x ", "none": null}]'
    found = fields_of({"taskAnswers": sent, "blank": " ", "several": ["b", "a "]})
    del found["taskAnswers"]
    assert found == {
        "category.label": "Cat",
        "sure": "true",
        "boxes": "[1]",
        "note": "x",
        "several": "a|b",
    }
    assert fields_of({"taskAnswers": "[" * 5_000}) == {"taskAnswers": "[" * 5_000}
