"""A worker's hands stay on the keyboard: keys go where they are of use, and nobody's are taken away."""

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from kempelen.domain.actions import people
from kempelen.domain.models import Assignment
from tests.servers import Server
from tests.web.content.tasks import answers_after_leaving, open_assignment, open_preview, open_work

pytestmark = [pytest.mark.browser, pytest.mark.once]

RADIOS = "".join(f"<label><input type=radio name=side value={side}>{side}</label>" for side in "abc")
WORD = "<input name=word value=x>"
FIELDS = """
<textarea name=text></textarea><input name=line><input type=number name=number>
<select name=choice><option>none<option>3<option>some</select>
<div contenteditable id=rich role=textbox aria-label=Rich></div>
"""
SHORTCUTS = "Keyboard shortcuts"


def still_in_hand(page: Page, assignment: Assignment) -> bool:
    page.wait_for_timeout(400)
    assignment.refresh_from_db()
    return assignment.status == "Accepted" and assignment.public_id in page.url


def open_ready(page: Page, site: Server, html: str) -> tuple[Assignment, FrameLocator]:
    assignment, task = open_work(page, site, html, hits=3)
    task.locator("#submitButton").wait_for()
    expect(page.locator("task-frame iframe")).to_be_focused()
    return assignment, task


def test_a_digit_chooses_and_ctrl_enter_sends(page: Page, site: Server) -> None:
    assignment, task = open_ready(page, site, RADIOS)
    page.keyboard.press("2")
    expect(task.locator("[value=b]")).to_be_checked()
    page.keyboard.press("Control+Enter")

    assert answers_after_leaving(page, assignment) == {"side": "b"}


def test_hands_never_leave_the_keyboard_from_task_to_task(page: Page, site: Server) -> None:
    assignment, task = open_ready(page, site, RADIOS)
    for digit, side in (("1", "a"), ("3", "c")):
        task.locator("#submitButton").wait_for()
        expect(page.locator("task-frame iframe")).to_be_focused()
        page.keyboard.press(digit)
        expect(task.locator(f"[value={side}]")).to_be_checked()
        page.keyboard.press("Control+Enter")
        assert answers_after_leaving(page, assignment) == {"side": side}
        assignment = Assignment.objects.get(status="Accepted")


def test_digits_choose_from_our_bar_too(page: Page, site: Server) -> None:
    _, task = open_ready(page, site, RADIOS)
    page.get_by_role("button", name="Skip").focus()
    page.keyboard.press("3")

    expect(task.locator("[value=c]")).to_be_checked()


