"""Crowd HTML Elements: what each asks for, and what its form posts for what was chosen."""

import json
from base64 import b64decode
from random import Random
from typing import Any

import pytest

from kempelen.crowd.bundle import FOLDER
from kempelen.crowd.definitions import definitions
from kempelen.rehearsal.filling import (
    Blank,
    Confused,
    Control,
    File,
    First,
    NotTaken,
    Truthful,
    Uniform,
    Value,
    answer,
    fill,
    pictures,
    read,
)
from kempelen.rehearsal.filling.tools.colours import PALETTE
from tests.crowd.pngs import pixels_in

URL = "https://ours.example/content/x/?assignmentId=3A&turkSubmitTo=https%3A%2F%2Fours.example"
SVG = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='30'/%3E"


def crowd_form(html: str, attributes: str = "") -> str:
    return f"<crowd-form {attributes}>{html}</crowd-form>"


def one(html: str) -> Control:
    (control,) = read(crowd_form(html), URL).controls
    return control


def said(html: str, truths: dict[str, Value] | None = None) -> Any:
    """The object that is posted."""
    task = read(crowd_form(html), URL)
    pairs = answer(task, Truthful(truths or {}, Blank()))
    assert [name for name, _ in pairs] == ["assignmentId", "taskAnswers"]
    (found,) = json.loads(pairs[1][1])
    return found


def flat(html: str, truths: dict[str, Value] | None = None) -> list[tuple[str, str]]:
    page = crowd_form(html, 'answer-format="flatten-objects"')
    return answer(read(page, URL), Truthful(truths or {}, Blank()))[1:]


FIELDS = """<crowd-input name="word" label="Word"></crowd-input>
<crowd-text-area name="essay"></crowd-text-area>
<crowd-slider name="howMuch" min="1" max="10"></crowd-slider>
<crowd-checkbox name="likes">Likes</crowd-checkbox>
<crowd-radio-group><crowd-radio-button name="yes">Yes</crowd-radio-button>
<crowd-radio-button name="no">No</crowd-radio-button></crowd-radio-group>
<crowd-toggle-button name="enabled" checked></crowd-toggle-button><input name="native">
<input type="radio" name="r" value="a"><input type="radio" name="r" value="b">
<select name="s" multiple><option>1<option>2</select><input type="submit" name="unsent">"""
TRUTHS: dict[str, Value] = {
    "word": "knight",
    "howMuch": 3,
    "yes|no": "no",
    "likes": "true",
    "enabled": False,
    "r": "b",
    "s": ["2"],
}


def test_a_crowd_form_posts_one_object_with_sorted_keys() -> None:
    task = read(crowd_form(FIELDS), URL)
    ((_, posted),) = answer(task, Truthful(TRUTHS, Blank()))[1:]
    assert posted == (
        '[{"enabled":{"on":false},"howMuch":3,"likes":{"on":true},"no":{"on":true},'
        '"r":{"a":false,"b":true},"s":["2"],"word":"knight","yes":{"on":false}}]'
    )


def test_a_flattened_form_posts_a_field_for_each_leaf() -> None:
    assert flat(FIELDS, TRUTHS) == [
        *(("word", "knight"), ("howMuch", "3"), ("likes.on", "true"), ("yes.on", "false"), ("no.on", "true")),
        *(("enabled.on", "false"), ("r.a", "false"), ("r.b", "true"), ("s", '["2"]')),
    ]


def test_in_a_form_of_htmls_own_elements_post_as_fields_do() -> None:
    html = f"<form>{FIELDS}<crowd-classifier name='c' categories='[1, 2]'></crowd-classifier></form>"
    posted = dict(answer(read(html, URL), Truthful({**TRUTHS, "c": "2"}, Blank())))
    assert {key: posted.get(key) for key in ("word", "howMuch", "likes", "no", "yes", "c")} == {
        **{"word": "knight", "howMuch": "3", "likes": "on", "no": "on", "yes": None, "c": "2"}
    }


def test_files_go_beside_the_answer() -> None:
    task = read(crowd_form('<crowd-input type="file" name="photo" required></crowd-input>'), URL)
    filled = fill(task, lambda control: File("a.png", b"x"))
    assert filled.pairs[1] == ("taskAnswers", '[{"photo":"a.png"}]')
    assert [name for name, _ in filled.files] == ["photo"]


