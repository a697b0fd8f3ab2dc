"""The pages of workers in a real Chromium: from the list to one worker, to many, to a file and back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import assignments, qualification_types, worker_groups
from kempelen.domain.models import Requester, Worker
from kempelen.domain.statistics import filling, worker_records
from tests.browser import assert_accessible, faults_on
from tests.factories import a_batch, a_project, a_submitted_assignment, hits_of
from tests.web.requester.test_in_a_browser import LOOKS, visit

__all__ = ["visit"]
pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def counted(ada: Requester, cleo: Worker, dan: Worker) -> None:
    """Cleo and Dan have worked for Ada, who has approved it; their figures are counted."""
    batch = a_batch(a_project(ada, name="Street signs", places=2, reward_cents=12))
    for worker in (cleo, dan):
        for hit in hits_of(batch):
            assignments.approve(ada, a_submitted_assignment(worker, hit).public_id)
    qualification_types.create(ada, {"name": "Finnish", "description": "Speaks it."})
    worker_groups.create(ada, "Pilots")
    filling.fill_all()
    worker_records.count_all()


def submit(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


@pytest.mark.usefixtures("counted")
def test_a_worker_is_found_noted_paid_qualified_and_blocked(visit: Callable[..., Page], cleo: Worker) -> None:
    page = visit("workers/")
    faults = faults_on(page)
    page.get_by_label("Search by WorkerId").fill(cleo.public_id.lower())
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name=cleo.public_id).click()
    expect(page.get_by_role("heading", name=cleo.public_id)).to_be_visible()
    page.get_by_label("New note").fill("Careful with dates.")
    submit(page, "Note it")
    expect(page.locator("article.note")).to_contain_text("Careful with dates.")
    page.get_by_text("Pay a bonus outside any HIT…").click()
    page.get_by_label("Amount in dollars").fill("2.50")
    page.get_by_label("Reason").and_(page.locator("[name=bonus-reason]")).fill("For the pilot")
    submit(page, "Pay it")
    expect(page.get_by_role("region", name="Bonuses")).to_contain_text("outside any HIT")
    page.get_by_text("Grant, or change a value…").click()
    page.get_by_label("Qualification type").select_option(label="Finnish")
    submit(page, "Grant")
    expect(page.get_by_role("region", name="Qualifications")).to_contain_text("Finnish: 1")
    page.get_by_text("Block this worker…").click()
    page.locator("[name=block-reason]").fill("Spam")
    submit(page, "Block")
    expect(page.get_by_role("heading", name="Blocked")).to_be_visible()
    assert not faults


@pytest.mark.usefixtures("counted")
def test_many_are_ticked_and_written_to_and_a_file_is_filled_in(
    visit: Callable[..., Page], cleo: Worker, tmp_path: Path
) -> None:
    page = visit("workers/")
    expect(page.locator("ticked-rows:defined")).to_be_attached()
    for box in page.get_by_role("checkbox").all():
        box.check()
    expect(page.locator("[data-ticked]")).to_have_text(" (2)")
    page.get_by_label("What to do with them").select_option("message")
    submit(page, "Go on…")
    page.get_by_label("Subject").fill("More work")
    page.get_by_label("Message").fill("Come back.")
    submit(page, "Send a message: 2 workers")
    expect(page.get_by_text("Not possible")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="To the workers").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    lines = download.value.path().read_text().splitlines()
    mine = next(line for line in lines if line.startswith(cleo.public_id))
    file = tmp_path / "workers.csv"
    file.write_text("\n".join([lines[0], mine.replace(",,,Never", ",,77,Never")]))
    page.get_by_role("link", name="Upload a CSV").click()
    page.get_by_label("CSV file").set_input_files(file)
    submit(page, "Look at it")
    expect(page.get_by_role("region", name="Rows that change something")).to_contain_text("Finnish”: 77")
    assert_accessible(page)
    submit(page, "Do it")
    expect(page).to_have_url(re.compile("/workers/changes/"))


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("look", LOOKS)
def test_pages_of_workers_are_accessible_in_every_look(
    visit: Callable[..., Page], cleo: Worker, look: str
) -> None:
    page = visit("workers/", **LOOKS[look])
    for path in ("", f"{cleo.public_id}/", "import/"):
        page.goto(re.sub(r"/workers/.*", f"/workers/{path}", page.url))
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
