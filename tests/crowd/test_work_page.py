"""Crowd HTML Elements in a worker's hands: on the work page, with its drafts, and looked at afterwards."""

import json
from typing import Any

import pytest
from playwright.sync_api import FilePayload, FrameLocator, Locator, Page, expect

from kempelen.domain.answers import answers_in
from kempelen.domain.models import Assignment
from tests.contract.web.test_work_drafts import wait_until
from tests.servers import Server
from tests.web.content.tasks import answers_after_leaving, open_preview, open_work

pytestmark = [pytest.mark.browser, pytest.mark.once]

AMAZONS = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>'
FIELDS = """
<crowd-input name="word" label="Word" required value="pawn"></crowd-input>
<crowd-text-area name="essay" label="Essay"></crowd-text-area>
<crowd-slider name="howMuch" min="1" max="10"></crowd-slider>
<crowd-checkbox name="likes">Likes</crowd-checkbox>
<crowd-radio-group><crowd-radio-button name="yes">Yes</crowd-radio-button>
<crowd-radio-button name="no">No</crowd-radio-button></crowd-radio-group>
<crowd-toggle-button name="enabled">Enabled</crowd-toggle-button>
<label>Native <input name="native"></label><label>Box <input type="checkbox" name="box" value="b"></label>
"""
ANSWER = {
    "box": {"b": True},
    "enabled": {"on": True},
    "essay": "One.",
    "howMuch": 3,
    "likes": {"on": True},
    "native": "x",
    "no": {"on": True},
    "word": "knight",
    "yes": {"on": False},
}


def fill_in(task: FrameLocator) -> None:
    task.get_by_label("Word").fill("knight")
    task.get_by_label("Essay").fill("One.")
    slider = task.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    task.get_by_role("checkbox", name="Likes").click()
    task.get_by_role("radio", name="No").click()
    task.get_by_role("switch").click()
    task.get_by_label("Native").fill("x")
    task.get_by_label("Box").check()


def expect_filled(task: FrameLocator) -> None:
    expect(task.get_by_label("Word")).to_have_value("knight")
    expect(task.get_by_label("Essay")).to_have_value("One.")
    expect(task.get_by_role("slider")).to_have_value("3")
    for role, name in (("checkbox", "Likes"), ("radio", "No"), ("switch", "Enabled"), ("checkbox", "Box")):
        expect(task.get_by_role(role, name=name)).to_be_checked()  # type: ignore[arg-type]
    expect(task.get_by_role("radio", name="Yes")).not_to_be_checked()
    expect(task.get_by_label("Native")).to_have_value("x")


def kept(assignment: Assignment) -> dict[str, object]:
    assignment.refresh_from_db()
    return dict(answers_in(assignment.draft))


@pytest.mark.parametrize("form", ["<crowd-form>", '<crowd-form answer-format="flatten-objects">'])
def test_a_template_of_amazons_gui_is_done_kept_sent_and_looked_at(
    page: Page, site: Server, form: str
) -> None:
    assignment, task = open_work(page, site, f"{AMAZONS}{form}{FIELDS}</crowd-form>", hits=1)
    fill_in(task)
    whole = {"taskAnswers": json.dumps([ANSWER], separators=(",", ":"))}
    flat = {"word": "knight", "howMuch": "3", "no.on": "true", "yes.on": "false", "box.b": "true"}
    expected = flat if "flatten" in form else whole
    wait_until(lambda: kept(assignment).items() >= expected.items())
    page.reload()
    expect_filled(page.frame_locator("task-frame iframe"))
    task.get_by_role("button", name="Submit").click()

    answers = answers_after_leaving(page, assignment)
    assert answers.items() >= expected.items()
    page.goto(f"{site.url}/history/{assignment.public_id}/")
    looked_at = page.frame_locator("task-frame iframe")
    expect_filled(looked_at)
    expect(looked_at.get_by_label("Word")).to_be_disabled()
    expect(looked_at.get_by_role("button", name="These answers have been sent.")).to_be_disabled()


def test_a_preview_cannot_be_sent_and_says_why(page: Page, site: Server) -> None:
    task = open_preview(page, site, f"{AMAZONS}<crowd-form>{FIELDS}</crowd-form>")

    button = task.get_by_role("button", name="You must ACCEPT the HIT before you can submit the results.")
    expect(button).to_be_disabled()
    task.locator("crowd-form").evaluate("form => form.submit()")
    expect(task.get_by_role("alert").filter(has_text="You must ACCEPT")).to_be_visible()


