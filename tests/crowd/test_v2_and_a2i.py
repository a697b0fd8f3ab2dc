"""Elements of the second generation and of Augmented AI, from their public samples and documentation."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible
from tests.crowd.pages import open_task, submit

pytestmark = [pytest.mark.browser, pytest.mark.once]

RANKING = """<crowd-text-ranking name="textRanking" text="Why do you see yourself?"
  ordinal-ranking-dimensions='[{"name":"Clarity","allowTie":true},{"name":"Inclusivity","allowTie":false}]'
  responses='["Light goes there and back.","Magic."]'>
  <short-instructions><p>Rank them.</p></short-instructions></crowd-text-ranking>"""
# As the first samples had it: without a name, closed by a slash only, beside a hidden form.
OLD_RANKING = """<div><crowd-text-ranking crowd-form-element-id="crowd-form-submit" instructions='Rank them.
  All of them.' ordinal-ranking-dimensions='[{"name":"Accuracy","allowTie":true}]' text='Why?'
  responses='["One.","Two."]' /></div>
  <crowd-form id="crowd-form-submit" style="display: none"></crowd-form>"""
QUESTIONS = """<crowd-form id="crowd-form-qa" style="display: none"></crowd-form>
<crowd-question-answer-generation crowd-form-element-id="crowd-form-qa" min-questions="1" max-questions="2"
  text='😀 The Amazon covers most of the basin.' question-max-words="3" allow-custom-tags="true"
  question-tags='["What", "Why"]' instructions='- Ask.
      - Answer.'></crowd-question-answer-generation>"""
MODERATION = """<crowd-form><crowd-rekognition-detect-moderation-labels src="/a.svg" header="What is it?"
  categories='[ { name: "Gore", parentName: "Violence", }, { name: "Corpses", parentName: "Violence", }, ]'>
  <short-instructions header="Instructions">Choose.</short-instructions>
</crowd-rekognition-detect-moderation-labels></crowd-form>"""
BLOCKS = [
    {
        "blockType": "KEY_VALUE_SET",
        "id": "k1",
        "entityTypes": ["KEY"],
        "text": "Name:",
        "geometry": {"boundingBox": {"left": 0.1, "top": 0.1, "width": 0.2, "height": 0.1}},
        "relationships": [{"type": "CHILD", "ids": ["w1"]}, {"type": "VALUE", "ids": ["v1"]}],
    },
    {
        "BlockType": "KEY_VALUE_SET",
        "Id": "v1",
        "EntityTypes": ["VALUE"],
        "Relationships": [{"Type": "CHILD", "Ids": ["w2", "w3"]}],
        "Geometry": {"BoundingBox": {"Left": 0.4, "Top": 0.1, "Width": 0.2, "Height": 0.1}},
    },
    {"blockType": "WORD", "id": "w2", "text": "Jane"},
    {"blockType": "WORD", "id": "w3", "text": "Do"},
    {"blockType": "KEY_VALUE_SET", "id": "k2", "entityTypes": ["KEY"], "text": "Page 1", "relationships": []},
]
DOCUMENT = f"""<crowd-form><crowd-textract-analyze-document src="/a.svg" header="Review"
  no-key-edit no-geometry-edit
  initial-value='{json.dumps(BLOCKS)}' block-types="['KEY_VALUE_SET']"
  keys="[{{importantFormKey: 'Full name', importantFormKeyAliases: ['name']}},
    {{importantFormKey: 'Address'}}]">
  <short-instructions header="Instructions">Review.</short-instructions>
</crowd-textract-analyze-document></crowd-form>"""


def rank(page: Page, row: str, rank: str) -> None:
    page.get_by_role("radiogroup", name=row).get_by_role("radio", name=rank).check()


def test_responses_are_ranked_and_ranks_without_ties_change_places(page: Page) -> None:
    sent = open_task(page, f"<crowd-form>{RANKING}</crowd-form>")
    rank(page, "Clarity: Response 1", "1")
    rank(page, "Clarity: Response 2", "1")
    rank(page, "Inclusivity: Response 1", "1")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Rank every response by Inclusivity.")).to_be_visible()
    rank(page, "Inclusivity: Response 2", "2")
    rank(page, "Inclusivity: Response 1", "2")
    submit(page, sent)

    assert sent.answer() == {
        "textRanking": {
            "ordinalRankingDimensions": [
                {"allowTie": True, "name": "Clarity", "responseRankings": [1, 1]},
                {"allowTie": False, "name": "Inclusivity", "responseRankings": [2, 1]},
            ]
        }
    }


def test_a_ranking_beside_its_form_is_collected_by_it(page: Page) -> None:
    sent = open_task(page, OLD_RANKING)
    expect(page.get_by_text("All of them.")).to_be_visible()
    rank(page, "Accuracy: Response 1", "2")
    rank(page, "Accuracy: Response 2", "1")
    submit(page, sent)

    assert sent.answer() == {
        "ordinalRankingDimensions": [{"allowTie": True, "name": "Accuracy", "responseRankings": [2, 1]}]
    }


