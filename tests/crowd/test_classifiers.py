"""Classifiers: by mouse and keys, in both answer formats (crowd-elements.md §5, §6)."""

import pytest
from playwright.sync_api import Page, expect

from tests.crowd.pages import open_task, submit

pytestmark = [pytest.mark.browser, pytest.mark.once]

FLAT = '<crowd-form answer-format="flatten-objects">'
SENTIMENT = """<crowd-classifier name="sentiment" categories="['Positive', 'Negative', 'Neutral', 'N/A']"
  header="What sentiment does this text convey?"><classification-target>Don't panic.</classification-target>
  <full-instructions header="Sentiment Analysis">All of it.</full-instructions>
  <short-instructions header="In short">Choose one.</short-instructions></crowd-classifier>"""
PICTURE = """<crowd-image-classifier name="category" src="/a.svg" categories="['Cat', 'Dog']"
  header="What is it?">
  <full-instructions header="x">x</full-instructions><short-instructions>x</short-instructions>
  <worker-comment link-text="Comment" placeholder="Why?"></worker-comment></crowd-image-classifier>"""
MANY = """<crowd-classifier-multi-select name="tags" categories="[ 'A', \\"B, c\\", 'Don't know', ]"
  header="Which?"
  exclusion-category="{ text: 'None of the above' }"><classification-target>Text</classification-target>
  </crowd-classifier-multi-select>"""
MANY_PICTURE = """<crowd-image-classifier-multi-select name="tags" src="/a.svg" categories="['A', 'B']"
  header="Which?">
  </crowd-image-classifier-multi-select>"""


def test_one_category_by_key_and_its_column(page: Page) -> None:
    sent = open_task(page, f"{FLAT}{SENTIMENT}</crowd-form>")
    button = page.get_by_role("button", name="Submit")
    expect(button).to_have_count(1)
    button.click()
    expect(page.get_by_text("Choose an option.")).to_be_visible()
    page.keyboard.press("4")
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="Negative")).to_be_checked()
    expect(page.get_by_text("Choose an option.")).to_have_count(0)
    submit(page, sent)

    assert sent.posts == [{"assignmentId": "3A", "sentiment.label": "Negative"}]


def test_a_change_tells_the_category_and_the_answer_is_whole(page: Page) -> None:
    script = """<script>
      document.addEventListener("change", ({ target }) => (window.chosen = target.value))</script>"""
    sent = open_task(page, f"<crowd-form>{SENTIMENT}</crowd-form>{script}")
    page.get_by_role("radio", name="Positive").check()
    assert page.evaluate("[chosen, document.querySelector('crowd-classifier')._submittableValue]") == [
        "Positive",
        {"label": "Positive"},
    ]
    submit(page, sent)

    assert sent.posts[0]["taskAnswers"] == '[{"sentiment":{"label":"Positive"}}]'


def test_instructions_and_shortcuts_are_in_dialogs_and_keys_rest_meanwhile(page: Page) -> None:
    open_task(page, f"<crowd-form>{SENTIMENT}</crowd-form>")
    expect(page.get_by_role("heading", name="In short")).to_be_visible()
    page.get_by_role("button", name="View full instructions").click()
    expect(page.get_by_role("dialog", name="Sentiment Analysis")).to_be_visible()
    expect(page.get_by_text("All of it.")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("radio", name="Positive")).not_to_be_checked()
    page.get_by_role("button", name="Shortcuts").click()
    expect(page.get_by_role("dialog", name="Shortcuts")).to_contain_text("Neutral")


@pytest.mark.parametrize("form", ["<crowd-form>", FLAT])
def test_a_picture_and_a_comment(page: Page, form: str) -> None:
    sent = open_task(page, f"{form}{PICTURE}</crowd-form>")
    page.get_by_role("radio", name="Dog").check()
    page.get_by_role("button", name="Comment").click()
    page.keyboard.type("Only 1 ear.")
    submit(page, sent)

    flat = {"category.label": "Dog", "category.workerComment": "Only 1 ear."}
    whole = {"taskAnswers": '[{"category":{"label":"Dog","workerComment":"Only 1 ear."}}]'}
    assert sent.posts == [{"assignmentId": "3A"} | (flat if form == FLAT else whole)]