@pytest.mark.parametrize("field", ["text", "line", "number", "choice"])
def test_no_key_is_taken_from_a_field(page: Page, site: Server, field: str) -> None:
    assignment, task = open_ready(page, site, FIELDS + RADIOS)
    task.locator(f"[name={field}]").focus()
    page.keyboard.type("3s?")

    assert still_in_hand(page, assignment)
    expect(task.locator("input:checked")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    if field in ("text", "line"):
        expect(task.locator(f"[name={field}]")).to_have_value("3s?")


def test_no_key_is_taken_where_one_edits_the_page_itself(page: Page, site: Server) -> None:
    assignment, task = open_ready(page, site, FIELDS + RADIOS)
    task.locator("#rich").focus()
    page.keyboard.type("2s r?")

    assert still_in_hand(page, assignment)
    expect(task.locator("#rich")).to_have_text("2s r?")
    expect(task.locator("input:checked")).to_have_count(0)


def test_ctrl_enter_sends_from_a_text_field(page: Page, site: Server) -> None:
    assignment, task = open_ready(page, site, "<textarea name=text></textarea>")
    task.locator("textarea").focus()
    page.keyboard.type("knight")
    page.keyboard.press("Control+Enter")

    assert answers_after_leaving(page, assignment) == {"text": "knight"}


@pytest.mark.parametrize(
    "script",
    [
        "onkeydown = e => { if (e.key === 's') seen.value += 's' }",
        "document.addEventListener('keypress', e => { if (e.which === 115) seen.value += 's' })",
        "document.addEventListener('keyup', e => { if (e.keyCode === 83) seen.value += 's' })",
        "document.body.onkeydown = e => { e.preventDefault(); seen.value += 's' }",
        "document.addEventListener('keydown', e => { e.stopPropagation(); seen.value += 's' })",
    ],
)
def test_a_key_that_the_task_uses_stays_in_the_task(page: Page, site: Server, script: str) -> None:
    html = f"<input name=seen id=seen><input type=radio name=r value=1 id=r><script>{script}</script>"
    assignment, task = open_ready(page, site, html)
    page.keyboard.press("s")

    assert still_in_hand(page, assignment)
    expect(task.locator("#seen")).to_have_value("s")


def test_digits_that_a_task_uses_itself_choose_nothing_else(page: Page, site: Server) -> None:
    own = "<script>onkeydown = e => document.querySelector(`[value=${'cba'[e.key - 1]}]`).click()</script>"
    _, task = open_ready(page, site, RADIOS + own)
    page.keyboard.press("1")
    page.wait_for_timeout(300)

    expect(task.locator("[value=c]")).to_be_checked()


def test_digits_do_nothing_where_there_are_two_groups(page: Page, site: Server) -> None:
    _, task = open_ready(page, site, f"{RADIOS}<input type=radio name=other value=1>")
    page.keyboard.press("1")
    page.wait_for_timeout(300)

    expect(task.locator("input:checked")).to_have_count(0)


def test_a_key_in_the_task_skips_and_another_asks_before_it_returns(page: Page, site: Server) -> None:
    first, _ = open_ready(page, site, WORD)
    page.keyboard.press("s")
    page.wait_for_url(lambda url: first.public_id not in url)
    second = Assignment.objects.get(status="Accepted")
    expect(page.locator("task-frame iframe")).to_be_focused()
    page.frame_locator("iframe").locator("#submitButton").wait_for()
    page.keyboard.press("r")
    page.get_by_role("button", name="Return it").press("Enter")

    page.wait_for_url("**/groups/**")
    second.refresh_from_db()
    assert second.status == "Returned"


def test_the_question_mark_lists_what_there_is(page: Page, site: Server) -> None:
    open_ready(page, site, RADIOS)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name=SHORTCUTS)

    for line in ("1 2 3", "Choose the answer", "Control+Enter", "Send the answer", "Skip this HIT"):
        expect(dialog.get_by_text(line)).to_be_visible()
    expect(dialog.get_by_text("Leave the task first")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_task_with_keys_of_its_own_is_named_in_the_list(page: Page, site: Server) -> None:
    open_ready(page, site, f"{WORD}<script>onkeydown = ({{ key }}) => {{ window.pressed = key }}</script>")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name=SHORTCUTS)
    expect(dialog.get_by_text("Leave the task first")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".workbar").get_by_role("button", name="Skip").focus()
    page.keyboard.press("?")

    expect(dialog.get_by_text("Skip this HIT")).to_be_visible()


def test_digits_are_not_listed_where_they_choose_nothing(page: Page, site: Server) -> None:
    open_ready(page, site, WORD)
    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name=SHORTCUTS).get_by_text("Choose the answer")).to_have_count(0)


def test_who_wants_no_shortcuts_has_none(page: Page, site: Server) -> None:
    assignment, task = open_ready(page, site, RADIOS)
    people.set_preferences(assignment.worker, uses_shortcuts=False, language="")
    open_assignment(page, site, assignment)
    task.locator("#submitButton").wait_for()
    expect(page.locator("task-frame iframe")).to_be_focused()
    for key in ("1", "s", "Control+Enter"):
        page.keyboard.press(key)

    assert still_in_hand(page, assignment)
    expect(task.locator("input:checked")).to_have_count(0)


def test_a_task_cannot_press_keys_of_ours(page: Page, site: Server) -> None:
    lies = "setInterval(() => { for (const key of ['s', 'r', '?', 'a'])"
    lies += "parent.postMessage({kempelen: 'key', key}, '*') }, 50)"
    assignment, _ = open_work(page, site, f"{WORD}<script>{lies}</script>", hits=3)

    assert still_in_hand(page, assignment)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_key_skips_in_a_preview_but_never_accepts_from_inside_the_task(page: Page, site: Server) -> None:
    task = open_preview(page, site, WORD, hits=2)
    first = page.url
    task.locator("body").click()
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert not Assignment.objects.exists()
    task.locator("body").click()
    page.keyboard.press("s")

    page.wait_for_url(lambda url: url != first)
