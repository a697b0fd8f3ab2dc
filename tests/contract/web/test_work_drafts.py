"""What a worker enters is kept as they go, and is there again: after a reload, on another device, offline."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from kempelen.domain.actions import assignments
from kempelen.domain.answers import MOST_FIELDS, answers_in
from kempelen.domain.models import Assignment
from kempelen.web.worker.identity import COOKIE
from tests.browser import PATIENCE_MS, assert_accessible
from tests.servers import Server
from tests.web.content.tasks import answers_after_leaving, open_assignment, open_work

pytestmark = [pytest.mark.browser, pytest.mark.once]

WORD = "<input name=word value=pawn>"
EVERYTHING = """
<input name=word><textarea name=text></textarea><input name=two><input name=two>
<input type=radio name=side value=black><input type=radio name=side value=white checked>
<input type=checkbox name=plain><input type=checkbox name=off checked>
<input type=checkbox name=many value=a checked><input type=checkbox name=many value=b>
<input type=checkbox name=many value=c>
<select name=one><option>x<option>y<option>z</select>
<select name=some multiple><option>1<option selected>2<option>3</select>
<input type=range name=range min=0 max=10 value=5><input type=date name=date><input type=hidden name=log>
"""
ENTERED = {
    "word": "knight",
    "text": "one\ntwo “&amp;”",
    "two": ["first", "second"],
    "side": "black",
    "plain": "on",
    "many": ["b", "c"],
    "one": "z",
    "some": ["1", "3"],
    "range": "8",
    "date": "2030-01-02",
    "log": "seen",
}


def enter_everything(task: FrameLocator) -> None:
    task.locator("[name=word]").fill("knight")
    task.locator("[name=text]").fill("one\ntwo “&amp;”")
    task.locator("[name=two]").nth(0).fill("first")
    task.locator("[name=two]").nth(1).fill("second")
    for box in ("[value=black]", "[name=plain]", "[value=b]", "[value=c]"):
        task.locator(box).check()
    for box in ("[name=off]", "[value=a]"):
        task.locator(box).uncheck()
    task.locator("[name=one]").select_option("z")
    task.locator("[name=some]").select_option(["1", "3"])
    task.locator("[name=range]").fill("8")
    # As scripts do, without an event.
    task.locator("[name=log]").evaluate("field => { field.value = 'seen' }")
    task.locator("[name=date]").fill("2030-01-02")


def kept(assignment: Assignment) -> Mapping[str, Any]:
    assignment.refresh_from_db()
    return answers_in(assignment.draft)


def wait_until(true: Callable[[], bool], *, patience_ms: int = PATIENCE_MS) -> None:
    give_up_at = time.monotonic() + patience_ms / 1000
    while not true():
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def wait_until_kept(assignment: Assignment, fields: Mapping[str, Any]) -> None:
    wait_until(lambda: kept(assignment) == fields)


def on_another_device(page: Page, new_visitor: Callable[..., Page]) -> Page:
    other = new_visitor()
    [cookie] = [each for each in page.context.cookies() if each["name"] == COOKIE]
    other.context.add_cookies([{"name": COOKIE, "value": cookie["value"], "url": page.url}])
    return other


def test_fields_of_every_kind_are_there_after_a_reload(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, EVERYTHING)
    enter_everything(task)
    wait_until_kept(assignment, ENTERED)
    page.reload()
    expect(task.locator("[name=date]")).to_have_value("2030-01-02")
    task.locator("#submitButton").click()

    assert answers_after_leaving(page, assignment) == ENTERED


def test_what_was_typed_last_survives_a_reload_at_once(page: Page, site: Server) -> None:
    _, task = open_work(page, site, WORD)
    task.locator("[name=word]").fill("kni")
    expect(page.get_by_text("Kept", exact=True)).to_be_visible()
    task.locator("[name=word]").press_sequentially("ght", delay=10)
    page.wait_for_timeout(300)  # less than a draft takes to the server
    page.reload()

    expect(task.locator("[name=word]")).to_have_value("knight")


def test_another_device_goes_on_where_this_one_stopped(
    page: Page, site: Server, new_visitor: Callable[..., Page]
) -> None:
    assignment, task = open_work(page, site, WORD)
    task.locator("[name=word]").fill("knight")
    wait_until_kept(assignment, {"word": "knight"})
    there = on_another_device(page, new_visitor)
    elsewhere = open_assignment(there, site, assignment)
    expect(elsewhere.locator("[name=word]")).to_have_value("knight")
    elsewhere.locator("[name=word]").fill("rook")
    wait_until_kept(assignment, {"word": "rook"})
    page.reload()

    expect(task.locator("[name=word]")).to_have_value("rook")


def test_what_was_typed_offline_comes_to_the_server_later(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, WORD)
    task.locator("[name=word]").wait_for()
    page.context.set_offline(True)
    task.locator("[name=word]").fill("knight")
    expect(page.get_by_text("Offline, kept here")).to_be_visible()
    page.context.set_offline(False)

    wait_until_kept(assignment, {"word": "knight"})
    expect(page.get_by_text("Kept", exact=True)).to_be_visible()


def test_what_was_typed_offline_survives_closing_the_page(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, "<textarea name=word></textarea>")
    page.context.set_offline(True)
    long = "knight " * 10_000  # more than a closing page may send
    task.locator("[name=word]").fill(long)
    expect(page.get_by_text("Offline, kept here")).to_be_visible()
    assert kept(assignment) == {}
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    expect(open_assignment(again, site, assignment).locator("[name=word]")).to_have_value(long)

    wait_until_kept(assignment, {"word": long})


def test_what_is_older_does_not_replace_what_another_device_kept(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, WORD)
    page.clock.install()
    page.route("**/draft/*", lambda route: route.abort())
    task.locator("[name=word]").fill("knight")
    expect(page.get_by_text("Offline, kept here")).to_be_visible()
    assignments.save_draft(assignment.worker, assignment.public_id, [("word", "queen")])
    page.unroute("**/draft/*")
    page.clock.fast_forward(60_000)

    expect(page.get_by_text("Newer elsewhere")).to_be_visible()
    assert kept(assignment) == {"word": "queen"}


def test_fields_that_a_script_makes_later_get_what_was_kept(page: Page, site: Server) -> None:
    adds = (
        "<div id=rows></div><button type=button id=more>More</button><script>let n = 0;"
        "more.onclick = () => {"
        "rows.insertAdjacentHTML('beforeend', `<p><input name=row${++n}><select name=s${n}></select>"
        "<input type=checkbox name=c${n} checked></p>`);"
        "for (const o of ['a', 'b']) rows.lastChild.querySelector('select').add(new Option(o)) };"
        "onload = () => more.onclick()</script>"
    )
    assignment, task = open_work(page, site, adds)
    task.locator("#more").click()
    task.locator("[name=row1]").fill("one")
    task.locator("[name=row2]").fill("two")
    task.locator("[name=s2]").select_option("b")
    task.locator("[name=c1]").uncheck()
    wait_until_kept(assignment, {"row1": "one", "s1": "a", "row2": "two", "s2": "b", "c2": "on"})
    page.reload()
    expect(task.locator("[name=row1]")).to_have_value("one")
    expect(task.locator("[name=c1]")).not_to_be_checked()
    task.locator("#more").click()

    expect(task.locator("[name=row2]")).to_have_value("two")
    expect(task.locator("[name=s2]")).to_have_value("b")


def test_a_page_that_redraws_itself_gets_what_was_kept_again(page: Page, site: Server) -> None:
    redraws = (
        "<div id=here></div><script>const draw = () => { here.innerHTML = '<input name=word>' };"
        "draw(); onload = () => setTimeout(draw, 400)</script>"
    )
    assignment, task = open_work(page, site, redraws)
    assignments.save_draft(assignment.worker, assignment.public_id, [("word", "knight")])
    page.reload()
    page.wait_for_timeout(800)

    expect(task.locator("[name=word]")).to_have_value("knight")


def test_the_pages_scripts_notice_what_is_entered_again(page: Page, site: Server) -> None:
    watches = (
        "<input name=word><input type=radio name=side value=b><input type=checkbox name=box><p id=seen></p>"
        "<script>const say = t => { seen.textContent += t + ' ' }; const f = mturk_form;"
        "f.word.oninput = () => say('typed'); f.word.onchange = () => say('changed');"
        "f.side.onclick = () => say('clicked'); f.box.onchange = () => say('ticked')</script>"
    )
    assignment, task = open_work(page, site, watches)
    fields = [("word", "knight"), ("side", "b"), ("box", "on")]
    assignments.save_draft(assignment.worker, assignment.public_id, fields)
    page.reload()

    expect(task.locator("#seen")).to_have_text("typed changed clicked ticked")


def test_a_page_that_sends_itself_at_each_choice_is_not_sent_by_a_draft(page: Page, site: Server) -> None:
    sends = "<select name=s onchange='mturk_form.submit()'><option>a<option>b</select><input name=w>"
    assignment, task = open_work(page, site, sends)
    assignments.save_draft(assignment.worker, assignment.public_id, [("s", "b"), ("w", "x")])
    page.reload()
    expect(task.locator("[name=w]")).to_have_value("x")
    page.wait_for_timeout(300)

    assignment.refresh_from_db()
    assert assignment.status == "Accepted"


def test_looking_at_a_task_makes_no_draft(page: Page, site: Server) -> None:
    counts = "<input name=n id=n><script>setInterval(() => { n.value++ }, 50)</script>"
    assignment, task = open_work(page, site, counts)
    task.locator("[name=n]").wait_for()
    page.wait_for_timeout(1500)

    assert kept(assignment) == {}
    expect(page.locator("work-draft")).to_be_hidden()


def test_too_much_to_keep_is_said(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, "<div id=here></div><input name=word>")
    task.locator("#here").evaluate(
        f"here => here.innerHTML = '<input type=hidden name=a>'.repeat({MOST_FIELDS + 1})"
    )
    task.locator("[name=word]").fill("knight")

    expect(page.get_by_text("Too large to keep")).to_be_visible()
    assert kept(assignment) == {}


def test_nothing_stays_in_the_browser_when_the_work_is_over(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, WORD, hits=1)
    page.route("**/draft/*", lambda route: route.abort())
    task.locator("[name=word]").fill("knight")
    expect(page.get_by_text("Offline, kept here")).to_be_visible()
    assert page.evaluate("localStorage.length") == 1
    task.locator("#submitButton").click()
    answers_after_leaving(page, assignment)

    assert page.evaluate("localStorage.length") == 0


def test_nothing_stays_in_the_browser_of_a_returned_hit(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, WORD, hits=1)
    page.route("**/draft/*", lambda route: route.abort())
    task.locator("[name=word]").fill("knight")
    expect(page.get_by_text("Offline, kept here")).to_be_visible()
    page.get_by_role("button", name="Return", exact=True).click()
    page.get_by_role("button", name="Return it").click()
    page.wait_for_url("**/groups/**")

    assert page.evaluate("localStorage.length") == 0
    assert kept(assignment) == {}


@pytest.mark.parametrize("width", [1200, 390])
def test_the_work_page_is_accessible_in_trouble_too(page: Page, site: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    _, task = open_work(page, site, "<label>Word <input name=word></label>")
    page.route("**/draft/*", lambda route: route.abort())
    task.locator("[name=word]").fill("knight")
    expect(page.get_by_text("Offline, kept here")).to_be_visible()

    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_who_skips_a_hit_finds_what_they_had_entered_when_it_comes_again(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, WORD, hits=1)
    task.locator("[name=word]").fill("knight")
    wait_until_kept(assignment, {"word": "knight"})
    page.get_by_role("button", name="Skip").click()
    page.wait_for_url(lambda url: assignment.public_id not in url)

    expect(task.locator("[name=word]")).to_have_value("knight")


def test_a_task_that_changes_all_the_time_is_kept_every_few_seconds(page: Page, site: Server) -> None:
    floods = (
        "<script>let n = 0; setInterval(() => parent.postMessage("
        "{kempelen: 'draft', fields: [['n', String(n++)]]}, '*'), 5)</script>"
    )
    sent: list[str] = []
    page.on("request", lambda request: "/draft/" in request.url and sent.append(request.url))
    open_work(page, site, WORD + floods)
    expect(page.get_by_text("Kept", exact=True)).to_be_visible()
    page.wait_for_timeout(4000)

    assert 2 <= len(sent) <= 3


def test_who_is_logged_out_meanwhile_is_told_and_loses_nothing(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, WORD)
    [cookie] = [each for each in page.context.cookies() if each["name"] == COOKIE]
    page.context.clear_cookies()
    task.locator("[name=word]").fill("knight")
    expect(page.get_by_text("Kept here only")).to_be_visible()
    page.context.add_cookies([cookie])

    wait_until_kept(assignment, {"word": "knight"})
