"""The keyboard's focus: in the task from the start, and never taken from whoever types there already."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Page, Route, expect

from kempelen.domain.actions import assignments
from kempelen.domain.models import Assignment
from tests.servers import Server
from tests.web.content.tasks import a_group_showing, accept_in, answers_after_leaving

pytestmark = [pytest.mark.browser, pytest.mark.once]

PICTURE = "https://slow.invalid/picture.png"
WORD = f"<img src='{PICTURE}'><input name=other><input name=word>"
OUR_SCRIPT = "**/task-frame*.js"
TASK = re.compile(r"/content/[^/]+/\?assignmentId=")


def hold(page: Page, address: str | re.Pattern[str]) -> Callable[[], None]:
    """Let what is at this address not come, until the function that this gives is called."""
    held: list[Route] = []
    may_come: list[bool] = []

    def pass_on(route: Route) -> None:
        # The picture is nowhere: that it is not found is known here, and asked of nobody.
        if route.request.url == PICTURE:
            route.fulfill(status=404)
        else:
            route.continue_()

    def let_come() -> None:
        # A request may reach us only after this.
        may_come.append(True)
        for route in held:
            pass_on(route)

    page.route(address, lambda route: pass_on(route) if may_come else held.append(route))
    return let_come


def begin(page: Page, site: Server, html: str = WORD) -> tuple[Assignment, FrameLocator]:
    """Accept a HIT with this template and open its work page, which may not have loaded yet."""
    assignment = accept_in(page, site, a_group_showing(html, hits=1))
    return assignment, open_slowly(page, site, assignment)


def open_slowly(page: Page, site: Server, assignment: Assignment) -> FrameLocator:
    page.goto(f"{site.url}/work/{assignment.public_id}/", wait_until="commit")
    return page.frame_locator("task-frame iframe")


def type_half(page: Page, task: FrameLocator) -> None:
    task.locator("[name=word]").focus()
    page.keyboard.type("kni")


def our_script_runs(page: Page) -> None:
    page.locator("task-frame:defined").wait_for()


def all_is_loaded(page: Page) -> None:
    page.wait_for_load_state("load")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def test_who_types_before_the_task_is_loaded_goes_on_typing(page: Page, site: Server) -> None:
    let_task_come, let_picture_come = hold(page, TASK), hold(page, PICTURE)
    assignment, task = begin(page, site)
    our_script_runs(page)
    let_task_come()
    type_half(page, task)
    let_picture_come()
    all_is_loaded(page)
    page.keyboard.type("ght")
    page.keyboard.press("Enter")

    assert answers_after_leaving(page, assignment) == {"other": "", "word": "knight"}


def test_who_types_before_our_own_page_is_ready_goes_on_typing(page: Page, site: Server) -> None:
    let_script_come, let_picture_come = hold(page, OUR_SCRIPT), hold(page, PICTURE)
    assignment, task = begin(page, site)
    type_half(page, task)
    let_script_come()
    our_script_runs(page)
    let_picture_come()
    all_is_loaded(page)
    page.keyboard.type("ght")
    page.keyboard.press("Enter")

    assert answers_after_leaving(page, assignment) == {"other": "", "word": "knight"}


def test_a_draft_that_comes_late_does_not_replace_what_is_typed(page: Page, site: Server) -> None:
    let_script_come, let_picture_come = hold(page, OUR_SCRIPT), hold(page, PICTURE)
    assignment = accept_in(page, site, a_group_showing(WORD, hits=1))
    assignments.save_draft(assignment.worker, assignment.public_id, [("other", "rook"), ("word", "pawn")])
    task = open_slowly(page, site, assignment)
    type_half(page, task)
    let_script_come()
    expect(task.locator("[name=other]")).to_have_value("rook")
    let_picture_come()
    all_is_loaded(page)
    page.keyboard.type("ght")

    expect(task.locator("[name=word]")).to_have_value("knight")


def test_keys_go_to_the_task_as_it_opens(page: Page, site: Server) -> None:
    presses = "<output id=seen></output><script>onkeydown = ({key}) => { seen.textContent += key }</script>"
    _, task = begin(page, site, WORD.replace(PICTURE, "data:,") + presses)
    our_script_runs(page)
    all_is_loaded(page)
    page.keyboard.type("ab")

    expect(task.locator("#seen")).to_have_text("ab")


@pytest.mark.parametrize("key", ["?", "r", "t"])
def test_after_a_dialog_keys_go_where_they_went_before(page: Page, site: Server, key: str) -> None:
    radios = "<input type=radio name=side value=black><input type=radio name=side value=white>"
    assignment, task = begin(page, site, radios)
    our_script_runs(page)
    all_is_loaded(page)
    page.keyboard.press("2")
    expect(task.locator("[value=white]")).to_be_focused()
    page.keyboard.press(key)
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(task.locator("[value=white]")).to_be_focused()
    page.keyboard.press("Enter")

    assert answers_after_leaving(page, assignment) == {"side": "white"}


def test_after_a_dialog_that_a_button_opened_the_focus_stays_at_the_button(page: Page, site: Server) -> None:
    _, task = begin(page, site)
    task.locator("[name=word]").focus()
    page.get_by_role("button", name="Return", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.wait_for_timeout(200)

    expect(page.get_by_role("button", name="Return", exact=True)).to_be_focused()
