"""A requester reads statistics in a real Chromium: the whole, a project, a batch, a worker."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import faults_on
from tests.web.requester.test_in_a_browser import visit
from tests.web.requester.test_statistics import worked

__all__ = ["visit", "worked"]

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def follow(page: Page, name: str) -> None:
    """Reach a link by keyboard and follow it."""
    link = page.get_by_role("link", name=name, exact=True).first
    link.focus()
    expect(link).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_figures_lead_from_the_whole_to_a_worker(visit, worked, cleo):
    page = visit("projects/1/")
    faults = faults_on(page)
    follow(page, "Statistics")
    charts = page.locator("svg.chart")
    expect(charts.first).to_be_visible()
    table = page.locator("summary", has_text="As a table").first
    table.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("table").first).to_be_visible()
    page.goto(f"{page.url.partition('/r/')[0]}/r/ada/batches/1/")
    page.get_by_role("navigation", name="This batch").get_by_role("link", name="Statistics").click()
    expect(page.get_by_text("How long an answer takes")).to_be_visible()
    follow(page, cleo.public_id)
    expect(page.get_by_role("heading", name=cleo.public_id)).to_be_visible()
    assert not faults
