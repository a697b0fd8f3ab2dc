"""Looking back, correcting, telling and choosing, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from kempelen.domain.models import Assignment, Message, Requester, Worker
from tests.browser import assert_accessible
from tests.factories import a_batch, a_hit, a_project, a_submitted_assignment, an_assignment, hits_of
from tests.web.worker.test_in_a_browser import open_as

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
HTML = """
<label><input type=radio name=kind value=food>Food</label>
<label><input type=radio name=kind value=drink>Drink</label>
<label><input type=checkbox name=tick value=clear checked>Clear</label>
<label>Words <textarea name=words></textarea></label>
<label>Language <select name=lang><option value=en>English<option value=de>German</select></label>
<div id=more></div>
<script>
  const more = document.getElementById("more");
  setTimeout(() => { more.innerHTML = "<label>Late <input name=late></label>" }, 300);
</script>"""
ANSWER = {"kind": "drink", "words": "Fresh\nmilk", "lang": "de", "late": "yes"}


@pytest.fixture
def done(cleo: Worker, ada: Requester) -> Assignment:
    """Cleo's answer in a task with every kind of field, which may be corrected."""
    batch = a_batch(a_project(ada, html=HTML, allows_corrections=True), rows=[{"a": "1"}])
    return a_submitted_assignment(cleo, hits_of(batch)[0], answers=ANSWER)


def task_of(page: Page) -> FrameLocator:
    return page.frame_locator("task-frame iframe")


def expect_filled_in(task: FrameLocator) -> None:
    expect(task.get_by_label("Drink")).to_be_checked()
    expect(task.get_by_label("Clear")).not_to_be_checked()
    expect(task.get_by_label("Words")).to_have_value("Fresh\nmilk")
    expect(task.get_by_label("Language")).to_have_value("de")
    expect(task.get_by_label("Late")).to_have_value("yes")


def test_an_answer_is_shown_in_its_task_where_nothing_can_be_changed(
    page: Page, live_server: object, cleo: Worker, done: Assignment
) -> None:
    open_as(page, live_server, cleo, f"/history/{done.public_id}/")
    expect_filled_in(task_of(page))
    for label in ("Food", "Clear", "Words", "Language", "Late"):
        expect(task_of(page).get_by_label(label)).to_be_disabled()
    expect(task_of(page).get_by_role("button")).to_be_disabled()


def test_an_answer_is_corrected_in_its_task(
    page: Page, live_server: object, cleo: Worker, done: Assignment
) -> None:
    open_as(page, live_server, cleo, f"/history/{done.public_id}/")
    page.keyboard.press("e")
    page.wait_for_url("**/correct/")
    expect_filled_in(task_of(page))
    task_of(page).get_by_label("Words").fill("Fresh bread")
    task_of(page).get_by_label("Food").check()
    task_of(page).get_by_role("button", name="Submit").click()
    page.wait_for_url(f"{live_server}/history/{done.public_id}/")
    expect(page.get_by_text("Corrected. The requester sees")).to_be_visible()
    expect(task_of(page).get_by_label("Words")).to_have_value("Fresh bread")
    done.refresh_from_db()
    assert done.answers == ANSWER | {"kind": "food", "words": "Fresh bread"}
    assert done.earlier_answers.get().answers == ANSWER


def test_a_correction_waits_for_the_network_in_its_page(
    page: Page, live_server: object, cleo: Worker, done: Assignment
) -> None:
    open_as(page, live_server, cleo, f"/history/{done.public_id}/correct/")
    expect_filled_in(task_of(page))
    task_of(page).get_by_label("Words").fill("Fresh bread")
    page.context.set_offline(True)
    task_of(page).get_by_role("button", name="Submit").click()
    expect(page.get_by_text("kept here while this page is open, so do not close it")).to_be_visible()
    page.context.set_offline(False)
    page.wait_for_url(f"{live_server}/history/{done.public_id}/")
    done.refresh_from_db()
    assert done.answers == ANSWER | {"words": "Fresh bread"}


def test_the_requester_is_told_by_keyboard_while_the_task_stays_as_it_is(
    page: Page, live_server: object, cleo: Worker, ada: Requester
) -> None:
    mine = an_assignment(cleo, a_hit(ada))
    open_as(page, live_server, cleo, f"/work/{mine.public_id}/")
    task_of(page).get_by_label("Your answer").fill("half of it")
    page.locator(".workbar-title").click()
    page.keyboard.press("t")
    expect(page.get_by_label("Your message")).to_be_focused()
    assert_accessible(page)
    page.keyboard.type("The picture is missing.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sent to Ada.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(task_of(page).get_by_label("Your answer")).to_have_value("half of it")
    assert Message.objects.get().text == "The picture is missing."


def test_an_empty_message_is_not_sent_and_cancelling_closes(
    page: Page, live_server: object, cleo: Worker, ada: Requester
) -> None:
    open_as(page, live_server, cleo, f"/hits/{a_hit(ada).public_id}/")
    page.get_by_role("link", name="Tell the requester").click()
    page.get_by_label("Your message").fill("   ")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("This field is required")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert not Message.objects.exists()


def test_telling_works_without_scripts(
    new_visitor: Callable[..., Page], live_server: object, cleo: Worker, ada: Requester
) -> None:
    page = new_visitor(java_script_enabled=False)
    open_as(page, live_server, cleo, f"/hits/{a_hit(ada).public_id}/")
    page.get_by_role("link", name="Tell the requester").click()
    page.get_by_label("I have a question").check()
    page.get_by_label("Your message").fill("Which one?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="My messages")).to_be_visible()
    expect(page.get_by_text("Which one?")).to_be_visible()


def test_single_keys_are_switched_off_for_good_in_their_list(
    page: Page, live_server: object, cleo: Worker
) -> None:
    open_as(page, live_server, cleo, "/")
    page.keyboard.press("?")
    with page.expect_response("**/preferences/shortcuts/"):
        page.get_by_label("Use single keys").uncheck()
    page.goto(f"{live_server}/preferences/")
    expect(page.get_by_label("Single keys as shortcuts")).not_to_be_checked()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_label("Single keys as shortcuts").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your preferences are kept.")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_numbers_are_written_as_the_browser_asks(
    new_visitor: Callable[..., Page], live_server: object, cleo: Worker
) -> None:
    page = new_visitor(locale="de-DE")
    open_as(page, live_server, cleo, "/history/")
    expect(page.get_by_text("$0,00").first).to_be_visible()


def test_a_phone_shows_the_latest_days_of_the_year_first(
    new_visitor: Callable[..., Page], live_server: object, cleo: Worker, done: Assignment
) -> None:
    page = new_visitor(**PHONE)
    open_as(page, live_server, cleo, "/statistics/")
    newest = page.locator(".calendar-scroll rect").last.bounding_box()
    assert newest
    assert 0 <= newest["x"] <= 390
    page.get_by_text("Month by month").click()
    expect(page.get_by_role("row").filter(has_text="1").first).to_be_visible()
    assert_accessible(page)


def test_a_span_of_time_is_chosen_by_its_days(
    page: Page, live_server: object, cleo: Worker, done: Assignment
) -> None:
    open_as(page, live_server, cleo, "/history/?show=pending")
    page.get_by_label("to", exact=True).fill("2020-01-01")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Nothing of this kind")).to_be_visible()
    assert "show=pending" in page.url
    page.get_by_role("link", name="All time").click()
    expect(page.get_by_role("link", name="Correct your answer")).to_be_visible()
