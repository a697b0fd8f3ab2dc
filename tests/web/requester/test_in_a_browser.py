"""The requester's pages in a real Chromium: looked at by axe in every look, and used."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import FrameLocator, Page, expect

from kempelen.domain.actions import assignments, messages, people, projects, publishing
from kempelen.domain.models import Assignment, Batch, Message, Project, User, Worker
from tests.browser import assert_accessible, faults_on
from tests.factories import a_batch, a_project, a_submitted_assignment, an_upload, hits_of, owner_of

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
LOOKS = {
    "desktop": {"viewport": DESKTOP},
    "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "has_touch": True},
}
PAGES = (
    "projects/",
    "projects/?q=nothing",
    "projects/new/",
    "examples/",
    "examples/image-classification/",
    "projects/1/",
    "projects/1/edit/",
    "projects/1/files/",
    "projects/1/versions/",
    "projects/1/versions/1/",
    "projects/1/publish/",
    "batches/",
    "batches/1/",
    "batches/2/",
    "statistics/",
    "projects/1/statistics/",
    "batches/1/statistics/",
    "batches/1/results/",
    "projects/1/results/",
    "projects/1/reviews/",
    "projects/1/reviews/upload/",
    "batches/1/extend/",
    "batches/1/again/",
    "batches/1/rows/",
    "batches/1/messages/",
    "batches/1/messages/?show=question",
    "batches/1/results/?status=rejected",
    "access-keys/",
    "groups/",
    "members/",
    "log/",
    "worker-groups/",
    "worker-groups/import/",
    "projects/1/audience/",
)


@pytest.fixture
def visit(ada, new_visitor: Callable[..., Page], live_server) -> Callable[..., Page]:
    """A function that opens a page of Ada's in a browser where she is logged in."""

    def open_page(path: str = "projects/", **options) -> Page:
        page = new_visitor(**({"viewport": DESKTOP} | options))
        value = session_of(owner_of(ada))
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        page.goto(f"{live_server.url}/r/{ada.slug}/{path}")
        return page

    return open_page


def session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def preview_of(page: Page) -> FrameLocator:
    return page.frame_locator("draft-preview iframe:not(.is-loading)")


