"""Examples that a worker leaves unfinished go on where they were."""

import json

import pytest
from playwright.sync_api import FrameLocator, expect

pytestmark = [pytest.mark.browser, pytest.mark.once]


def reopened(stage) -> FrameLocator:
    """The task after a reload, once what was entered has been kept."""
    expect(stage.page.get_by_text("Kept", exact=True)).to_be_visible()
    stage.page.wait_for_timeout(400)  # for what was entered last to be kept in the browser
    stage.page.reload()
    return stage.page.frame_locator("task-frame iframe")


def answers(stage, task: FrameLocator):
    task.get_by_role("button", name="Submit").click()
    return stage.answers()


def test_plants_that_were_ticked_are_ticked_again(show):
    stage = show("plants", row=1)
    for plant in ("Cactus", "Fern"):
        stage.task.get_by_label(plant).check()
    task = reopened(stage)
    expect(task.get_by_label("Fern")).to_be_checked()

    assert answers(stage, task)["plants"] == ["cactus", "fern"]


def test_a_corrected_telegram_is_not_decoded_anew(show):
    stage = show("telegrams")
    for key in ("long", "next letter", "short"):
        stage.task.get_by_role("button", name=key).click()
    stage.task.locator("[name=text]").fill("TEA")
    stage.task.get_by_label("clear").check()
    task = reopened(stage)
    expect(task.locator("[name=text]")).to_have_value("TEA")
    answer = answers(stage, task)

    assert (answer["signals"], answer["text"], answer["sound"]) == ("- .", "TEA", "clear")


def test_names_that_were_marked_are_marked_again(show):
    stage = show("names")
    stage.task.get_by_role("option", name="Kempelen").click()
    stage.task.get_by_role("button", name="Person").click()
    task = reopened(stage)
    expect(task.get_by_role("option", name="Kempelen, person")).to_be_visible()

    assert json.loads(answers(stage, task)["spans"])[0]["text"] == "Kempelen"


def test_a_choice_that_asks_for_more_still_asks(show):
    stage = show("translations")
    stage.task.locator("[value=neither]").check()
    task = reopened(stage)

    expect(task.locator("[value=neither]")).to_be_checked()
    expect(task.locator("#when")).to_contain_text("needed")