@pytest.mark.parametrize("kind", ["classifier", "image-classifier"])
def test_a_classifier_says_its_label(kind: str) -> None:
    html = f"<crowd-{kind} name=c header='What?' categories=\"['Cat', 'Don't know', ]\"></crowd-{kind}>"
    control = one(html)
    assert (control.kind, control.label, control.is_required) == ("choice", "What?", True)
    assert said(html, {"c.label": "don't know"}) == {"c": {"label": "Don't know"}}
    with pytest.raises(NotTaken):
        answer(read(crowd_form(html), URL), lambda control: None)


@pytest.mark.parametrize("kind", ["classifier-multi-select", "image-classifier-multi-select"])
def test_a_classifier_of_several_says_them_in_the_tasks_order(kind: str) -> None:
    html = (
        f"<crowd-{kind} name=c categories=\"['Cat', 'Dog', 'Cow']\" exclusion-category=\"{{text: 'None'}}\">"
        f"</crowd-{kind}>"
    )
    assert said(html, {"c": "Cow|Cat"}) == {"c": {"labels": ["Cat", "Cow"]}}
    assert said(html, {"c": ["Cat", "None"]}) == {"c": {"labels": ["None"]}}


def test_moderation_labels_come_back_whole() -> None:
    html = (
        "<crowd-rekognition-detect-moderation-labels "
        "categories=\"[{name: 'Gore', parentName: 'Violence'}, 'Drugs']\">"
        "</crowd-rekognition-detect-moderation-labels>"
    )
    name = "AWS/Rekognition/DetectModerationLabels/Image/V3"
    gore = {"name": "Gore", "parentName": "Violence"}
    assert said(html, {name: ["Gore"]}) == {name: {"ModerationLabels": [gore]}}
    assert said(html, {name: "None"}) == {name: {"ModerationLabels": []}}


SHAPES = {
    "bounding-box": ("boundingBoxes", {"height": 5, "label": "Cat", "left": 1, "top": 2, "width": 3}),
    "keypoint": ("keypoints", {"label": "Cat", "x": 39, "y": 0}),
    "line": ("lines", {"label": "Cat", "vertices": [{"x": 0, "y": 0}, {"x": 40, "y": 30}]}),
    "polyline": ("polylines", {"label": "Cat", "vertices": [{"x": 0, "y": 0}, {"x": 9, "y": 9}]}),
    "polygon": ("polygons", {"label": "Cat", "vertices": [{"x": n, "y": n * n} for n in (1, 2, 3)]}),
}


@pytest.mark.parametrize("kind", SHAPES)
def test_a_drawing_tool_says_what_was_drawn_in_the_pictures_pixels(kind: str) -> None:
    name, shape = SHAPES[kind]
    html = f"<crowd-{kind} name=a src=\"{SVG}\" labels=\"['Cat', 'Dog']\"></crowd-{kind}>"
    size = {"height": 30, "width": 40}
    assert said(html) == {"a": {name: [], "inputImageProperties": size}}
    for value in ([shape], {name: [shape]}, json.dumps([shape])):
        assert said(html, {"a": value}) == {"a": {name: [shape], "inputImageProperties": size}}
    with pytest.raises(NotTaken, match="none of its labels"):
        fill(read(crowd_form(html), URL), lambda control: [{**shape, "label": "Cow"}])


def test_what_is_drawn_ends_where_the_picture_does() -> None:
    html = f'<crowd-bounding-box name=a src="{SVG}" labels="[\'Cat\']"></crowd-bounding-box>'
    box = {"label": "Cat", "left": -5, "top": 20.6, "width": 99, "height": 99}
    assert said(html, {"a": [box]})["a"]["boundingBoxes"] == [
        {"height": 9, "label": "Cat", "left": 0, "top": 21, "width": 40}
    ]


def test_what_was_drawn_to_begin_with_is_said_and_whether_it_is_other_now() -> None:
    html = (
        f'<crowd-keypoint name=a src="{SVG}" labels="[\'Cat\']" '
        "initial-value=\"[{label: 'Cat', x: 1, y: 2}, {label: 'Cow', x: 1, y: 1},]\"></crowd-keypoint>"
    )
    assert said(html)["a"]["keypoints"] == [{"label": "Cat", "x": 1, "y": 2}]
    assert said(html)["a"]["initialValueModified"] is False
    assert said(html, {"a": []})["a"]["initialValueModified"] is True


