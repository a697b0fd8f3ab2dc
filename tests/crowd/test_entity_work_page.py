"""Entities in a worker's hands: on the work page, kept as a draft, previewed, looked at and corrected."""

import json

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from kempelen.domain.answers import answers_in
from kempelen.domain.models import Assignment, HITGroup
from tests.contract.web.test_work_drafts import wait_until
from tests.servers import Server
from tests.web.content.tasks import answers_after_leaving, open_preview, open_work

pytestmark = [pytest.mark.browser, pytest.mark.once]

TASK = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-entity-annotation name="found" header="Find them." labels="['person', 'company']"
  text="Jane Doe wrote to Acme."><div id="further"><label>Why <input name="why" required></label></div>
</crowd-entity-annotation>
<script>document.addEventListener("all-crowd-elements-ready", () => {
  document.querySelector("crowd-entity-annotation").shadowRoot.querySelector("crowd-form").form.append(further);
});</script>"""
ANSWER = [{"found": {"entities": [{"endOffset": 8, "label": "person", "startOffset": 0}]}, "why": "A name."}]
SENT = {"taskAnswers": json.dumps(ANSWER, separators=(",", ":"))}


def mark_jane(page: Page, task: FrameLocator) -> None:
    text = task.get_by_label("The text")
    text.focus()
    expect(text).to_be_focused()
    for key in ("Control+Home", *["Shift+ArrowRight"] * 8, "1"):
        page.keyboard.press(key)
    expect(task.locator("mark")).to_have_text("Jane Doe")


def kept(assignment: Assignment) -> dict[str, object]:
    assignment.refresh_from_db()
    return dict(answers_in(assignment.draft))


def test_entities_are_kept_sent_and_looked_at(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, TASK, hits=1)
    expect(task.locator("form#mturk_form")).to_have_count(0)
    mark_jane(page, task)
    task.get_by_label("Why").fill("A name.")
    wait_until(lambda: kept(assignment) == SENT)
    page.reload()
    expect(task.locator("mark")).to_have_text("Jane Doe")
    expect(task.get_by_label("Why")).to_have_value("A name.")
    task.get_by_label("Why").press("Control+Enter")

    assert answers_after_leaving(page, assignment) == SENT
    page.goto(f"{site.url}/history/{assignment.public_id}/")
    expect(task.locator("mark")).to_have_text("Jane Doe")
    expect(task.get_by_role("button", name="person")).to_be_disabled()
    expect(task.get_by_role("textbox", name="The text")).to_have_count(0)
    expect(task.get_by_role("button", name="These answers have been sent.")).to_be_disabled()


def test_what_was_sent_is_corrected_in_the_same_task(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, TASK, hits=1)
    HITGroup.objects.filter(pk=assignment.group_id).update(allows_corrections=True)
    mark_jane(page, task)
    task.get_by_label("Why").fill("x")
    task.get_by_role("button", name="Submit").click()
    answers_after_leaving(page, assignment)
    page.goto(f"{site.url}/history/{assignment.public_id}/correct/")
    expect(task.locator("mark")).to_have_text("Jane Doe")
    task.get_by_label("Why").fill("A name.")
    with page.expect_navigation():
        task.get_by_role("button", name="Submit").click()
    wait_until(lambda: Assignment.objects.get(pk=assignment.pk).answers == SENT)


def test_a_preview_of_entities_is_held(page: Page, site: Server) -> None:
    task = open_preview(page, site, TASK)
    held = "You must ACCEPT the HIT before you can submit the results."
    expect(task.get_by_role("button", name=held)).to_be_disabled()
    mark_jane(page, task)


BESIDE = """<html><head><link rel="stylesheet" href="https://assets.crowd.aws/css/crowd-html-elements-v2.css">
<script src="https://assets.crowd.aws/crowd-html-elements-v2.js"></script></head><body>
<crowd-form id="form" style="display: none"></crowd-form>
<crowd-text-ranking crowd-form-element-id="form" text="Why?" responses='["One.", "Two."]'
  ordinal-ranking-dimensions='[{"name": "Clarity", "allowTie": true}]'></crowd-text-ranking>
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script></body></html>"""


def test_an_element_beside_its_hidden_form_is_kept_sent_and_looked_at(page: Page, site: Server) -> None:
    assignment, task = open_work(page, site, BESIDE, hits=1)
    for row in ("Clarity: Response 1", "Clarity: Response 2"):
        task.get_by_role("radiogroup", name=row).get_by_role("radio", name="1").check()
    ranked = '{"allowTie":true,"name":"Clarity","responseRankings":[1,1]}'
    sent = {"taskAnswers": f'[{{"ordinalRankingDimensions":[{ranked}]}}]'}
    wait_until(lambda: kept(assignment) == sent)
    page.reload()
    first = task.get_by_role("radiogroup", name="Clarity: Response 1").get_by_role("radio", name="1")
    expect(first).to_be_checked()
    task.get_by_role("button", name="Submit").click()

    assert answers_after_leaving(page, assignment) == sent
    page.goto(f"{site.url}/history/{assignment.public_id}/")
    expect(first).to_be_checked()
    expect(first).to_be_disabled()
    expect(task.get_by_role("button", name="These answers have been sent.")).to_be_disabled()
