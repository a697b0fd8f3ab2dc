"""HITs that programs made, on the worker's pages: HTMLQuestion, ExternalQuestion."""

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from kempelen.domain.actions import people
from kempelen.domain.models import Assignment, HITGroup, Requester, Worker
from tests.contract.web.external_app import external_app
from tests.contract.web.test_work_focus import OUR_SCRIPT, all_is_loaded, hold, our_script_runs, type_half
from tests.domain.api_hits import a_hit_type, a_new_hit, external_question, html_question
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]


def log_in(page: Page, site: Server, worker: Worker) -> None:
    assert worker.user
    people.set_accepts_next(worker, accepts_next=True)
    page.goto(f"{site.url}/account/link/{people.login_link(worker.user)}/")
    page.wait_for_url(f"{site.url}/")


def a_group_asking(ada: Requester, question: str, *, hits: int = 1) -> HITGroup:
    hit_type = a_hit_type(ada)
    made = [a_new_hit(hit_type, question=question) for _ in range(hits)]
    return made[0].group


def preview(page: Page, site: Server, group: HITGroup) -> FrameLocator:
    page.goto(f"{site.url}/groups/{group.public_id}/preview/")
    return page.frame_locator("task-frame iframe")


def accept(page: Page) -> FrameLocator:
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url("**/work/**")
    return page.frame_locator("task-frame iframe")


def answers() -> list[object]:
    done = Assignment.objects.filter(status="Submitted").order_by("submitted_at")
    return list(done.values_list("answers", flat=True))