def test_the_size_of_a_picture_elsewhere_is_asked_for_else_guessed_and_noted() -> None:
    page = crowd_form("<crowd-keypoint name=a src='cat.png' labels=\"['Cat']\"></crowd-keypoint>")
    asked: list[str] = []
    task = read(page, URL, size_of=lambda address: asked.append(address) or (8, 9))  # type: ignore[func-returns-value]
    assert (task.controls[0].size, asked) == ((8, 9), ["https://ours.example/content/x/cat.png"])
    assert "how large a picture is" in read(page, URL).notes[-1]


def test_a_mask_has_a_colour_for_each_label() -> None:
    html = f"<crowd-semantic-segmentation name=a src=\"{SVG}\" labels=\"['Cat', 'Dog']\">"
    regions = [
        {"label": "Cat", "left": 0, "top": 0, "width": 10, "height": 5},
        {"label": "Dog", "vertices": [{"x": 5, "y": 0}, {"x": 40, "y": 0}, {"x": 40, "y": 30}]},
    ]
    found = said(html, {"a": regions})["a"]
    assert found["labelMappings"] == {"Cat": {"color": "#0072b2"}, "Dog": {"color": "#e69f00"}}
    rows = pixels_in(b64decode(found["labeledImage"]["pngImageData"]))
    assert (len(rows[0]), len(rows)) == (40, 30)
    assert [rows[y][x] for x, y in ((0, 0), (9, 1), (39, 0), (0, 29))] == [
        *((0, 0x72, 0xB2), (0xE6, 0x9F, 0), (0xE6, 0x9F, 0), (255, 255, 255))
    ]


def test_instances_have_a_colour_each_and_only_those_that_are_seen() -> None:
    html = f'<crowd-instance-segmentation name=a src="{SVG}" labels="[\'Cat\']">'
    boxes = [{"label": "Cat", "left": x, "top": 0, "width": 10, "height": 5} for x in (0, 20, 20)]
    assert said(html, {"a": boxes})["a"]["instances"] == [
        {"color": "#0072b2", "label": "Cat"},
        {"color": "#33ccb3", "label": "Cat"},
    ]


def test_an_entity_annotation_brings_its_own_form() -> None:
    page = (
        "<crowd-entity-annotation name=e labels=\"['person', {label: 'place', fullDisplayName: 'A place'}]\" "
        'text="🙂 Ada went to Rome"></crowd-entity-annotation>'
    )
    marked = [
        {"label": "place", "startOffset": 13, "endOffset": 18},
        {"label": "person", "startOffset": 2, "endOffset": 5},
    ]
    ((name, posted),) = answer(read(page, URL), lambda control: marked)[1:]
    assert name == "taskAnswers"
    assert json.loads(posted)[0]["e"]["entities"] == [
        {"endOffset": 5, "label": "person", "startOffset": 2},
        {"endOffset": 18, "label": "place", "startOffset": 14},
    ]
    with pytest.raises(NotTaken, match="cuts through"):
        answer(read(page, URL), lambda control: [*marked, {**marked[1], "startOffset": 3, "endOffset": 8}])


def test_ranks_are_given_by_dimension() -> None:
    html = (
        "<crowd-text-ranking name=r text=t responses=\"['a', 'b']\" "
        "ordinal-ranking-dimensions=\"[{name: 'Clarity', allowTie: true}, {name: 'Truth'}]\">"
    )
    expected = {
        "ordinalRankingDimensions": [
            {"allowTie": True, "name": "Clarity", "responseRankings": [1, 1]},
            {"allowTie": False, "name": "Truth", "responseRankings": [2, 1]},
        ]
    }
    for value in ({"Clarity": [1, 1], "Truth": [2, 1]}, [[1, 1], [2, 1]], expected):
        assert said(html, {"r": value}) == {"r": expected}
    with pytest.raises(NotTaken, match="each rank once"):
        fill(read(crowd_form(html), URL), lambda control: {"Clarity": [1, 1], "Truth": [1, 1]})


