"""`kempelen preview`, as somebody has it open beside their editor, in a real browser."""

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser import assert_accessible
from tests.contract.toolkit.conftest import PROGRAM

pytestmark = [pytest.mark.browser, pytest.mark.once]

TEMPLATE = """<link rel="stylesheet" href="https://maxcdn.bootstrapcdn.com/bootstrap/3.3.7/css/bootstrap.min.css">
<h3>How does this sound?</h3><p class="well">${text}</p><div class="tall"></div>
<p><label><input type="radio" name="mood" value="happy"> Happy</label>
<label><input type="radio" name="mood" value="sad"> Sad</label></p>
<p><label>Why <input name="why"></label> <input type="file" name="photo" aria-label="Photo"></p>
<style>.tall { height: 1500px }</style>
"""
ROWS = "text,author\nWhat a day,Ada\n<b>Rain</b> again,Ben\nTea?,Cleo\n"
STANDS_AT = """(root, y) => new Promise((done) => {
  const look = () => (scrollY === y ? done() : requestAnimationFrame(look));
  look();
})"""
HOSTILE = """<h1>mine</h1><input name=x><script>
const said = [];
const acts = [() => parent.document.title, () => top.location.reload(), () => (document.cookie = "a=b")];
for (const act of acts)
  try { act(); said.push("done"); } catch (error) { said.push(error.name); }
fetch("%sstate").then(() => said.push("read"), () => said.push("kept out")).finally(() => {
  document.querySelector("h1").textContent = said.join();
});
</script>"""
CROWD = """<crowd-form><crowd-classifier name="mood" categories="['happy', 'sad']" header="How?">
<classification-target>${text}</classification-target><short-instructions>Say how.</short-instructions>
</crowd-classifier></crowd-form>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "label.html").write_text(TEMPLATE)
    (tmp_path / "tweets.csv").write_text(ROWS)
    (tmp_path / "project.yaml").write_text("title: Label a tweet\nreward: 0.05\nassignments: 3\n")
    return tmp_path


@pytest.fixture
def program(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """The command, run where there is no display."""
    without = {"DISPLAY", "WAYLAND_DISPLAY"}
    process = subprocess.Popen(
        [PROGRAM, "preview", "label.html", "tweets.csv"],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name not in without},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    yield process
    process.kill()
    process.communicate()


@pytest.fixture
def address(program: "subprocess.Popen[str]") -> str:
    assert program.stdout
    return program.stdout.readline().strip()


def task(page: Page, row: str) -> FrameLocator:
    """The task, once this row is shown in this mode, such as `2 work`."""
    expect(page.locator("preview-frame")).to_have_attribute("data-shown", row)
    return page.frame_locator("preview-frame iframe:not(.is-coming)")


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    put(folder, name, text.replace(old, new))


def put(folder: Path, name: str, text: str) -> None:
    """Write a file as editors do: nobody finds a half."""
    (folder / "part").write_text(text)
    (folder / "part").replace(folder / name)


def test_a_template_is_written_tried_spoilt_and_mended(page: Page, folder: Path, address: str) -> None:
    page.goto(address)
    shown = task(page, "1 work")
    expect(shown.get_by_text("What a day")).to_be_visible()
    expect(page.locator("#project-title ~ dl")).to_contain_text("$0.45")

    shown.get_by_label("Happy").check()
    leaf = {"name": "leaf.png", "mimeType": "image/png", "buffer": b"leaf"}
    shown.get_by_label("Photo").set_input_files(leaf)
    shown.get_by_label("Why").fill("sunny")
    shown.get_by_role("button", name="Submit").click()
    sent = page.locator("preview-answer")
    expect(sent.locator("[data-view=columns]")).to_have_text(
        re.compile("Answer.mood ?happy ?Answer.photo ?leaf.png ?Answer.why ?sunny")
    )
    sent.get_by_text("JSON", exact=True).click()
    expect(sent.locator("[data-view=json]")).to_contain_text('"name": "leaf.png"')

    # Spoilt: the variable is another, the file is shown anew, where it stood and with what was entered.
    before = shown.locator(":root").evaluate("() => scrollY")
    assert before > 500
    change(folder, "label.html", "${text}", "${txt} is new")
    found = page.locator("[data-part=found]")
    expect(found).to_contain_text("${txt} has no column in the file")
    shown = task(page, "1 work")
    expect(shown.get_by_text("${txt} is new")).to_be_attached()
    expect(shown.get_by_label("Why")).to_have_value("sunny")
    shown.locator(":root").evaluate(STANDS_AT, before)
    change(folder, "label.html", "${txt} is new", "${text} is mended")
    expect(found).not_to_contain_text("${txt}")
    expect(task(page, "1 work").get_by_text("What a day is mended")).to_be_attached()

    change(folder, "tweets.csv", "Tea?,Cleo", '"Tea?')
    expect(found).to_contain_text("tweets.csv, row 4")
    change(folder, "tweets.csv", '"Tea?', "Tea!,Cleo")
    expect(found).not_to_contain_text("row 4")


def test_rows_are_gone_through_by_keys_and_by_number(page: Page, folder: Path, address: str) -> None:
    page.goto(address)
    expect(task(page, "1 work").get_by_text("What a day")).to_be_visible()
    page.keyboard.press("n")
    shown = task(page, "2 work")
    expect(shown.locator("b")).to_have_text("Rain")
    expect(page.locator("[data-part=cells]")).to_contain_text("<b>Rain</b> again")
    expect(page.locator("[data-part=cells] .badge")).to_have_text("not in the template")
    shown.locator("h3").click()
    page.keyboard.press("n")  # from within the task
    expect(task(page, "3 work").get_by_text("Tea?")).to_be_visible()
    expect(page.get_by_role("button", name="Next row")).to_be_disabled()
    page.get_by_label("Row", exact=True).fill("1")
    page.keyboard.press("Enter")
    expect(task(page, "1 work").get_by_text("What a day")).to_be_visible()
    page.get_by_label("Before accepting").check()
    held = task(page, "1 preview").locator("#submitButton")
    expect(held).to_be_disabled()
    assert page.evaluate("location.hash") == ""


def test_it_can_be_used_by_everybody(new_visitor: Callable[..., Page], folder: Path, address: str) -> None:
    change(folder, "label.html", "${text}", "${txt}")
    for options in ({"color_scheme": "dark"}, {"viewport": {"width": 375, "height": 760}}, {}):
        page = new_visitor(**options)
        page.goto(address)
        shown = task(page, "1 work")
        shown.get_by_label("Happy").check()
        shown.locator("#submitButton").click()
        expect(page.locator("preview-answer")).to_contain_text("Answer.mood")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Phone").check()
    assert page.locator("preview-frame").evaluate("(frame) => frame.offsetWidth") == 375
    page.get_by_label("Dark").check()
    page.reload()
    expect(page.locator(":root")).to_have_attribute("data-theme", "dark")


def test_a_crowd_form_and_a_hostile_template_are_shown_and_contained(
    new_visitor: Callable[..., Page], folder: Path, address: str
) -> None:
    page = new_visitor()  # the browser complains of what is tried
    put(folder, "label.html", CROWD)
    page.goto(address)
    shown = task(page, "1 work")
    shown.get_by_role("group").get_by_text("sad").click()
    shown.get_by_role("button", name="Submit").click()
    expect(page.locator("preview-answer [data-view=columns]")).to_contain_text("sad")
    put(folder, "label.html", HOSTILE % address)
    expect(shown.locator("h1")).to_have_text("SecurityError,SecurityError,done,kept out")
    assert page.context.cookies() == []


def test_ctrl_c_ends_it_and_the_page_says_so(
    page: Page, program: "subprocess.Popen[str]", address: str
) -> None:
    page.goto(address)
    task(page, "1 work")
    program.send_signal(signal.SIGINT)
    _, said = program.communicate(timeout=60)
    assert program.returncode == 0 and "Traceback" not in said
    expect(page.get_by_role("alert")).to_contain_text("The preview has ended")
