"""HITs of a layout, as workers see them (question-schemas.md §8)."""

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.models import Requester, Worker
from tests.contract.web.test_guarded_hits import log_in, mturk_of
from tests.contract.web.test_work_focus import our_script_runs
from tests.factories import a_project
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

LAYOUT = "<h2>${title}</h2><div id='text'>${text}</div><input name='word' value='${word}'>"
MARKUP = "<em>Say</em> what “${title}” means<script>document.title = self.origin</script>"


def test_a_layout_is_shown_with_its_values_and_answered(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    mturk = mturk_of(ada, site)
    values = {"title": "Knights & pawns", "text": MARKUP, "word": "a]]>b"}
    hit = mturk.create_hit(
        Title="Words",
        Description="Say what they mean.",
        Reward="0.05",
        AssignmentDurationInSeconds=600,
        LifetimeInSeconds=3600,
        HITLayoutId=a_project(ada, html=LAYOUT).template.public_id,
        HITLayoutParameters=[{"Name": name, "Value": value} for name, value in values.items()],
    )["HIT"]
    log_in(page, site, cleo)
    page.goto(f"{site.url}/groups/{hit['HITGroupId']}/")
    page.get_by_role("button", name="Accept next").click()
    page.wait_for_url("**/work/**")
    our_script_runs(page)
    task = page.frame_locator("task-frame iframe")
    # Mark-up in a value is mark-up; a name in a value is text; scripts run where they do no harm.
    expect(task.get_by_role("heading", name="Knights & pawns")).to_be_visible()
    expect(task.locator("#text em")).to_have_text("Say")
    expect(task.locator("#text")).to_contain_text("“${title}”")
    expect(task.locator("[name=word]")).to_have_value("a]]>b")
    assert task.locator(":root").evaluate("document.title") == "null"
    task.locator("[name=word]").fill("horse")
    with page.expect_navigation():
        task.locator("#submitButton").click()
    (done,) = mturk.list_assignments_for_hit(HITId=hit["HITId"])["Assignments"]
    assert "<QuestionIdentifier>word</QuestionIdentifier><FreeText>horse</FreeText>" in done["Answer"]
