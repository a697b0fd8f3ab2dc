"""Each example of the demo in Chromium: it shows without a fault, is accessible, and sends what was done."""

import json

import pytest

from kempelen import examples
from kempelen.domain.models import Assignment
from tests.browser import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.once]
EVERY_EXAMPLE = pytest.mark.parametrize("slug", examples.OF_THE_DEMO)
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}


@EVERY_EXAMPLE
def test_an_example_shows_without_a_fault(show, slug):
    stage = show(slug)
    stage.page.wait_for_load_state("networkidle")

    assert not stage.faults
    assert all(
        stage.task.locator("img").evaluate_all("pictures => pictures.map(one => one.naturalWidth > 0)")
    )


@EVERY_EXAMPLE
def test_an_example_is_accessible_in_light_and_dark(show, slug):
    stage = show(slug)
    for scheme in ("light", "dark"):
        stage.page.emulate_media(color_scheme=scheme)
        assert_accessible(stage.task)


@EVERY_EXAMPLE
def test_an_example_fits_a_phone(show, slug):
    task = show(slug, **PHONE).task

    assert task.evaluate("document.documentElement.scrollWidth <= innerWidth")
    targets = task.locator("button:visible, select:visible, input[type=text]:visible").all()
    assert all(target.bounding_box()["height"] >= 40 for target in targets)


def test_a_sentiment_is_chosen_by_a_number_key_and_sent_with_enter(show):
    stage = show("sentiment")
    stage.page.keyboard.press("2")
    stage.page.keyboard.press("Enter")

    assert stage.answers()["sentiment"] == "negative"


def test_an_emotion_is_chosen_with_crowd_elements_and_has_a_column_of_its_own(show):
    stage = show("emotions")
    stage.task.get_by_role("button", name="View full instructions").click()
    stage.page.keyboard.press("Escape")
    stage.task.get_by_role("radio", name="Anger").check()
    stage.page.keyboard.press("4")

    assert stage.submit() == {"emotion.label": "Happiness"}


def test_a_number_in_the_comment_chooses_nothing(show):
    stage = show("sentiment")
    stage.task.get_by_role("radio", name="pleased", exact=True).check()
    stage.task.get_by_label("Anything unclear?").press_sequentially("24 hours?")

    assert stage.submit() == {"sentiment": "positive", "comment": "24 hours?"}


def test_all_plants_that_are_ticked_are_sent(show):
    stage = show("plants", row=1)
    stage.task.get_by_label("Cactus").check()
    stage.page.keyboard.press("5")

    assert stage.submit()["plants"] == ["cactus", "fern"]


def test_none_of_the_plants_excludes_the_others(show):
    stage = show("plants", row=5)
    stage.task.get_by_label("Tulip").check()
    stage.task.get_by_label("None of these").check()

    assert stage.submit()["plants"] == "none"


def test_a_picture_without_any_tick_is_not_sent(show):
    stage = show("plants")
    stage.task.get_by_role("button", name="Submit").click()

    assert "Tick what you see" in stage.task.locator("[name=plants]").first.evaluate(
        "e => e.validationMessage"
    )
    assert not Assignment.objects.exclude(answers=None).exists()


def test_a_telegram_is_written_down_with_the_buttons(show):
    stage = show("telegrams")
    for key in [
        "long",
        "next letter",
        "short",
        "next letter",
        "short",
        "long",
        "long",
        "Delete the last sign",
    ]:
        stage.task.get_by_role("button", name=key).click()
    stage.task.get_by_label("clear").check()

    answer = stage.submit()
    assert (answer["signals"], answer["text"], answer["sound"]) == ("- . .-", "TEA", "clear")


def test_a_recording_plays_slower_on_request(show):
    task = show("telegrams", row=1).task
    task.get_by_label("Speed").select_option("half")
    recording = task.locator("audio")

    recording.evaluate("async audio => { audio.muted = true; await audio.play(); }")
    assert recording.evaluate("audio => [audio.playbackRate, audio.error]") == [0.5, None]


def test_who_finds_both_translations_wrong_has_to_give_a_right_one(show):
    stage = show("translations")
    stage.task.get_by_label("Both are wrong").check()
    stage.task.get_by_role("button", name="Submit").click()
    assert not Assignment.objects.exclude(answers=None).exists()

    stage.task.get_by_label("Your own translation").fill("Der Tee ist gleich fertig.")
    assert stage.submit()["correction"] == "Der Tee ist gleich fertig."


def test_an_old_template_with_amazons_address_is_sent_to_us(show):
    stage = show("receipts")
    stage.task.get_by_label("Name of the shop").fill("Bäckerei Kipfl")
    stage.task.get_by_label("Total").fill("8,70")
    stage.task.get_by_label("in cash").check()

    answer = stage.submit()
    assert (answer["shop"], answer["total"], answer["payment"]) == ("Bäckerei Kipfl", "8,70", "cash")


def test_names_are_marked_with_the_mouse(show):
    stage = show("names")
    first, last = (stage.task.get_by_role("option", name=name) for name in ("Wolfgang", "Kempelen"))
    first.hover()
    stage.page.mouse.down()
    last.hover()
    stage.page.mouse.up()
    stage.task.get_by_role("button", name="Person").click()

    spans = json.loads(stage.submit()["spans"])
    assert spans == [{"start": 8, "end": 29, "label": "person", "text": "Wolfgang von Kempelen"}]


def test_names_are_marked_by_touch_one_word_after_the_other(show):
    stage = show("names", row=5, **PHONE)
    for word in ("Red", "Cross"):
        stage.task.get_by_role("option", name=word).tap()
    stage.task.get_by_role("button", name="Organisation").tap()
    stage.task.get_by_role("option", name="Trieste").tap()
    stage.task.get_by_role("button", name="Place").tap()

    spans = json.loads(stage.submit()["spans"])
    assert [(span["text"], span["label"]) for span in spans] == [
        ("Red Cross", "organisation"),
        ("Trieste", "place"),
    ]


def test_names_are_marked_with_the_keyboard_alone(show):
    stage = show("names", row=4)
    stage.page.keyboard.press("Tab")
    for key in ["Home", "Shift+ArrowRight", "1", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "1"]:
        stage.page.keyboard.press(key)

    spans = json.loads(stage.task.locator("#spans").input_value())
    assert [span["text"] for span in spans] == ["Seán O’Connor", "Zoë Müller-Lüdenscheidt"]
    for _ in range(20):
        stage.page.keyboard.press("Tab")
        if stage.task.evaluate("document.activeElement.type") == "submit":
            break
    stage.page.keyboard.press("Enter")
    assert stage.answers()["spans"] == json.dumps(spans, ensure_ascii=False, separators=(",", ":"))


def test_a_mark_can_be_taken_back(show):
    stage = show("names", row=5)
    stage.task.get_by_role("option", name="Trieste").click()
    stage.page.keyboard.press("2")
    stage.task.get_by_role("button", name="Unmark Trieste").click()
    stage.task.get_by_label("There is no name").check()

    answer = stage.submit()
    assert (answer["spans"], answer["no_names"]) == ("[]", "yes")


def test_marks_are_shown_again_when_an_unfinished_answer_is_brought_back(show):
    task = show("names", row=5).task
    kept = json.dumps([{"start": 35, "end": 42, "label": "place", "text": "Trieste"}])
    task.locator("#spans").evaluate(
        "(field, kept) => { field.value = kept; field.dispatchEvent(new Event('change', {bubbles: true})); }",
        kept,
    )

    assert task.get_by_role("option", name="Trieste, place").count() == 1