def test_a_script_tag_made_at_run_time_loads_ours(page: Page, site: Server) -> None:
    maker = """<script>const made = document.createElement("script");
        made.src = "https://assets.crowd.aws/crowd-html-elements.js"; document.head.append(made)</script>"""
    assignment, task = open_work(
        page, site, f"<crowd-form><crowd-input name=a label=A></crowd-input></crowd-form>{maker}", hits=1
    )
    task.get_by_label("A").fill("x")
    task.get_by_role("button", name="Submit").click()

    assert answers_after_leaving(page, assignment) == {"taskAnswers": '[{"a":"x"}]'}


def test_ctrl_enter_sends_what_is_complete_only(page: Page, site: Server) -> None:
    html = f"{AMAZONS}<crowd-form><crowd-input name=a label=A required></crowd-input></crowd-form>"
    assignment, task = open_work(page, site, html, hits=1)
    field = task.get_by_label("A")
    field.press("Control+Enter")
    expect(task.get_by_text("Fill this in.")).to_be_visible()
    expect(field).to_be_focused()
    field.fill("x")
    field.press("Control+Enter")

    assert answers_after_leaving(page, assignment) == {"taskAnswers": '[{"a":"x"}]'}


def test_digits_choose_a_category_from_everywhere_and_other_keys_stay_the_work_pages(
    page: Page, site: Server
) -> None:
    html = (
        "<crowd-classifier name=mood header=Mood categories=\"['Good', 'Bad', 'Ugly']\"></crowd-classifier>"
    )
    assignment, task = open_work(page, site, f"{AMAZONS}<crowd-form>{html}</crowd-form>", hits=2)
    expect(task.get_by_role("radio", name="Bad")).to_be_visible()
    expect(page.locator("task-frame iframe")).to_be_focused()
    page.keyboard.press("2")
    expect(task.get_by_role("radio", name="Bad")).to_be_checked()
    page.get_by_role("button", name="Skip").focus()
    page.keyboard.press("3")
    expect(task.get_by_role("radio", name="Ugly")).to_be_checked()
    task.get_by_role("radio", name="Good").check()
    page.keyboard.press("s")

    page.wait_for_url(lambda url: assignment.public_id not in url)


def a_picture(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(500)}


@pytest.mark.parametrize("form", ["<crowd-form>", '<crowd-form answer-format="flatten-objects">'])
def test_a_crowd_input_of_files_uploads_them_and_has_them_after_a_reload(
    page: Page, site: Server, form: str
) -> None:
    fields = (
        '<crowd-input type="file" name="scans" label="Scans" accept="image/*" multiple required>'
        "</crowd-input>"
        '<crowd-input name="word" label="Word"></crowd-input>'
    )
    assignment, task = open_work(page, site, f"{AMAZONS}{form}{fields}</crowd-form>", hits=1)
    button = task.get_by_role("button", name="Submit")
    button.click()
    expect(task.get_by_text("Fill this in.")).to_be_visible()
    field = task.get_by_label("Scans")
    field.set_input_files([a_picture("b.png"), a_picture("a.png")])
    expect(page.locator("work-files")).to_contain_text("2 files uploaded")
    task.get_by_label("Word").fill("ink")
    wait_until(lambda: len(answers_of(kept(assignment), "scans")) == 2 and "ink" in str(kept(assignment)))
    page.reload()
    wait_until(lambda: names_in(field) == ["b.png", "a.png"])
    expect(task.get_by_label("Word")).to_have_value("ink")
    button.click()

    answers = answers_after_leaving(page, assignment)
    assert [file["name"] for file in answers_of(answers, "scans")] == ["b.png", "a.png"]
    others = {name: value for name, value in answers.items() if name != "scans"}
    whole = {"taskAnswers": '[{"scans":"b.png|a.png","word":"ink"}]'}
    assert others == ({"word": "ink"} if "flatten" in form else whole)
    page.goto(f"{site.url}/history/{assignment.public_id}/")
    wait_until(lambda: names_in(field) == ["b.png", "a.png"])
    expect(field).to_be_disabled()


def test_a_file_of_another_kind_is_let_go_of_by_a_crowd_input_too(page: Page, site: Server) -> None:
    field = '<crowd-input type=file name=photo label=Photo accept="image/*"></crowd-input>'
    _, task = open_work(page, site, f"{AMAZONS}<crowd-form>{field}</crowd-form>", hits=1)
    task.get_by_label("Photo").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"})

    expect(page.get_by_text("“a.txt” is not what is asked for here: images.")).to_be_visible()
    wait_until(lambda: names_in(task.get_by_label("Photo")) == [])


def names_in(field: Locator) -> list[str]:
    return list(field.evaluate("field => [...field.files].map((file) => file.name)"))


def answers_of(fields: dict[str, Any], name: str) -> list[Any]:
    found = fields.get(name, [])
    return found if isinstance(found, list) else [found]
