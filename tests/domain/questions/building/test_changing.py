"""What the builder's buttons do."""

from dataclasses import replace

import pytest

from kempelen.domain.questions.building import changing, scoring
from kempelen.domain.questions.building.parts import Combination
from tests.domain.questions.building.drafts import a_draft


def names(draft) -> list[str]:
    return [part.identifier for part in draft.parts]


def test_questions_are_moved_copied_and_taken_away():
    draft = a_draft("radiobutton", "text", "number")
    draft, focus = changing.change(draft, "part:2:up")
    assert (names(draft), focus) == (["question_1", "question_3", "question_2"], "parts-1-up")
    draft, _ = changing.change(draft, "part:0:copy")
    assert names(draft) == ["question_1", "question_1_1", "question_3", "question_2"]
    draft, focus = changing.change(draft, "part:3:remove")
    assert (names(draft), focus) == (["question_1", "question_1_1", "question_3"], "parts-2-remove")


def test_what_is_added_gets_a_name_of_its_own():
    draft = a_draft("radiobutton", "radiobutton")
    draft, _ = changing.change(draft, "part:0:remove")
    draft, focus = changing.change(draft, "add:radiobutton")
    assert (names(draft), focus) == (["question_2", "question_1"], "parts-1-content-0-text")
    draft, focus = changing.change(draft, "choice:0:add")
    assert [choice.identifier for choice in draft.parts[0].choices] == ["choice_1", "choice_2", "choice_3"]
    assert focus == "parts-0-choices-2-text"


def test_all_stay_choosable_as_choices_come_and_go():
    draft = a_draft("checkbox")
    assert draft.parts[0].highest == "2"
    draft, _ = changing.change(draft, "choice:0:add")
    assert draft.parts[0].highest == "3"
    draft, _ = changing.change(draft, "choice:0:1:remove")
    assert draft.parts[0].highest == "2"


def test_points_of_what_is_gone_go_too():
    draft = a_draft("checkbox")
    both = (Combination(("choice_1", "choice_2"), "5"), Combination(("choice_2",), "1"))
    draft = replace(draft, parts=(replace(draft.parts[0], combinations=both),))
    draft, _ = changing.change(draft, "choice:0:0:remove")
    assert draft.parts[0].combinations == (Combination(("choice_2",), "1"),)


def test_points_follow_from_choices_to_combinations_and_back():
    single = replace(a_draft("radiobutton").parts[0])
    choices = (replace(single.choices[0], points="3"), *single.choices[1:])
    several = changing.became(replace(single, choices=choices, answer="checkbox"), "radiobutton")
    settled = scoring.settled(several)
    assert settled.combinations == (Combination(("choice_1",), "3"),)
    back = scoring.settled(changing.became(replace(settled, answer="radiobutton"), "checkbox"))
    assert (back.combinations, back.choices[0].points) == ((), "3")


@pytest.mark.parametrize(
    "command",
    [
        *("", ":", "part", "part:9:up", "part:0:up", "part:x:up", "part:99999999999999:up"),
        *("block:0:add:kept", "add:kept", "add:nothing", "choice:0", "choice:0:9:up"),
        *("combination:0:0:remove", "span:0:remove"),
    ],
)
def test_what_no_button_says_changes_nothing(command):
    draft = a_draft("radiobutton")
    assert changing.change(draft, command)[0] == draft