def test_without_a_comment_there_is_none(page: Page) -> None:
    sent = open_task(page, f"<crowd-form>{PICTURE}</crowd-form>")
    page.keyboard.press("1")
    submit(page, sent)

    assert sent.answer() == {"category": {"label": "Cat"}}


def test_a_picture_that_is_lost_says_so_and_comes_when_tried_again(page: Page) -> None:
    open_task(page, f"<crowd-form>{PICTURE.replace('/a.svg', '/gone')}</crowd-form>")
    expect(page.get_by_text("The picture could not be loaded.")).to_be_visible()
    page.unroute_all()
    page.route("**/gone", lambda route: route.fulfill(content_type="image/svg+xml", body=SVG))
    page.get_by_role("button", name="Try again").click()

    expect(page.get_by_role("img", name="The picture of this task")).to_be_visible()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@pytest.mark.parametrize("form", ["<crowd-form>", FLAT])
def test_several_in_the_order_of_the_categories(page: Page, form: str) -> None:
    sent = open_task(page, f"{form}{MANY}</crowd-form>".replace('\\"', "&quot;"))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Choose at least one option.")).to_be_visible()
    page.get_by_role("checkbox", name="Don't know").check()
    page.keyboard.press("2")
    page.keyboard.press("1")
    page.keyboard.press("1")
    submit(page, sent)

    if form == FLAT:
        assert sent.posts[0]["tags.labels"] == '["B, c","Don\'t know"]'
    else:
        assert sent.answer() == {"tags": {"labels": ["B, c", "Don't know"]}}


def test_the_exclusion_leaves_out_the_others(page: Page) -> None:
    sent = open_task(page, f"<crowd-form>{MANY}</crowd-form>".replace('\\"', "&quot;"))
    page.keyboard.press("1")
    page.get_by_role("checkbox", name="None of the above").check()
    expect(page.get_by_role("checkbox", name="A", exact=True)).to_be_disabled()
    expect(page.get_by_role("checkbox", name="A", exact=True)).not_to_be_checked()
    submit(page, sent)

    assert sent.answer() == {"tags": {"labels": ["None of the above"]}}


def test_several_of_a_picture(page: Page) -> None:
    sent = open_task(page, f"<crowd-form>{MANY_PICTURE}</crowd-form>")
    page.keyboard.press("2")
    submit(page, sent)

    assert sent.answer() == {"tags": {"labels": ["B"]}}


def test_beside_other_fields_the_button_stands_at_the_end(page: Page) -> None:
    html = f"<crowd-form>{SENTIMENT}<crowd-input name=why label=Why></crowd-input></crowd-form>"
    sent = open_task(page, html)
    expect(page.locator("crowd-form > form > crowd-button[data-testid=crowd-submit]")).to_have_count(1)
    page.keyboard.press("1")
    page.get_by_label("Why").fill("2")
    submit(page, sent)

    assert sent.answer() == {"sentiment": {"label": "Positive"}, "why": "2"}


def test_categories_can_be_set_by_scripts_and_a_bad_list_is_named(page: Page) -> None:
    bad = SENTIMENT.replace("['Positive', 'Negative', 'Neutral', 'N/A']", "['Positive'")
    open_task(page, f"<crowd-form>{bad}</crowd-form>")
    expect(page.get_by_text("This task's list of categories cannot be read: ['Positive'")).to_be_visible()
    page.evaluate("document.querySelector('crowd-classifier').categories = ['One', 'Two']")

    expect(page.get_by_role("radio")).to_have_count(2)