@pytest.fixture
def work(project: Project, cleo: Worker) -> Batch:
    """A published batch with an answer that was corrected and talked about, and an upload."""
    projects.update_project(project, allows_corrections=True)
    batch = a_batch(project)
    first, second, _ = hits_of(batch)
    done = a_submitted_assignment(cleo, first, answers={"answer": "yes", "why": "Because. " * 60})
    assignments.correct(cleo, done.public_id, {"answer": "no", "why": "Because. " * 60})
    messages.tell(cleo, first, kind="broken", text="The picture is missing. " * 20)
    asked = messages.tell(cleo, second, kind="broken", text="Here too.")
    messages.reply(project.requester, asked.public_id, text="Mended.")
    an_upload(project)
    return batch


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible_and_fits(visit, work, live_server, look):
    page = visit(**LOOKS[look])
    faults = faults_on(page)
    for path in PAGES:
        page.goto(f"{live_server.url}/r/ada/{path}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= LOOKS[look]["viewport"]["width"], path
    assert not faults


def test_the_way_in_is_accessible(visit, ada, ben, live_server):
    people.add_member(ben, owner_of(ada), role="viewer")
    page = visit()
    for path in ("/r/", f"/r/{ben.slug}/projects/new/"):
        page.goto(f"{live_server.url}{path}")
        assert_accessible(page)
    expect(page.get_by_role("heading", name="This takes the role of editor")).to_be_visible()


def test_the_preview_and_the_checks_follow_what_is_typed(visit):
    page = visit("projects/new/")
    expect(preview_of(page).get_by_role("heading")).to_have_text("Is this sentence about food?")
    page.get_by_label("Template", exact=True).fill(
        "<h1>Hello ${name}</h1>\n<crowd-clasifier></crowd-clasifier>"
    )
    expect(page.locator("#checks")).to_contain_text("1 to put right")
    page.get_by_label("Template", exact=True).fill("<h1>Hello ${name}</h1>\n<input name=answer>")
    page.get_by_label("name", exact=True).fill("Wolfgang")
    expect(preview_of(page).get_by_role("heading")).to_have_text("Hello Wolfgang")
    expect(page.locator("#checks")).to_contain_text("nothing wrong found")


def test_a_pasted_template_is_shown_filled_and_its_buttons_have_names_of_their_own(visit):
    page = visit("projects/new/")
    page.get_by_label("Template", exact=True).fill("<p>What is ${food}?</p><input name=kind>")
    preview = page.frame_locator("draft-preview iframe:not(.is-loading)")

    expect(preview.locator("p").first).to_have_text("What is food 1?")
    expect(page.get_by_label("food", exact=True)).to_have_value("food 1")
    names = [button.get_attribute("aria-label") for button in page.locator("[name=and_publish]").all()]
    assert len(set(names)) == 2


def test_a_finding_leads_to_its_line(visit):
    page = visit("projects/new/")
    source = page.get_by_label("Template", exact=True)
    source.fill("<p>one</p>\n" * 200 + "<crowd-clasifier></crowd-clasifier>")
    page.locator("#checks").get_by_role("link", name="Line 201").click()
    expect(source).to_be_focused()
    chosen = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    assert source.evaluate(chosen) == "<crowd-clasifier></crowd-clasifier>"
    assert source.evaluate("e => e.scrollTop") > 1000
    expect(page.locator(".gutter mark")).to_have_text("201")


def test_the_preview_steps_through_rows_and_shows_a_phone(visit, work):
    page = visit("projects/1/edit/")
    expect(preview_of(page).locator("p").first).to_have_text("one")
    page.get_by_role("button", name="Next row").click()
    expect(preview_of(page).locator("p").first).to_have_text("two")
    page.get_by_text("Phone", exact=True).click()
    assert page.locator("draft-preview iframe").bounding_box()["width"] == pytest.approx(390, abs=2)
    assert page.evaluate("history.length") == 2  # the page and the blank one before: no frame's history


def test_a_file_opens_in_the_editor_and_is_saved(visit, tmp_path: Path):
    file = tmp_path / "t.html"
    file.write_text("<p>Grüße ${name}</p><input name=a>", encoding="utf-16")
    page = visit("projects/new/")
    page.locator("#id_html_file").set_input_files(file)
    expect(page.get_by_label("Template", exact=True)).to_have_value(re.compile("Grüße"))
    page.get_by_label("Project name").fill("Greetings")
    page.get_by_label("Title").fill("Greet somebody")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_role("heading", name="Greetings")).to_be_visible()
    assert Project.objects.get().template.current_version.html.startswith("<p>Grüße")


def test_groups_are_asked_for_only_where_they_decide(visit):
    page = visit("projects/new/")
    expect(page.get_by_text("This requester has no worker groups yet.")).to_be_hidden()
    page.get_by_label("Members of chosen worker groups").check()
    expect(page.get_by_text("This requester has no worker groups yet.")).to_be_visible()


def test_a_csv_is_dropped_looked_over_and_published(visit, project, tmp_path: Path):
    file = tmp_path / "rows.csv"
    file.write_text("text\nred\ngreen\n", encoding="utf-8")
    page = visit("projects/1/publish/")
    page.get_by_label("CSV file").set_input_files(file)
    expect(page.locator("file-drop output")).to_contain_text("rows.csv")
    page.get_by_role("button", name="Check the file").click()
    expect(preview_of(page).locator("p").first).to_have_text("red")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Row 2 of 2")).to_be_visible()
    expect(preview_of(page).locator("p").first).to_have_text("green")
    page.get_by_role("button", name="Publish 2 HITs").click()
    expect(page.get_by_role("heading", name="Being published")).to_be_visible()
    publishing.publish_now(Batch.objects.get().pk)
    expect(page.get_by_role("heading", name="Progress")).to_be_visible()


