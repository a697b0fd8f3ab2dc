"""Answers of Crowd HTML Elements in a few words: the samples of crowd-elements.md §5 and §7, and anything."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kempelen.domain import crowd_answers

BOXES = [{"height": 3, "label": label, "left": 1, "top": 1, "width": 2} for label in ("Cat", "Dog", "Cat")]
SIZE = {"height": 480, "width": 640}
MASK = {"pngImageData": "iVBORw0KGgo" + "A" * 5_000}
ENTITIES = [
    {"endOffset": 54, "label": "Person", "startOffset": 47},
    {"endOffset": 97, "label": "Place", "startOffset": 93},
]


def whole(**parts: Any) -> dict[str, str]:
    return {"taskAnswers": json.dumps([parts])}


def in_words(answers: dict[str, str]) -> dict[str, str]:
    told = crowd_answers.told(answers)
    assert told is not None
    return {one.name: one.words for one in told}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"boundingBoxes": BOXES, "inputImageProperties": SIZE}, "3 boxes: Cat 2, Dog 1"),
        ({"boundingBoxes": [], "inputImageProperties": SIZE}, "no boxes"),
        ({"keypoints": [{"label": "Eye", "x": 1, "y": 2}]}, "1 point: Eye"),
        ({"polygons": [{"label": "Dog", "vertices": []}]}, "1 polygon: Dog"),
        ({"polylines": [{"label": "a"}, {"label": "b"}]}, "2 polylines: a, b"),
        ({"lines": [{"vertices": []}]}, "1 line"),
        ({"entities": ENTITIES}, "2 entities: Person, Place"),
        ({"entities": ENTITIES, "initialValueModified": True}, "2 entities: Person, Place"),
        (
            {"entities": ENTITIES, "initialValueModified": False},
            "2 entities: Person, Place (as it was to begin with)",
        ),
        (
            {"labeledImage": MASK, "labelMappings": {"Cat": {}, "Dog": {}}, "inputImageProperties": SIZE},
            "mask 640 × 480: Cat, Dog",
        ),
        (
            {"labeledImage": MASK, "instances": [{"label": "Cat"}] * 2, "inputImageProperties": SIZE},
            "mask 640 × 480: 2 instances: Cat 2",
        ),
        ({"label": "Positive"}, "Positive"),
        ({"label": "Cat", "workerComment": "Blurry."}, "Cat (“Blurry.”)"),
        ({"labels": ["a", "b"]}, "a, b"),
        ({"labels": []}, "none"),
        ({"ModerationLabels": [{"name": "Gore", "parentName": "Violence"}]}, "Gore"),
        ({"on": True}, "yes"),
        ({"on": False}, "no"),
        ({"yes": True, "no": False}, "yes"),
        ({"yes": False, "no": False}, "none"),
        ({"ordinalRankingDimensions": [{"name": "Clarity", "responseRankings": [2, 1]}]}, "Clarity: 2, 1"),
        ({"odd": {"deep": [1, None]}}, "odd: deep: 1, nothing"),
        ("text", "text"),
        (3, "3"),
        ([], "none"),
        ({}, "nothing"),
    ],
)
def test_each_kind_of_answer_is_told_in_a_few_words(value: Any, words: str) -> None:
    assert in_words(whole(N=value)) == {"N": words}


def test_flattened_answers_are_put_together_and_other_fields_stay() -> None:
    answers = {
        "annotatedResult.boundingBoxes": json.dumps(BOXES),
        "annotatedResult.inputImageProperties.height": "480",
        "annotatedResult.inputImageProperties.width": "640",
        "humerus.labelMappings.Humerus.color": "#2ca02c",
        "humerus.labeledImage.pngImageData": MASK["pngImageData"],
        "likeBirds.on": "true",
        "category.labels": '["a","b"]',
    }
    assert in_words(answers) == {
        "annotatedResult": "3 boxes: Cat 2, Dog 1",
        "humerus": "mask: Humerus",
        "likeBirds.on": "true",
        "category": "a, b",
    }


def test_other_answers_are_not_told() -> None:
    for answers in ({"answer": "yes"}, {"taskAnswers": "[1]"}, {"taskAnswers": "[]"}, {"q.1": "a"}, {}):
        assert crowd_answers.told(answers) is None


def test_pictures_are_never_given_back() -> None:
    (told,) = crowd_answers.told(whole(N={"labeledImage": MASK, "labelMappings": {"Cat": {}}})) or []
    assert "AAAA" not in told.raw
    assert '"pngImageData": "(5,011 characters)"' in told.raw
    (flat,) = crowd_answers.told({"N.labeledImage.pngImageData": MASK["pngImageData"]}) or []
    assert flat.raw == '{"labeledImage": {"pngImageData": "(5,011 characters)"}}'


def test_what_is_long_is_cut_and_what_is_huge_is_only_named() -> None:
    many = [{"label": f"label {i}", "x": i, "y": i} for i in range(5_000)]
    (told,) = crowd_answers.told(whole(N={"keypoints": many})) or []
    assert told.words.startswith("5,000 points: label 0, label 1, ")
    assert told.words.endswith("and 4,988 more")
    assert len(told.raw) < crowd_answers.MOST_RAW + 50
    huge = {"taskAnswers": json.dumps([{"N": {"keypoints": many * 10}}])}
    assert in_words(huge)["taskAnswers"].endswith("characters; see the answer in its task")


KEYS = st.sampled_from([*crowd_answers._LEAVES, "label", "on", "workerComment", "inputImageProperties"])
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), JSON))
def test_any_json_is_told(answer: dict[str, Any]) -> None:
    told = crowd_answers.told({"taskAnswers": json.dumps([answer])})
    assert told is not None
    assert [one.name for one in told] == list(answer)


@given(st.dictionaries(st.sampled_from(["a.boundingBoxes", "a", "a.labels.x", "a.labels", "b.c"]), st.text()))
def test_any_fields_are_told(answers: dict[str, str]) -> None:
    told = crowd_answers.told(answers)
    assert told is None or all(one.name and isinstance(one.words, str) for one in told)


@pytest.mark.parametrize("text", ["[" * 100_000, '[{"a":' * 5_000, "[{]", "\x00", "[NaN]"])
def test_what_is_no_answer_is_left_as_it_is(text: str) -> None:
    told = crowd_answers.told({"taskAnswers": text})
    assert told is None or told[0].name == "taskAnswers"


def test_what_is_deep_is_told_without_its_depths() -> None:
    (told,) = crowd_answers.told({"taskAnswers": '[{"a":' + "[" * 800 + "]" * 800 + "}]"}) or []
    assert told.words == "…"
    assert len(told.raw) == 1_600
