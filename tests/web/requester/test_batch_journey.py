"""What a requester does with a batch after its upload, in a real Chromium, by keyboard alone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import additions, prolonging
from kempelen.domain.models import Addition, Batch, HITGroup
from tests.factories import csv_of
from tests.web.requester.test_in_a_browser import visit

__all__ = ["visit"]

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
PARIS = {"timezone_id": "Europe/Paris"}


def press(page: Page, name: str, *, role: str = "button") -> None:
    """Reach a control by keyboard and use it; the page that it leads to is there afterwards."""
    control = page.get_by_role(role, name=name, exact=True)
    control.focus()
    expect(control).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_an_upload_is_scheduled_in_the_time_of_the_readers_clock(visit, upload):
    page = visit("batches/1/", **PARIS)
    page.get_by_text("Publish it later, by itself").click()
    when = page.get_by_label("Publish at")
    expect(page.get_by_text("Europe/Paris")).to_be_visible()
    year = upload.created_at.year + 1
    when.fill(f"{year}-01-15T09:30")
    press(page, "Schedule")
    expect(page.get_by_text(f"15 Jan {year}, 08:30 UTC").first).to_be_visible()
    press(page, "Do not publish it by itself")
    assert Batch.objects.get().publish_at is None


def test_a_batch_is_extended_added_to_ended_and_repeated(visit, batch, tmp_path: Path):
    page = visit("batches/1/")
    press(page, "Extend…", role="link")
    page.get_by_label("More assignments for each HIT").fill("1")
    press(page, "Extend")
    prolonging.change_now(HITGroup.objects.get().pk)
    (tmp_path / "more.csv").write_text(csv_of([{"text": "four"}]))
    press(page, "Add rows…", role="link")
    page.get_by_label("CSV file or JSON Lines").set_input_files(tmp_path / "more.csv")
    press(page, "Check the file")
    expect(page.frame_locator("draft-preview iframe:not(.is-loading)").get_by_text("four")).to_be_visible()
    press(page, "Add 1 HIT")
    additions.add_now(Addition.objects.get().pk)
    end = page.get_by_role("button", name="End now…")
    end.focus()
    page.keyboard.press("Enter")
    press(page, "End them now")
    prolonging.change_now(HITGroup.objects.get().pk)
    page.reload()
    press(page, "Publish the unfinished again…", role="link")
    expect(page.get_by_text("4 HITs ended with 12 assignments missing")).to_be_visible()
    press(page, "Make the new batch")
    expect(page.get_by_text("12 assignments in all")).to_be_visible()