def test_problems_of_a_file_are_shown_in_place_and_another_can_be_tried(visit, project):
    page = visit("projects/1/publish/")
    faults = faults_on(page)
    page.get_by_label("Batch name").fill("Colours")
    for content in (b"wrong\nred\n", b"text\nred\n"):
        file = {"name": "r.csv", "mimeType": "text/csv", "buffer": content}
        page.get_by_label("CSV file").set_input_files(file)
        page.get_by_role("button", name="Check the file").click()
        if b"wrong" in content:
            expect(page.get_by_role("alert")).to_contain_text("row 1, column text")
            assert_accessible(page)
    expect(page.get_by_role("heading", name="Colours")).to_be_visible()
    assert not faults


def test_cancelling_asks_first(visit, work):
    page = visit("batches/1/")
    page.get_by_role("button", name="Cancel the rest…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Withdraw 5 assignments?")
    dialog.get_by_role("button", name="Go back").click()
    assert Batch.objects.get(number=1).cancelled_at is None
    page.get_by_role("button", name="Cancel the rest…").click()
    dialog.get_by_role("button", name="Withdraw 5").click()
    expect(page.locator("#progress")).to_contain_text("cancelled")


def test_answers_are_reviewed_in_their_rows(visit, work, dan):
    a_submitted_assignment(dan, hits_of(work)[0])
    page = visit("batches/1/results/")
    first, second = page.locator("tbody tr").all()
    first.get_by_role("button", name="Approve").click()
    expect(page.locator("tbody tr").first).to_contain_text("approved")
    second.get_by_text("Reject…").click()
    second.get_by_label("Why? The worker reads it.").fill("Not what was asked")
    second.get_by_role("button", name="Reject").click()
    expect(page.locator("tbody tr").last).to_contain_text("“Not what was asked”")
    assert set(Assignment.objects.values_list("status", flat=True)) == {"Approved", "Rejected"}


def test_the_list_is_searched_as_people_type(visit, ada, project):
    a_project(ada, name="Birds")
    page = visit("projects/")
    page.keyboard.press("/")
    page.keyboard.type("bir")
    expect(page.get_by_role("link", name="Opinions")).to_have_count(0)
    expect(page.get_by_role("link", name="Birds")).to_be_visible()
    assert "q=bir" in page.url


def test_everything_works_without_scripts(visit, project, tmp_path: Path):
    page = visit("projects/1/edit/", java_script_enabled=False)
    page.get_by_label("Values, as JSON").fill('{"text": "typed in"}')
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.frame_locator("draft-preview iframe").locator("p").first).to_have_text("typed in")
    page.get_by_role("button", name="Save and publish a CSV").first.click()
    page.get_by_label("CSV file").set_input_files(
        {"name": "r.csv", "mimeType": "text/csv", "buffer": b"text\nred\n"}
    )
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.frame_locator("draft-preview iframe").locator("p").first).to_have_text("red")
    page.get_by_role("button", name="Publish 1 HIT").click()
    assert Batch.objects.get().state == "publishing"


def test_a_message_is_replied_to_where_it_stands(visit, work):
    page = visit("batches/1/messages/?show=waiting")
    message = page.get_by_role("article")
    message.get_by_text("Reply…").click()
    message.get_by_label("Your reply").fill("Mended, thank you.")
    message.get_by_role("button", name="Send reply").click()
    expect(message.get_by_text("Mended, thank you.").first).to_be_visible()
    expect(message.get_by_text("replied", exact=True)).to_be_visible()
    assert not Message.objects.filter(reply="").exists()


def test_what_was_sent_before_a_correction_opens_below_the_answer(visit, work):
    page = visit("batches/1/results/")
    expect(page.get_by_label("An earlier version")).to_be_hidden()
    page.get_by_text("see what was sent before").click()
    expect(page.get_by_label("An earlier version")).to_contain_text("yes")
