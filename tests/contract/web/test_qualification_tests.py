"""Qualification tests as workers take them, in a real browser (mturk-api.md §3.3, question-schemas.md §6)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from playwright.sync_api import FrameLocator, Page, expect

from kempelen.domain.models import Qualification, QualificationRequest, QualificationType, Requester, Worker
from kempelen.domain.questions import form_fields
from tests.browser import assert_accessible
from tests.contract.web.test_guarded_hits import a_guarded_hit, log_in, mturk_of
from tests.contract.web.test_work_drafts import wait_until
from tests.contract.web.test_work_focus import our_script_runs
from tests.domain.qualification_tests import BY_PERCENTAGE, TEST, a_test_in_words, a_tested_type
from tests.servers import Server

pytestmark = [pytest.mark.browser]

NAME = "Numbers and capitals"


def a_type(mturk: Any, **members: Any) -> str:
    made = mturk.create_qualification_type(
        Name=NAME,
        Description="Knows both.",
        QualificationTypeStatus="Active",
        TestDurationInSeconds=600,
        **{"Test": TEST, "AnswerKey": BY_PERCENTAGE, **members},
    )
    return str(made["QualificationType"]["QualificationTypeId"])


def begin(page: Page, site: Server, kind: QualificationType) -> FrameLocator:
    page.goto(f"{site.url}/qualifications/{kind.public_id}/")
    page.get_by_role("button", name="Start the test").click()
    return the_test(page)


def the_test(page: Page) -> FrameLocator:
    """The test's form, when it can be typed into."""
    page.wait_for_url("**/tests/**")
    our_script_runs(page)
    task = page.frame_locator("task-frame iframe")
    task.locator("#submitButton").wait_for()
    return task


def kept_in(page: Page) -> str:
    """What the browser keeps for our pages."""
    return str(page.evaluate("JSON.stringify(localStorage)"))


@pytest.mark.journey
def test_a_worker_earns_the_work_by_a_test_without_a_mouse(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    mturk = mturk_of(ada, site)
    type_id = a_type(mturk)
    hit = a_guarded_hit(mturk, type_id, "Accept")
    log_in(page, site, cleo)
    page.goto(f"{site.url}/groups/{hit['HITGroupId']}/")
    page.get_by_role("link", name="Take the test").press("Enter")
    page.get_by_role("button", name="Start the test").press("Enter")

    test = the_test(page)
    expect(page.locator("task-frame iframe")).to_be_focused()
    test.get_by_label("2", exact=True).focus()
    page.keyboard.press("Space")
    test.get_by_label("7", exact=True).focus()
    page.keyboard.press("Space")
    test.locator("select").focus()
    page.keyboard.type("Lj")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("Your test is scored: 100.")).to_be_visible()
    named = {"QualificationTypeId": type_id, "WorkerId": cleo.public_id}
    assert mturk.get_qualification_score(**named)["Qualification"]["IntegerValue"] == 100
    page.goto(f"{site.url}/groups/{hit['HITGroupId']}/")
    page.get_by_role("button", name="Accept next").press("Enter")
    expect(page.frame_locator("task-frame iframe").get_by_text("Dear Sir")).to_be_visible()


@pytest.mark.journey
def test_a_test_in_words_is_read_and_scored_by_the_requester(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    mturk = mturk_of(ada, site)
    type_id = a_type(mturk, Test=a_test_in_words(), AnswerKey="")
    log_in(page, site, cleo)
    test = begin(page, site, QualificationType.objects.get(public_id=type_id))
    test.locator("[name=Answer_1_FreeText]").fill("a nightingale & crickets")
    test.locator("#submitButton").click()
    expect(page.get_by_text("Sent. Ada looks at your answers.")).to_be_visible()

    (request,) = mturk.list_qualification_requests(QualificationTypeId=type_id)["QualificationRequests"]
    assert request["Test"] == a_test_in_words()
    assert "<FreeText>a nightingale &amp; crickets</FreeText>" in request["Answer"]
    mturk.accept_qualification_request(
        QualificationRequestId=request["QualificationRequestId"], IntegerValue=75
    )
    page.reload()
    expect(page.get_by_text("scored: 75")).to_be_visible()


@pytest.mark.once
def test_what_is_missing_is_said_and_a_reload_loses_nothing(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    kind = a_tested_type(ada, NAME)
    log_in(page, site, cleo)
    test = begin(page, site, kind)
    test.locator("select").select_option("Ljubljana")
    test.locator("#submitButton").click()
    expect(test.get_by_text("This field is required.")).to_be_visible()
    test.get_by_label("9", exact=True).check()
    expect(test.get_by_text("This field is required.")).to_be_hidden()
    wait_until(lambda: form_fields.value("n9") in kept_in(page))
    expect(page.get_by_text("Kept here")).to_be_visible()

    page.reload()
    test = the_test(page)
    expect(test.get_by_label("9", exact=True)).to_be_checked()
    expect(test.locator("select option:checked")).to_have_text("Ljubljana")
    test.locator("#submitButton").click()
    expect(page.get_by_text("Your test is scored: 8.")).to_be_visible()
    assert Qualification.objects.get().value == 8
    assert form_fields.value("n9") not in kept_in(page)


@pytest.mark.once
def test_the_end_of_the_time_is_said_before_and_after(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    kind = a_tested_type(ada, NAME)
    log_in(page, site, cleo)
    page.clock.install()
    test = begin(page, site, kind)
    state = page.locator(".task-state-text")
    page.clock.run_for(timedelta(minutes=5, seconds=1).total_seconds() * 1000)
    expect(state).to_have_text("5 minutes left for this test.")
    page.clock.run_for(timedelta(minutes=5).total_seconds() * 1000)
    expect(state).to_have_text("The time for this test is over.")
    QualificationRequest.objects.update(
        asked_at=F("asked_at") - timedelta(hours=1), deadline_at=F("deadline_at") - timedelta(hours=1)
    )
    test.get_by_label("2", exact=True).check()
    test.locator("#submitButton").click()
    page.clock.run_for(2000)
    expect(state).to_have_text("The time for this test was over, so your answers do not count.")
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_text("time ran out")).to_be_visible()


LOOKS: list[dict[str, Any]] = [
    {},
    {"color_scheme": "dark", "viewport": {"width": 375, "height": 700}},
]


@pytest.mark.once
@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark phone"])
def test_the_pages_of_a_test_are_accessible_and_fit_the_window(
    new_visitor: Callable[..., Page],
    site: Server,
    ada: Requester,
    cleo: Worker,
    look: dict[str, Any],
) -> None:
    kind = a_tested_type(
        ada, "Reads the handwriting of clerks and knows their arithmetic", retry_delay_seconds=0
    )
    page = new_visitor(**look)
    log_in(page, site, cleo)
    page.goto(f"{site.url}/qualifications/{kind.public_id}/")
    check_look(page)
    test = begin(page, site, kind)
    check_look(page)
    page.goto(f"{site.url}/qualifications/")
    check_look(page)
    page.get_by_role("link", name="Go on").click()
    test = the_test(page)
    test.get_by_label("2", exact=True).check()
    test.locator("#submitButton").click()
    expect(page.get_by_text("Your test is scored: 25.")).to_be_visible()
    check_look(page)


def check_look(page: Page) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
