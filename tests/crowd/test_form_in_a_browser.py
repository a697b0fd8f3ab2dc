"""crowd-form collects, validates and sends as the original did (crowd-elements.md §3, §5, §7)."""

import pytest
from playwright.sync_api import Page

from tests.crowd.pages import open_task, submit

pytestmark = [pytest.mark.browser, pytest.mark.once]

EVERYTHING = """
<crowd-input name="magicWord" label="Word"></crowd-input>
<crowd-input name="empty" label="Nothing"></crowd-input>
<crowd-text-area name="essay" label="Essay"></crowd-text-area>
<crowd-slider name="howMuch" min="1" max="10"></crowd-slider>
<crowd-checkbox name="likeBirds">I like birds</crowd-checkbox>
<crowd-checkbox name="unticked">No</crowd-checkbox>
<crowd-checkbox name="image_attributes" value="blurry">Blurry</crowd-checkbox>
<crowd-checkbox name="image_attributes" value="in_focus" checked>In focus</crowd-checkbox>
<crowd-radio-group><crowd-radio-button name="btn1" value="yes">Yes</crowd-radio-button>
  <p><crowd-radio-button name="btn2" value="no">No</crowd-radio-button></p></crowd-radio-group>
<crowd-toggle-button name="enabled">Enabled</crowd-toggle-button>
<label>10 <input name="10" value="ten"></label><label>9 <input name="9" value="nine"></label>
<label>A <input type="radio" name="side" value="A"></label>
<label>B <input type="radio" name="side" value="B"></label>
<label>C <input type="radio" name="unchosen" value="C"></label>
<label>N <input type="checkbox" name="NA0"></label><input type="checkbox" aria-label="unnamed">
<label>S <select name="choice"><option value="">-<option>two</select></label>
<input type="hidden" name="clicked" value='["https://x/a.png"]'><input type="hidden" name="_" value="first">
<input type="hidden" name="_" value="last"><input name="off" value="x" disabled aria-label="off">
<input aria-label="no name" value="x">
"""
EXPECTED = (
    '[{"10":"ten","9":"nine","NA0":{"on":true},"_":"last","btn1":{"yes":false},"btn2":{"no":true},'
    '"choice":"two","clicked":"[\\"https://x/a.png\\"]","enabled":{"on":true},"essay":"One.\\n\\"Two\\" é",'
    '"howMuch":3,"image_attributes":{"blurry":true,"in_focus":true},"likeBirds":{"on":true},"magicWord":"please",'
    '"side":{"A":false,"B":true},"unchosen":{"C":false},"unticked":{"on":false}}]'
)
FLAT = {
    "assignmentId": "3A",
    "10": "ten",
    "9": "nine",
    "NA0.on": "true",
    "_": "last",
    "btn1.yes": "false",
    "btn2.no": "true",
    "choice": "two",
    "clicked": '["https://x/a.png"]',
    "enabled.on": "true",
    "essay": 'One.\r\n"Two" é',
    "howMuch": "3",
    "image_attributes.blurry": "true",
    "image_attributes.in_focus": "true",
    "likeBirds.on": "true",
    "magicWord": "please",
    "side.A": "false",
    "side.B": "true",
    "unchosen.C": "false",
    "unticked.on": "false",
}


def fill_in(page: Page) -> None:
    page.get_by_label("Word").fill("please")
    page.get_by_label("Essay").fill('One.\n"Two" é')
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    page.get_by_role("checkbox", name="I like birds").click()
    page.get_by_role("checkbox", name="Blurry").press(" ")
    yes = page.get_by_role("radio", name="Yes")
    yes.click()
    yes.press("ArrowDown")
    page.get_by_role("switch").click()
    page.get_by_label("B", exact=True).check()
    page.get_by_label("N", exact=True).check()
    page.locator("[name=choice]").select_option("two")


def test_the_answer_is_one_field_of_compact_sorted_json(page: Page) -> None:
    sent = open_task(page, f"<crowd-form>{EVERYTHING}</crowd-form>")
    fill_in(page)
    submit(page, sent)

    assert sent.posts == [{"assignmentId": "3A", "taskAnswers": EXPECTED}]


def test_flattened_each_leaf_is_a_field(page: Page) -> None:
    sent = open_task(page, f'<crowd-form answer-format="flatten-objects">{EVERYTHING}</crowd-form>')
    fill_in(page)
    submit(page, sent)

    assert sent.posts == [FLAT]
