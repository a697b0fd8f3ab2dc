"""Marking entities: by mouse, keyboard and touch, and what is sent of them (crowd-elements.md §4, §5)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible
from tests.crowd.pages import PREVIEW, Sent, open_task, submit

pytestmark = [pytest.mark.browser, pytest.mark.once]

LABELS = (
    "[{'label': 'person', 'shortDisplayName': 'per', 'fullDisplayName': 'Person'}, "
    "{label: 'date', shortDisplayName: 'dat'}, 'company',]"
)
JANE = "{label: 'person', startOffset: 0, endOffset: 8}"
TEXT = "Jane Doe wrote to Acme on 12 March."
PLACE_OF = """([element, words]) => {
  const place = element.shadowRoot.querySelector(".text");
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return [left, right, (top + bottom) / 2];
  }
}"""


def annotation(text: str = TEXT, *, extra: str = "", inside: str = "") -> str:
    return (
        f'<crowd-entity-annotation name="found" header="Find them." labels="{LABELS}" text="{text}" {extra}>'
        "<short-instructions header='In short'>Mark them.</short-instructions>"
        f"<full-instructions header='At length'>All.</full-instructions>{inside}</crowd-entity-annotation>"
    )


def opened(page: Page, html: str, **options: Any) -> Sent:
    sent = open_task(page, html, **options)
    expect(page.locator("crowd-entity-annotation").get_by_label("The text")).to_be_visible()
    return sent


def place_of(page: Page, words: str) -> tuple[float, float, float]:
    element = page.locator("crowd-entity-annotation").element_handle()
    left, right, middle = page.evaluate(PLACE_OF, [element, words])
    return left, right, middle


def drag_over(page: Page, words: str) -> None:
    left, right, middle = place_of(page, words)
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move((left + right) / 2, middle)
    page.mouse.move(right - 1, middle)
    page.mouse.up()


def click_on(page: Page, words: str, *, times: int = 1) -> None:
    left, right, middle = place_of(page, words)
    page.mouse.click((left + right) / 2, middle, click_count=times)


def said(page: Page, sentence: str) -> None:
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_attached()


def label(page: Page, name: str) -> None:
    page.get_by_role("group", name="Labels").get_by_role("button", name=name).click()


def test_what_is_dragged_over_gets_the_label_that_is_pressed_then(page: Page) -> None:
    sent = opened(page, annotation())
    drag_over(page, "Jane Doe")
    expect(page.get_by_text("Choose a label for “Jane Doe”.")).to_be_visible()
    page.keyboard.press("1")
    said(page, "“Jane Doe” is Person. 1 entity.")
    click_on(page, "Acme", times=2)
    expect(page.get_by_text("Choose a label for “Acme”.")).to_be_visible()
    label(page, "company")
    said(page, "“Acme” is company. 2 entities.")
    submit(page, sent)

    assert sent.posts[0]["taskAnswers"] == (
        '[{"found":{"entities":[{"endOffset":8,"label":"person","startOffset":0},'
        '{"endOffset":22,"label":"company","startOffset":18}]}}]'
    )


def test_a_label_that_is_chosen_first_marks_each_selection(page: Page) -> None:
    sent = opened(page, annotation())
    label(page, "date")
    expect(page.locator(".hint")).to_have_text("What you select becomes date.")
    drag_over(page, " on 12 March")
    said(page, "“on 12 March” is date. 1 entity.")
    page.keyboard.press("Control+z")
    said(page, "Undone. 0 entities.")
    page.keyboard.press("Control+Shift+z")
    said(page, "Done again. 1 entity.")
    submit(page, sent)

    assert sent.answer() == {"found": {"entities": [{"startOffset": 23, "endOffset": 34, "label": "date"}]}}


def test_the_keyboard_alone_selects_labels_relabels_and_removes(page: Page) -> None:
    sent = opened(page, annotation())
    text = page.get_by_role("textbox", name="The text")
    text.focus()
    expect(text).to_be_focused()
    for key in ("Control+Home", *["Shift+ArrowRight"] * 8):
        page.keyboard.press(key)
    expect(page.get_by_text("Choose a label for “Jane Doe”.")).to_be_visible()
    page.keyboard.press("2")
    said(page, "“Jane Doe” is date. 1 entity.")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("3")
    said(page, "2 entities.")
    page.keyboard.press(".")
    said(page, "“Jane Doe” is date.")
    page.keyboard.press("1")
    said(page, "“Jane Doe” is now Person.")
    page.keyboard.press(".")
    page.keyboard.press("Delete")
    said(page, "company “March.” removed. 1 entity.")
    page.keyboard.type("x")
    submit(page, sent)

    assert sent.answer() == {"found": {"entities": [{"startOffset": 0, "endOffset": 8, "label": "person"}]}}


def test_an_entity_is_chosen_relabelled_and_removed_by_its_cross(page: Page) -> None:
    initial = (
        "[{label: 'person', startOffset: 0, endOffset: 8}, {label:'date', startOffset:26, endOffset:34},]"
    )
    sent = opened(page, annotation(extra=f'initial-value="{initial}"'))
    click_on(page, "Jane Doe")
    expect(page.get_by_text("“Jane Doe” is Person.")).to_be_visible()
    label(page, "company")
    said(page, "“Jane Doe” is now company.")
    _, right, middle = place_of(page, "12 March")
    mark = page.locator("mark", has_text="12 March").bounding_box()
    assert mark
    page.mouse.click(mark["x"] + mark["width"] - 8, middle)
    assert mark["x"] + mark["width"] - 8 > right
    said(page, "date “12 March” removed. 1 entity.")
    submit(page, sent)

    assert sent.answer() == {
        "found": {
            "entities": [{"startOffset": 0, "endOffset": 8, "label": "company"}],
            "initialValueModified": True,
        }
    }


def test_what_was_there_and_is_left_alone_is_not_modified(page: Page) -> None:
    initial = (
        "[{label: 'person', startOffset: 0, endOffset: 8}, {label: 'person', startOffset: 5, endOffset: 14}, "
        "{label: 'nobody', startOffset: 1, endOffset: 2}, {label: 'date', startOffset: 30, endOffset: 99}]"
    )
    sent = opened(page, annotation(extra=f'initial-value="{initial}"'))
    expect(page.locator("mark")).to_have_text(["Jane ", "Doe", " wrote"])
    submit(page, sent)

    entities = [
        {"startOffset": 0, "endOffset": 8, "label": "person"},
        {"startOffset": 5, "endOffset": 14, "label": "person"},
    ]
    assert sent.answer() == {"found": {"entities": entities, "initialValueModified": False}}


def test_a_selection_takes_the_place_of_what_it_holds_and_cuts_through_nothing(page: Page) -> None:
    opened(page, annotation(extra="initial-value=\"[{label: 'person', startOffset: 0, endOffset: 8}]\""))
    label(page, "company")
    drag_over(page, " wrote")
    said(page, "“wrote” is company.")
    click_on(page, "to Acme")
    page.keyboard.press("Control+Home")
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    said(page, "That would cut through an entity.")
    for _ in range(10):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    said(page, "“Jane Doe wrote” is company. 1 entity.")


def test_offsets_count_code_points_as_python_does(page: Page) -> None:
    text = "😀 Jörg\n𝒜cme — שלום עולם 🇩🇪 end"
    sent = opened(page, annotation(text))
    label(page, "person")
    for words in ("𝒜cme", "עולם", "end"):
        drag_over(page, words) if words != "עולם" else click_on(page, words, times=2)
        said(page, f"“{words}” is Person.")
    submit(page, sent)

    entities = sent.answer()["found"]["entities"]
    assert [text[one["startOffset"] : one["endOffset"]] for one in entities] == ["𝒜cme", "עולם", "end"]


def test_further_questions_are_asked_validated_and_sent_with_it(page: Page) -> None:
    questions = (
        '<div id="further"><label>Subject <input name="subject" required></label>'
        '<crowd-radio-group><crowd-radio-button name="tech" value="tech">Technology</crowd-radio-button>'
        "</crowd-radio-group></div>"
    )
    script = """<script>document.addEventListener("all-crowd-elements-ready", () => {
      document.querySelector("crowd-entity-annotation").shadowRoot.querySelector("crowd-form")
        .form.appendChild(further); });</script>"""
    sent = opened(page, annotation(inside=questions) + script)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Subject")).to_be_focused()
    assert not sent.posts
    page.get_by_label("Subject").fill("Mail")
    page.get_by_role("radio", name="Technology").click()
    submit(page, sent)

    assert sent.answer() == {"found": {"entities": []}, "subject": "Mail", "tech": {"tech": True}}


@pytest.mark.parametrize("answer_format", ["", "flatten-objects"])
def test_in_a_crowd_form_all_the_same_it_is_a_field_of_that(page: Page, answer_format: str) -> None:
    script = """<script>document.addEventListener("all-crowd-elements-ready", () => {
      const more = Object.assign(document.createElement("input"), { name: "more", value: "x" });
      document.querySelector("crowd-entity-annotation").shadowRoot.querySelector("crowd-form")
        .form.appendChild(more); });</script>"""
    html = f'<crowd-form answer-format="{answer_format}">{annotation()}</crowd-form>{script}'
    sent = opened(page, html)
    drag_over(page, "Acme")
    page.keyboard.press("3")
    said(page, "1 entity.")
    expect(page.get_by_role("button", name="Submit")).to_have_count(1)
    submit(page, sent)

    entities = '[{"endOffset":22,"label":"company","startOffset":18}]'
    whole = {"taskAnswers": f'[{{"found":{{"entities":{entities}}},"more":"x"}}]'}
    flat = {"found.entities": entities, "more": "x"}
    assert sent.posts == [{"assignmentId": "3A"} | (flat if answer_format else whole)]


def test_what_was_kept_waits_for_a_text_that_a_script_sets_and_a_reset_forgets_it(page: Page) -> None:
    opened(page, f"<crowd-form>{annotation('')}</crowd-form>")
    kept = [{"endOffset": 3, "label": "person", "startOffset": 0}]
    page.evaluate(
        "fields => document.querySelector('crowd-form').enterAgain(fields)",
        [["taskAnswers", json.dumps([{"found": {"entities": kept}}])]],
    )
    element = "document.querySelector('crowd-entity-annotation')"
    page.evaluate(f"{element}.setAttribute('text', 'Ada wrote the first program.')")
    assert page.evaluate(f"{element}.value.entities") == kept
    page.evaluate("document.querySelector('crowd-form').form.reset()")
    assert page.evaluate(f"{element}.value.entities") == []


def test_a_preview_can_be_tried_and_not_sent(page: Page) -> None:
    sent = opened(page, annotation(), url=PREVIEW)
    expect(page.get_by_role("button", name="You must ACCEPT the HIT")).to_be_disabled()
    drag_over(page, "Acme")
    page.keyboard.press("1")
    said(page, "1 entity.")
    assert not sent.posts


def test_touch_selects_by_holding_and_taps_words_for_a_label(new_visitor: Callable[..., Page]) -> None:
    page = new_visitor(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    sent = opened(page, annotation())
    # As the system does when a finger rests on a word; Chromium does not where it has no screen.
    page.locator("crowd-entity-annotation").evaluate("""(element) => {
      const text = element.shadowRoot.querySelector(".text").firstChild;
      document.getSelection().setBaseAndExtent(text, 18, text, 22);
    }""")
    expect(page.get_by_text("Choose a label for “Acme”.")).to_be_visible()
    page.get_by_role("button", name="company").tap()
    said(page, "“Acme” is company. 1 entity.")
    page.get_by_role("button", name="Person").tap()
    left, right, middle = place_of(page, "Jane")
    page.touchscreen.tap((left + right) / 2, middle)
    said(page, "“Jane” is Person. 2 entities.")
    page.get_by_role("button", name="Submit").tap()
    page.wait_for_url("**/mturk/externalSubmit")

    assert [one["label"] for one in sent.answer()["found"]["entities"]] == ["person", "company"]


def test_it_is_accessible_light_and_dark(new_visitor: Callable[..., Page]) -> None:
    initial = f"[{JANE}, {{label: 'company', startOffset: 18, endOffset: 22}}]"
    for scheme in ("light", "dark"):
        page = new_visitor(color_scheme=scheme)
        opened(page, annotation(extra=f'initial-value="{initial}"'))
        page.get_by_text("Entities (2)").click()
        expect(page.get_by_role("button", name="company: Acme")).to_be_visible()
        assert_accessible(page)


def test_a_long_text_with_a_thousand_entities_is_marked_by_changing_little(page: Page) -> None:
    text = "word " * 10_000
    spans = ",".join(f"{{label:'person',startOffset:{i * 50},endOffset:{i * 50 + 4}}}" for i in range(1000))
    opened(page, annotation(text, extra=f'initial-value="[{spans}]"'))
    expect(page.locator("mark")).to_have_count(1000)
    page.evaluate("""() => {
      const place = document.querySelector("crowd-entity-annotation").shadowRoot.querySelector(".text");
      window.changed = 0;
      new MutationObserver((all) => {
        for (const one of all) changed += one.addedNodes.length + one.removedNodes.length;
      }).observe(place, { childList: true });
    }""")
    text_field = page.get_by_role("textbox", name="The text")
    text_field.focus()
    for key in ("Control+Home", *["Control+ArrowRight"] * 3, "Control+Shift+ArrowRight", "2"):
        page.keyboard.press(key)
    expect(page.locator("mark")).to_have_count(1001)
    said(page, "1001 entities.")

    assert page.evaluate("changed") < 10