def test_a_tutorials_html_question_is_worked_on_and_followed_by_the_next(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    group = a_group_asking(ada, html_question(), hits=2)
    log_in(page, site, cleo)
    preview(page, site, group)
    task = accept(page)
    first = page.url
    task.locator("[name=answer]").fill("knight")
    task.locator("#submitButton").click()
    page.wait_for_url(lambda url: "/work/" in url and url != first)
    task.locator("[name=answer]").fill("rook")
    task.locator("#submitButton").click()
    page.wait_for_url(f"{site.url}/groups/{group.public_id}/")
    assert answers() == [{"answer": "knight"}, {"answer": "rook"}]


@pytest.mark.parametrize("method", ["post", "get"])
def test_an_application_elsewhere_sends_its_answer_itself(
    page: Page, site: Server, ada: Requester, cleo: Worker, method: str
) -> None:
    """mturk-api.md §8.1 [S32] [S58], §8.2: POST, and GET as it worked for years."""
    with external_app(method) as app:
        group = a_group_asking(ada, external_question(f"{app.url}/task?x=1&y=2#top"), hits=2)
        log_in(page, site, cleo)
        shown = preview(page, site, group)
        # It has its own origin, and with it the cookies and storage that the browser lets it have.
        expect(shown.locator("#state")).to_have_text(f"preview at {app.url}")
        hit_id = page.url.split("/")[-2]
        assert app.asked == [f"/task?x=1&y=2&assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId={hit_id}"]

        task = accept(page)
        expect(task.locator("#state")).to_have_text(f"work at {app.url}")
        expect(page.get_by_text("Drafts are not kept here")).to_be_visible()
        first = page.url.split("/")[-2]
        submit_to = site.url.replace(":", "%3A").replace("/", "%2F")
        assert app.asked[-1] == (
            f"/task?x=1&y=2&assignmentId={first}&hitId={hit_id}&workerId={cleo.public_id}&turkSubmitTo={submit_to}"
        )
        our_script_runs(page)
        all_is_loaded(page)
        task.locator("[name=word]").fill("knight")
        task.locator("#send").click()
        page.wait_for_url(lambda url: "/work/" in url and first not in url)
        expect(task.locator("#state")).to_have_text(f"work at {app.url}")
        assert app.parameters()["assignmentId"] == [page.url.split("/")[-2]]
    assert len(app.asked) == 3  # for the preview and each assignment, once
    assert answers() == [{"word": "knight", "tag": ["a", "b"]}]


def test_who_types_in_an_application_before_our_own_page_is_ready_goes_on_typing(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    with external_app() as app:
        group = a_group_asking(ada, external_question(f"{app.url}/task"))
        log_in(page, site, cleo)
        task = preview(page, site, group)
        let_script_come = hold(page, OUR_SCRIPT)
        page.get_by_role("button", name="Accept").click(no_wait_after=True)
        page.wait_for_url("**/work/**", wait_until="commit")
        expect(task.locator("#state")).to_have_text(f"work at {app.url}")
        type_half(page, task)
        let_script_come()
        our_script_runs(page)
        all_is_loaded(page)
        page.keyboard.type("ght")
        expect(task.locator("[name=word]")).to_have_value("knight")


def test_the_work_page_frames_the_application_and_cannot_be_moved_by_it(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    with external_app() as app:
        group = a_group_asking(ada, external_question(f"{app.url}/task"))
        log_in(page, site, cleo)
        answer = page.goto(f"{site.url}/groups/{group.public_id}/preview/")
        assert answer
        assert f"frame-src 'self' {app.url} https:" in answer.headers["content-security-policy"]
        sandbox = page.locator("task-frame iframe").get_attribute("sandbox") or ""
        assert "allow-same-origin" in sandbox.split()
        assert "allow-top-navigation" not in sandbox


def test_an_application_may_lead_on_to_another(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    """A script that chooses a survey of another site, as on MTurk."""
    with external_app() as survey, external_app(leads_on_to=survey.url) as script:
        group = a_group_asking(ada, external_question(f"{script.url}/task?group=7"))
        log_in(page, site, cleo)
        preview(page, site, group)
        task = accept(page)
        expect(task.locator("#state")).to_have_text(f"work at {survey.url}")
        our_script_runs(page)
        all_is_loaded(page)
        task.locator("[name=word]").fill("knight")
        task.locator("#send").click()
        page.wait_for_url(f"{site.url}/groups/{group.public_id}/")
    assert answers() == [{"word": "knight", "tag": ["a", "b"]}]


def test_an_application_that_sends_in_a_preview_is_told_to_accept_first(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    """question-schemas.md §4.3: an error page, and nothing is recorded."""
    with external_app(sends_previews_to=site.url) as app:
        group = a_group_asking(ada, external_question(f"{app.url}/task"))
        log_in(page, site, cleo)
        task = preview(page, site, group)
        task.locator("#send").click()
        problem = "There was a problem submitting your results for this HIT."
        expect(task.get_by_role("heading")).to_have_text(problem)
        expect(task.get_by_text("You must ACCEPT the HIT")).to_be_visible()
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(("height", "shown"), [(0, None), (3000, 3000)])
def test_an_application_gets_the_window_or_the_height_that_it_asks_for(
    page: Page, site: Server, ada: Requester, cleo: Worker, height: int, shown: int | None
) -> None:
    """question-schemas.md §4.1: FrameHeight in pixels, of which 0 is the worker's window."""
    with external_app() as app:
        group = a_group_asking(ada, external_question(f"{app.url}/task", height=height))
        log_in(page, site, cleo)
        preview(page, site, group).locator("#send").wait_for()
        frame = page.locator("task-frame iframe").bounding_box()
        room = page.locator("main").bounding_box()
        assert frame
        assert room
        assert frame["height"] == (shown or room["height"])
        assert frame["width"] == room["width"]


def test_a_frame_may_be_higher_than_the_window(
    page: Page, site: Server, ada: Requester, cleo: Worker
) -> None:
    group = a_group_asking(ada, html_question(height=3000))
    log_in(page, site, cleo)
    preview(page, site, group)
    box = page.locator("task-frame iframe").bounding_box()
    assert box
    assert box["height"] == 3000
