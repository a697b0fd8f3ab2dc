"""The table of answers and files of them in a real Chromium, as a requester goes about it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kempelen.domain.actions import comparing
from kempelen.domain.models import Batch, Export, Requester, Worker
from kempelen.domain.queries import results
from kempelen.jobs import working
from tests.browser import assert_accessible, faults_on
from tests.factories import a_batch, a_project, a_submitted_assignment, hits_of, owner_of
from tests.web.requester.test_in_a_browser import DESKTOP, LOOKS, session_of

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

ROWS = [{"text": "A robin sings", "place": "garden"}, {"text": "A gull cries", "place": "harbour"}]


@pytest.fixture
def answered(ada: Requester, cleo: Worker, dan: Worker, settings: Any, tmp_path: Path) -> Batch:
    """Two batches of a project; on the second, workers differ about the gull."""
    settings.STORAGES = settings.STORAGES | {
        "files": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    project = a_project(ada, name="Birds", places=2, reward_cents=5)
    a_submitted_assignment(cleo, hits_of(a_batch(project, rows=ROWS[:1]))[0], answers={"bird": "Robin"})
    batch = a_batch(project, rows=ROWS)
    robin, gull = hits_of(batch)
    for worker, bird in ((cleo, "Gull"), (dan, "Tern")):
        a_submitted_assignment(worker, robin, answers={"bird": "Robin", "sure": "yes"})
        a_submitted_assignment(worker, gull, answers={"bird": bird, "sure": "yes"})
    comparing.compare_some()
    return batch


@pytest.fixture
def visit(ada: Requester, new_visitor: Callable[..., Page], live_server: Any) -> Callable[..., Page]:
    """A function that opens one of Ada's pages in a browser where she is logged in."""

    def open_page(path: str, **options: Any) -> Page:
        page = new_visitor(**({"viewport": DESKTOP} | options))
        value = session_of(owner_of(ada))
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        page.goto(f"{live_server.url}/r/{ada.slug}/{path}")
        return page

    return open_page


def rows(page: Page) -> Any:
    return page.locator("#results tbody tr")


def test_answers_are_filtered_sorted_and_shown_in_columns(
    visit: Callable[..., Page], answered: Batch, dan: Worker
) -> None:
    page = visit(f"batches/{answered.number}/results/")
    faults = faults_on(page)
    expect(rows(page)).to_have_count(4)
    page.keyboard.press("/")
    page.keyboard.type("harbour")
    expect(rows(page)).to_have_count(2)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Agreement with others").select_option("agrees")
    expect(page.get_by_text("No answer fits")).to_be_visible()
    page.get_by_label("Agreement with others").select_option("differs")
    expect(rows(page)).to_have_count(2)
    page.get_by_label("Worker", exact=True).fill(dan.public_id[:8])
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("Tern")
    assert f"worker={dan.public_id[:8]}" in page.url
    # What is downloaded is what is shown.
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "Tern" in Path(download.value.path()).read_text()
    assert "Robin" not in Path(download.value.path()).read_text()
    page.get_by_role("link", name="Choose all").click()
    expect(rows(page)).to_have_count(4)
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="place input").check()
    page.get_by_role("checkbox", name="bird").check()
    expect(page.get_by_role("columnheader", name="place")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="Worker", exact=True).click()
    expect(page.get_by_role("columnheader", name="bird")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Worker")).to_have_attribute("aria-sort", "ascending")
    rows(page).first.get_by_role("button", name="Approve").click()
    expect(rows(page).first).to_contain_text("approved")
    expect(rows(page).first.locator("td[data-label='bird']")).to_have_count(1)
    assert not faults


def test_a_large_file_is_asked_for_and_fetched_when_it_is_there(
    visit: Callable[..., Page], answered: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "LARGE", 2)
    page = visit(f"projects/{answered.project.number}/results/?q=robin")
    faults = faults_on(page)
    expect(rows(page)).to_have_count(3)
    with page.expect_navigation():
        page.get_by_role("button", name="JSON Lines").click()
    expect(page.get_by_text("being made", exact=True)).to_be_visible()
    while Export.objects.filter(state="waiting").exists():
        assert working.do_next("me")
    expect(page.get_by_text("ready", exact=True)).to_be_visible()
    assert_accessible(page)
    page.goto(page.url.replace("exports/", "batches/"))
    notice = page.get_by_role("status").filter(has_text="Project_1_results.jsonl is ready")
    with page.expect_download() as download:
        notice.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "Project_1_results.jsonl"
    assert len(Path(download.value.path()).read_text().splitlines()) == 3
    page.reload()
    expect(notice).to_have_count(0)
    page.goto(page.url.replace("batches/", "exports/"))
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Remove")).click()
    expect(page.get_by_text("removed", exact=True)).to_be_visible()
    assert not faults


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_are_accessible_and_fit(
    visit: Callable[..., Page], answered: Batch, look: str, live_server: Any, ada: Requester
) -> None:
    page = visit("exports/", **LOOKS[look])
    faults = faults_on(page)
    for path in (
        "exports/",
        "projects/1/results/?sort=-reward",
        "batches/2/results/?worker=A&time_below=50%25&agreement=differs",
        "batches/2/results/?show=Input.text&show=Answer.bird&sort=-time",
        "batches/2/results/?q=nothing",
    ):
        page.goto(f"{live_server.url}/r/{ada.slug}/{path}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= LOOKS[look]["viewport"]["width"], path
    assert not faults
