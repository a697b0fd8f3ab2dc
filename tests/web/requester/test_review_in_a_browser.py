"""Reviewing in a real Chromium: with the keyboard alone, beside somebody else, in every look."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from kempelen.domain.actions import background, bulk_reviews, decisions, payments, people
from kempelen.domain.models import Assignment, Batch, BulkReview, HITGroup, Job, Requester, Worker
from tests.browser import assert_accessible, faults_on
from tests.factories import a_batch, a_project, a_submitted_assignment, a_user, group_of, hits_of, owner_of
from tests.web.requester.test_in_a_browser import DESKTOP, LOOKS, session_of

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

HTML = """<h2>Which animal is this?</h2><p>${text}</p>
<label><input type="radio" name="animal" value="cat"> Cat</label>
<label><input type="radio" name="animal" value="dog"> Dog</label><button>Submit</button>"""
SCRIPTS = "() => ['review-desk', 'shortcut-help'].every((name) => customElements.get(name))"


@pytest.fixture
def answered(ada: Requester, cleo: Worker) -> Batch:
    """Three HITs, each answered by Cleo."""
    batch = a_batch(a_project(ada, html=HTML, reward_cents=5))
    for hit in hits_of(batch):
        a_submitted_assignment(cleo, hit, answers={"animal": "dog"})
    return batch


@pytest.fixture
def visit(ada: Requester, new_visitor: Callable[..., Page], live_server: Any) -> Callable[..., Page]:
    """A function that opens a page of the batch in a browser where Ada is logged in."""

    def open_page(path: str, **options: Any) -> Page:
        page = new_visitor(**({"viewport": DESKTOP} | options))
        value = session_of(owner_of(ada))
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        page.goto(f"{live_server.url}/r/{ada.slug}/batches/1/{path}")
        return page

    return open_page


def expect_answer(page: Page, row: int) -> None:
    """Wait until the answer to this row is shown, has the focus, and the next is ready."""
    heading = page.locator(".desk-answer:not([inert]) h1")
    expect(heading).to_have_text(f"Row {row}, by {Assignment.objects.first().worker.public_id}")
    expect(page.locator(".desk-answer[inert]")).to_have_count(1 if row < 3 else 0)


def status(page: Page) -> Any:
    return page.locator(".desk-answer:not([inert]) .desk-verdict > .row .badge")


def test_a_batch_is_reviewed_with_the_keyboard_alone(visit: Callable[..., Page], answered: Batch) -> None:
    page = visit("review/")
    faults = faults_on(page)
    page.wait_for_function(SCRIPTS)
    expect_answer(page, 1)
    frame = page.frame_locator(".desk-answer:not([inert]) iframe")
    expect(frame.get_by_label("Dog")).to_be_checked()
    assert_accessible(page)
    page.keyboard.press("a")
    expect_answer(page, 2)
    expect(page.locator(".desk-answer:not([inert]) h1")).to_be_focused()
    expect(page.locator(".desk-bar")).to_contain_text("2 left to review")
    page.keyboard.press("r")
    expect(page.get_by_label("Why? The worker reads it.").first).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.get_by_label("Why? The worker reads it.").first).to_be_focused()
    page.keyboard.type("This is a cat.")
    page.keyboard.press("Enter")
    expect_answer(page, 3)
    expect(page.locator(".desk-bar")).to_contain_text("You rejected the answer")
    page.keyboard.press("u")
    expect_answer(page, 2)
    expect(status(page)).to_have_text("waiting")
    page.keyboard.press("a")
    expect_answer(page, 3)
    # What is typed at once belongs to the amount: a letter would be a key.
    page.keyboard.press("b")
    page.keyboard.type("0.50")
    page.keyboard.press("Tab")
    page.keyboard.type("Thank you")
    page.keyboard.press("Enter")
    expect(page.get_by_text("$0.50 bonus")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Reject, with a reason")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="All is reviewed")).to_be_visible()
    assert set(Assignment.objects.values_list("status", flat=True)) == {"Approved"}
    assert not faults


def test_two_reviewers_hear_of_each_other(
    visit: Callable[..., Page], answered: Batch, ada: Requester
) -> None:
    page = visit("review/")
    page.wait_for_function(SCRIPTS)
    expect_answer(page, 1)
    zoe = a_user("Zoe")
    people.add_member(ada, zoe, role="reviewer")
    first = Assignment.objects.order_by("pk")[0]
    decisions.decide(ada, first.public_id, "reject", reason="Not a dog", by=zoe)
    page.keyboard.press("a")
    expect(page.locator("toast-list")).to_contain_text("Zoe has rejected this answer")
    expect(status(page)).to_have_text("rejected")
    page.keyboard.press("n")
    expect_answer(page, 2)
    page.go_back()
    expect(status(page)).to_have_text("rejected")


@pytest.mark.parametrize("place", ["batches/1", "projects/1"])
def test_ticked_answers_are_decided_at_once_and_taken_back(
    visit: Callable[..., Page], answered: Batch, place: str
) -> None:
    page = visit(f"../../{place}/results/")
    page.wait_for_function("() => customElements.get('bulk-choice')")
    every = page.get_by_label("All answers on this page")
    every.focus()
    page.keyboard.press("Space")
    expect(page.locator(".bulk-count")).to_have_text("3 answers have a tick.")
    page.get_by_label("Choose the answer of").last.uncheck()
    expect(page.locator(".bulk-count")).to_have_text("2 answers have a tick.")
    page.get_by_label("What to do").select_option("reject")
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_label("What the worker reads")).to_be_focused()
    expect(page.locator(".bulk-count")).to_have_text("2 answers have a tick.")
    page.get_by_label("What the worker reads").fill("All cats")
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_role("heading", name="Reject 2 answers?")).to_be_visible()
    page.get_by_role("button", name="Reject 2 answers").click()
    expect(page.get_by_role("heading", name="Rejected 2 answers")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", name="2 decisions taken back")).to_be_visible()
    assert set(Assignment.objects.values_list("status", flat=True)) == {"Submitted"}


def test_a_row_of_the_table_can_be_undone(visit: Callable[..., Page], answered: Batch) -> None:
    page = visit("results/")
    row = page.locator("tbody tr").first
    row.get_by_role("button", name="Approve").click()
    expect(row).to_contain_text("approved")
    row.get_by_role("button", name="Undo").click()
    expect(row).to_contain_text("waiting")


def a_stopped_review(requester: Requester, group: HITGroup) -> BulkReview:
    """A review that failed for the last time."""
    review = bulk_reviews.plan(requester, group, "approve", selection={})
    now = review.created_at
    BulkReview.objects.filter(pk=review.pk).update(state="deciding", begun_at=now)
    job = background.ask_for(bulk_reviews.DECIDE_REVIEW, review=review.pk)
    Job.objects.filter(pk=job.pk).update(finished_at=now, failed_at=now, problem="ValueError('no luck')")
    return review


@pytest.mark.parametrize("look", LOOKS)
def test_pages_of_reviews_are_accessible_and_fit(
    visit: Callable[..., Page], answered: Batch, ada: Requester, live_server: Any, look: str
) -> None:
    group, first = group_of(answered), Assignment.objects.order_by("pk")[0]
    plan = bulk_reviews.plan(ada, group, "approve", selection={})
    done = bulk_reviews.plan(ada, group, "reject", chosen_ids=[first.public_id], reason="A cat. " * 30)
    bulk_reviews.confirm(done, by=owner_of(ada))
    payments.send_bonus(
        ada, first.public_id, worker_id=first.worker.public_id, amount_cents=99, reason="Good"
    )
    paid = bulk_reviews.plan(ada, group, "bonus", selection={}, reason="Good", amount_cents=99)
    stopped = a_stopped_review(ada, group)
    text = f"AssignmentId,Approve,Reject\n{first.public_id},X,\n"
    files = [
        bulk_reviews.plan_file(ada, group, ContentFile(content.encode()), file_name="reviewed.csv")
        for content in (text, f"{text}3NOBODY,X,\n")
    ]
    page = visit(f"results/{first.public_id}/", **LOOKS[look])
    faults = faults_on(page)
    addresses = [f"reviews/{review.public_id}/" for review in (plan, done, paid, stopped, *files)]
    for path in ("", "reviews/", "reviews/upload/", "review/?q=nobody", *addresses):
        if path:
            page.goto(f"{live_server.url}/r/ada/batches/1/{path}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= LOOKS[look]["viewport"]["width"], path
    assert not faults