def test_questions_are_written_with_answers_tags_and_references(page: Page) -> None:
    sent = open_task(page, QUESTIONS)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Write a question and its answer.")).to_be_visible()
    page.get_by_label("Question", exact=True).fill("What does it cover here?")
    page.get_by_label("Answer", exact=True).fill("The basin")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("The question 1 has too many words: at most 3.")).to_be_visible()
    page.get_by_label("Question", exact=True).fill("What is covered?")
    page.get_by_role("button", name="What").click()
    page.get_by_label("A tag of your own").fill("Where from")
    page.get_by_label("A tag of your own").press("Enter")
    text = page.get_by_role("textbox", name="The text")
    text.focus()
    expect(text).to_be_focused()
    for key in ("Control+Home", *["ArrowRight"] * 6, *["Shift+ArrowRight"] * 6, "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("Refers to “Amazon”.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Add a question").click()
    expect(page.get_by_role("button", name="Add a question")).to_be_hidden()
    submit(page, sent)

    assert sent.answer() == {
        "questionAnswers": [
            {
                "answer": "The basin",
                "question": "What is covered?",
                "questionTags": ["What", "Where from"],
                "textReferences": [{"endOffset": 12, "startOffset": 6, "text": "Amazon"}],
            }
        ]
    }


def test_moderation_labels_come_back_whole_and_none_is_an_empty_list(page: Page) -> None:
    key = "AWS/Rekognition/DetectModerationLabels/Image/V3"
    sent = open_task(page, MODERATION)
    page.get_by_role("checkbox", name="Corpses").check()
    submit(page, sent)
    assert sent.answer() == {key: {"ModerationLabels": [{"name": "Corpses", "parentName": "Violence"}]}}

    page.unroute_all()
    sent = open_task(page, MODERATION)
    page.get_by_role("checkbox", name="None").check()
    expect(page.get_by_role("checkbox", name="Gore")).to_be_disabled()
    submit(page, sent)
    assert sent.answer() == {key: {"ModerationLabels": []}}


def test_what_was_read_in_a_document_is_corrected(page: Page) -> None:
    sent = open_task(page, DOCUMENT)
    name = page.get_by_role("group", name="Name:")
    expect(name.get_by_label("Value", exact=True)).to_have_value("Jane Do")
    name.get_by_label("Value", exact=True).fill("Jane Doe")
    expect(page.locator("crowd-textract-analyze-document .boxes span")).to_have_count(2)
    page.get_by_role("group", name="Page 1").get_by_label("Not a key with its value").check()
    page.get_by_role("group", name="Address").get_by_label("Value", exact=True).fill("Rome")
    expect(page.get_by_role("group", name="Full name")).to_have_count(0)
    submit(page, sent)

    blocks = sent.answer()["AWS/Textract/AnalyzeDocument/Forms/V1"]["blocks"]
    assert [(one["id"], one["entityTypes"], one["text"]) for one in blocks] == [
        ("k1", ["KEY"], "Name:"),
        ("v1", ["VALUE"], "Jane Doe"),
        ("added-1", ["KEY"], "Address"),
        ("added-1-value", ["VALUE"], "Rome"),
    ]
    assert blocks[0]["relationships"] == [{"ids": ["w1"], "type": "CHILD"}, {"ids": ["v1"], "type": "VALUE"}]


QA = {"answer": "Water.", "question": "What?", "questionTags": ["Why"]}
NAMES = ["ranking", "questions", "labels", "blocks"]
ANSWERS = {
    f"<crowd-form>{RANKING}</crowd-form>": {
        "textRanking": {
            "ordinalRankingDimensions": [
                {"allowTie": True, "name": "Clarity", "responseRankings": [1, 1]},
                {"allowTie": False, "name": "Inclusivity", "responseRankings": [2, 1]},
            ]
        }
    },
    QUESTIONS: {
        "questionAnswers": [QA | {"textReferences": [{"endOffset": 1, "startOffset": 0, "text": "😀"}]}]
    },
    MODERATION: {
        "AWS/Rekognition/DetectModerationLabels/Image/V3": {
            "ModerationLabels": [{"name": "Gore", "parentName": "Violence"}]
        }
    },
    DOCUMENT: {
        "AWS/Textract/AnalyzeDocument/Forms/V1": {
            "blocks": [
                {
                    "blockType": "KEY_VALUE_SET",
                    "entityTypes": ["KEY"],
                    "id": "added-1",
                    "relationships": [{"ids": ["added-1-value"], "type": "VALUE"}],
                    "text": "Address",
                },
                {
                    "blockType": "KEY_VALUE_SET",
                    "entityTypes": ["VALUE"],
                    "id": "added-1-value",
                    "relationships": [],
                    "text": "Rome",
                },
            ]
        }
    },
}


@pytest.mark.parametrize(
    ("html", "answer"), ANSWERS.items(), ids=["ranking", "questions", "labels", "blocks"]
)
def test_what_was_sent_is_entered_again_locked_and_accessible(
    new_visitor: Callable[..., Page], html: str, answer: dict[str, object]
) -> None:
    page = new_visitor(color_scheme="dark")
    open_task(page, html)
    fields = [["taskAnswers", json.dumps([answer])]]
    again = "(form, fields) => (form.enterAgain(fields), form.answerFields()[0][1])"
    form = page.locator("crowd-form").first
    assert json.loads(form.evaluate(again, fields)) == [answer]
    assert_accessible(page)
    form.evaluate("(form) => form.lock()")
    for box in page.locator("crowd-form, crowd-question-answer-generation").get_by_role("checkbox").all():
        expect(box).to_be_disabled()
    assert_accessible(page)