def test_questions_are_written_with_their_answers() -> None:
    html = (
        "<crowd-question-answer-generation text='It was in Rome.' question-tags=\"['Where']\">"
        "</crowd-question-answer-generation>"
    )
    pair = {"question": "Where?", "answer": "In Rome.", "questionTags": ["Where"]}
    reference = {"startOffset": 10, "endOffset": 14}
    assert said(html, {"questionAnswers": [{**pair, "textReferences": [reference]}]}) == {
        "questionAnswers": [{**pair, "textReferences": [{**reference, "text": "Rome"}]}]
    }


def test_what_was_read_in_a_document_is_corrected_by_its_keys() -> None:
    block, value = "blockType: 'KEY_VALUE_SET'", "relationships: [{type: 'VALUE', ids: ['v']}]"
    initial = (
        f"[{{{block}, id: 'k', entityTypes: ['KEY'], text: 'Name:', {value}}},"
        f"{{{block}, id: 'v', entityTypes: ['VALUE'], text: 'Ada Bel'}}]"
    )
    html = (
        "<crowd-textract-analyze-document name=d keys=\"[{importantFormKey: 'Town'}]\" "
        f'initial-value="{initial}"></crowd-textract-analyze-document>'
    )
    blocks = said(html, {"d": {"Name:": "Ada Bell", "Town": None}})["d"]["blocks"]
    assert [(one["id"], one["text"]) for one in blocks] == [("k", "Name:"), ("v", "Ada Bell")]


def test_buttons_of_a_group_with_one_name_are_known_by_their_values() -> None:
    html = (
        "<crowd-radio-group name=g><p>Which?</p>"
        "<crowd-radio-button name=age value=old>Older</crowd-radio-button><div>"
        "<crowd-radio-button name=age value=new checked>Newer</crowd-radio-button></div></crowd-radio-group>"
    )
    assert one(html).name == "age"
    assert said(html) == {"age": {"new": True, "old": False}}
    assert said(html, {"g": "older"}) == {"age": {"new": False, "old": True}}


def test_a_slider_that_is_not_closed_hides_nothing() -> None:
    html = '<crowd-slider name="a" min="1" max="5" step="2"/><crowd-input name="b" required></crowd-input>'
    assert said(html, {"a": 4.9, "b": "x"}) == {"a": 5, "b": "x"}


def test_what_stands_beside_its_form_and_names_it_is_collected_first() -> None:
    page = (
        '<crowd-text-ranking responses="[1]" ordinal-ranking-dimensions="[{name: 2}]" '
        'crowd-form-element-id="f"></crowd-text-ranking><crowd-form id="f"></crowd-form>'
    )
    (control,) = read(page, URL).controls
    assert control.name == "ordinalRankingDimensions"


@pytest.mark.parametrize("name", [name for name, one in definitions().items() if "answer" in one])
def test_every_element_with_an_answer_can_be_answered_anyhow(name: str) -> None:
    page = "\n".join(definitions()[name]["demo"])
    task = read(page if "<crowd-form" in page else crowd_form(page), URL, size_of=lambda address: (40, 30))
    assert task.form
    for seed in range(5):
        for chooser in (Uniform(Random(seed)), First(Random(seed)), Blank()):
            fill(task, chooser)
        truths = dict.fromkeys((control.name for control in task.controls), None)
        fill(task, Confused(truths, 1.0, Random(seed), Uniform(Random(seed))))


def test_colours_are_those_of_the_elements() -> None:
    source = (FOLDER / "parts" / "drawing" / "palette.js").read_text(encoding="utf-8")
    assert all(f'"{colour}"' in source for colour in PALETTE)
    assert source.count('"#') == len(PALETTE) + 3


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x05\0\0\0\x07", (5, 7)),
        (b"GIF89a\x05\0\x07\0", (5, 7)),
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc2\0\x0b\x08\0\x07\0\x05\x01\x01", (5, 7)),
        (b"BM" + b"\0" * 16 + b"\x05\0\0\0\xf9\xff\xff\xff", (5, 7)),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x04\0\0\x06\0\0", (5, 7)),
        (b"<?xml version='1.0'?><svg viewBox='0 0 5 7.2'>", (5, 7)),
        (b'<svg width="5px" height="7">', (5, 7)),
        (b"\xff\xd8\xff", None),
        (b"hello", None),
    ],
)
def test_a_picture_tells_its_size(content: bytes, size: tuple[int, int] | None) -> None:
    assert pictures.size_of(content) == size
