"""What is wrong is said at its field, before any XML is made."""

from dataclasses import replace

import pytest

from kempelen.domain.questions.building import problems, reading, scoring
from kempelen.domain.questions.building.parts import Block, Choice, Combination, Draft, Mapping, Span
from tests.domain.questions import fixtures
from tests.domain.questions.building.drafts import a_draft


def wrong(draft: Draft, **options: bool) -> dict[str, str]:
    return {one.field: one.text for one in problems.problems(draft, **options)}


def with_question(draft: Draft, **changes: object) -> Draft:
    return replace(draft, parts=(replace(draft.parts[0], **changes), *draft.parts[1:]))  # type: ignore[arg-type]


def a_question(kind: str = "radiobutton", **changes: object) -> Draft:
    """A draft with one question that is right, but for the changes."""
    labelled = {"content": (Block("text", "Which?"),)}
    draft = with_question(a_draft(kind), **labelled)
    choices = tuple(Choice(one.identifier, Block("text", "A")) for one in draft.parts[0].choices)
    return with_question(draft, **{"choices": choices} | changes)


def test_a_question_as_it_is_added_lacks_only_its_words():
    assert set(wrong(a_draft("radiobutton"))) == {
        "parts-0-content-0-text",
        "parts-0-choices-0-text",
        "parts-0-choices-1-text",
    }
    assert wrong(a_question()) == {}
    assert wrong(Draft()) == {"": "Add at least one question."}


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("radiobutton", {"identifier": ""}, "identifier"),
        ("radiobutton", {"lowest": "two"}, "lowest"),
        ("radiobutton", {"lowest": "3"}, "lowest"),
        ("checkbox", {"lowest": "3", "highest": "9"}, "lowest"),
        ("radiobutton", {"highest": "0"}, "highest"),
        ("radiobutton", {"default_points": "1"}, "default_points"),
        ("radiobutton", {"choices": ()}, "choices"),
        ("radiobutton", {"choices": (Choice("", Block("text", "A")),)}, "choices-0-identifier"),
        ("radiobutton", {"choices": (Choice("a", Block("text", "A"), "1.5"),)}, "choices-0-points"),
        ("radiobutton", {"choices": (Choice("a", Block("image", url="data:x")),)}, "choices-0-url"),
        ("checkbox", {"combinations": (Combination((), "1"),)}, "combinations-0-points"),
        ("checkbox", {"combinations": (Combination(("choice_1",), ""),)}, "combinations-0-points"),
        ("text", {"regex": "("}, "regex"),
        ("text", {"error_text": "No."}, "regex"),
        ("text", {"shortest": "5", "longest": "4"}, "shortest"),
        ("text", {"lines": "0"}, "lines"),
        ("number", {"minimum": "99999999999"}, "minimum"),
        ("number", {"maximum": "٣"}, "maximum"),
        ("text", {"content": ()}, "content"),
        ("text", {"content": (Block("formatted", "<div>"),)}, "content-0-text"),
        ("text", {"answer": ""}, "answer"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(kind, changes, field):
    found = wrong(a_question(kind, **changes))
    assert list(found) == [f"parts-0-{field}"]


def test_questions_and_choices_that_look_alike_are_told_apart():
    twice = a_question()
    twice = replace(twice, parts=twice.parts * 2)
    assert set(wrong(twice)) == {"parts-0-identifier", "parts-1-identifier"}
    alike = replace(a_question().parts[0].choices[0], identifier="same")
    assert set(wrong(a_question(choices=(alike, alike)))) == {
        "parts-0-choices-0-identifier",
        "parts-0-choices-1-identifier",
    }


def test_a_test_takes_no_files_and_its_key_no_words():
    files = a_question("file")
    assert list(wrong(files)) == ["parts-0-answer"]
    assert wrong(files, is_test=False) == {}
    scored = a_question(choices=(Choice("a", Block("text", "A"), "1"),))
    both = replace(scored, parts=(*scored.parts, replace(a_question("text").parts[0], identifier="why")))
    assert list(wrong(both)) == ["parts-1-answer"]
    assert list(wrong(with_question(scored, has_other=True))) == ["parts-0-has_other"]


@pytest.mark.parametrize(
    ("mapping", "fields"),
    [
        (Mapping("percentage"), ["mapping-maximum"]),
        (Mapping("percentage", maximum="0"), ["mapping-maximum"]),
        (Mapping("scale", multiplier="INF"), ["mapping-multiplier"]),
        (Mapping("scale", multiplier="2.5"), []),
        (Mapping("range", otherwise="0"), ["mapping-kind"]),
        (Mapping("range", spans=(Span("5", "1", "1"),), otherwise="0"), ["mapping-spans-0-lowest"]),
        (
            Mapping("range", spans=(Span("0", "5", "1"), Span("5", "9", "2")), otherwise="0"),
            ["mapping-spans-1-lowest"],
        ),
        (Mapping("range", spans=(Span("0", "", "1"),)), ["mapping-spans-0-highest", "mapping-otherwise"]),
    ],
)
def test_what_a_value_is_made_of_has_to_be_whole(mapping, fields):
    scored = a_question(choices=(Choice("a", Block("text", "A"), "1"),))
    assert list(wrong(replace(scored, mapping=mapping))) == fields


def test_a_mapping_needs_points():
    assert list(wrong(replace(a_question(), mapping=Mapping("scale", multiplier="2")))) == ["mapping-kind"]


def test_the_most_points_are_the_best_of_each_question():
    draft = scoring.read(reading.read(fixtures.valid("test")), fixtures.valid("key_percentage"))
    assert scoring.most_points(draft) == 12
    assert scoring.most_points(a_question(choices=(Choice("a", Block("text", "A"), "x"),))) is None
