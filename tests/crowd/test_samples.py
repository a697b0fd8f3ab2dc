"""Answers as real ones were found, cell by cell, column by column (crowd-elements.md §3.3, §3.4, §5, §7)."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.crowd.pages import open_task

pytestmark = [pytest.mark.browser, pytest.mark.once]

VIDEO = "https://example.org/video/-0vPFx-wRRI_000030.mp4"
FLAT = 'answer-format="flatten-objects"'
# What is found, the form's attributes, what is in it, and the fields that it sends.
SAMPLES: list[tuple[str, str, str, dict[str, str]]] = [
    (
        "native boxes without values",
        "",
        "<input type=checkbox name=33 checked><input name=FineTypeA0 value=movie><input name=FineTypeA1>"
        "<input type=checkbox name=NA0><input type=checkbox name=NA4 checked><input type=checkbox>",
        {"taskAnswers": '[{"33":{"on":true},"FineTypeA0":"movie","NA0":{"on":false},"NA4":{"on":true}}]'},
    ),
    (
        "native boxes under an address for a name",
        "",
        f'<input type=checkbox name="{VIDEO}" value="male singing audible" checked>'
        f'<input type=checkbox name="{VIDEO}" value=background_music><input name=classSearch-1 value=heart>',
        {
            "taskAnswers": '[{"classSearch-1":"heart","' + VIDEO + '":{"background_music":false,'
            '"male singing audible":true}}]'
        },
    ),
    (
        "a hidden field with JSON",
        "",
        """<input type=hidden name=clickedImages value='["https://x.example/avocado_chair.png"]'>""",
        {"taskAnswers": '[{"clickedImages":"[\\"https://x.example/avocado_chair.png\\"]"}]'},
    ),
    (
        "fields of text, flattened: an empty one is none",
        FLAT,
        "<crowd-input name=response101 value=John></crowd-input><crowd-input name=response11></crowd-input>"
        "<crowd-text-area name=response2 value='a &amp; é'></crowd-text-area>",
        {"response101": "John", "response2": "a & é"},
    ),
    (
        "a native choice and a box, flattened",
        FLAT,
        "<input type=radio name=candidate1 value=1><input type=radio name=candidate1 value=X checked>"
        "<crowd-checkbox name=grammar1>G</crowd-checkbox>",
        {"candidate1.1": "false", "candidate1.X": "true", "grammar1.on": "false"},
    ),
    (
        "dots in names",
        FLAT,
        "<crowd-checkbox name=confidence.high checked>H</crowd-checkbox>"
        "<crowd-input name=q.0 value=a></crowd-input>",
        {"confidence.high.on": "true", "q.0": "a"},
    ),
    (
        "one name for all that is unwanted",
        "",
        "<input name=_ value=x><input type=hidden name=_ value=last>",
        {"taskAnswers": '[{"_":"last"}]'},
    ),
    (
        "the boxes, buttons and numbers of the documentation",
        "",
        "<crowd-checkbox name=image_attributes value=blurry checked>B</crowd-checkbox>"
        "<crowd-checkbox name=image_attributes value=in_focus>F</crowd-checkbox>"
        "<crowd-radio-group><crowd-radio-button name=btn1 value=yes checked>Y</crowd-radio-button>"
        "<crowd-radio-button name=btn2 value=no>N</crowd-radio-button></crowd-radio-group>"
        "<crowd-slider name=howMuch min=1 max=10 value=3></crowd-slider>"
        "<crowd-toggle-button name=enabled checked>E</crowd-toggle-button>",
        {
            "taskAnswers": '[{"btn1":{"yes":true},"btn2":{"no":false},"enabled":{"on":true},"howMuch":3,'
            '"image_attributes":{"blurry":true,"in_focus":false}}]'
        },
    ),
    (
        "the same, flattened",
        FLAT,
        "<crowd-slider name=howMuch min=0 max=10></crowd-slider><crowd-checkbox name=likeBirds checked>L"
        "</crowd-checkbox><select name=many multiple><option selected>a<option>b<option selected>c</select>",
        {"howMuch": "0", "likeBirds.on": "true", "many": '["a","c"]'},
    ),
    ("nothing at all", "", "<input name=a>", {"taskAnswers": "[{}]"}),
]
CHOSEN: list[tuple[str, str, Any]] = [
    ("crowd-classifier", "sentiment", {"label": "Positive"}),
    ("crowd-image-classifier", "category", {"label": "Cat", "workerComment": "Blurry."}),
    ("crowd-classifier-multi-select", "attributes", {"labels": ["Cat", "Dog"]}),
    ("crowd-image-classifier-multi-select", "attributes", {"labels": ["Dog"], "workerComment": "So."}),
]


def fields_of(page: Page) -> list[dict[str, str]]:
    made: list[dict[str, str]] = page.evaluate(
        "[...document.querySelectorAll('crowd-form')].map((form) => Object.fromEntries(form.answerFields()))"
    )
    return made


def test_forms_send_what_real_ones_sent(page: Page) -> None:
    forms = [f"<crowd-form {attributes}>{inside}</crowd-form>" for _, attributes, inside, _ in SAMPLES]
    open_task(page, "".join(forms))

    for sent, (what, _, _, expected) in zip(fields_of(page), SAMPLES, strict=True):
        assert sent == expected, what


@pytest.mark.parametrize("form", ["", FLAT])
def test_choices_are_sent_as_documented_and_entered_again(page: Page, form: str) -> None:
    def markup(name: str, answer: str) -> str:
        labels = "['Positive', 'Cat', 'Dog']"
        comment = "<worker-comment></worker-comment>" if "image" in name else ""
        return (
            f"<crowd-form {form}><{name} name={answer} src=/a.svg header=x "
            f'categories="{labels}">{comment}</{name}></crowd-form>'
        )

    open_task(page, "".join(markup(name, answer) for name, answer, _ in CHOSEN))
    expected = [flat(answer, value) if form else whole(answer, value) for _, answer, value in CHOSEN]
    page.evaluate(
        "all => document.querySelectorAll('crowd-form').forEach("
        "(form, i) => form.enterAgain(Object.entries(all[i])))",
        expected,
    )

    assert fields_of(page) == expected


def whole(name: str, value: Any) -> dict[str, str]:
    return {"taskAnswers": json.dumps([{name: value}], separators=(",", ":"))}


def flat(name: str, value: dict[str, Any]) -> dict[str, str]:
    def leaf(part: Any) -> str:
        return part if isinstance(part, str) else json.dumps(part, separators=(",", ":"))

    return {f"{name}.{key}": leaf(part) for key, part in value.items()}
