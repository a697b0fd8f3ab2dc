"""Camera, microphone, full screen, autoplay: for tasks of projects that say so, and for nothing else."""

import pytest
from playwright.sync_api import Page

from kempelen.domain.actions import people
from kempelen.domain.models import HITGroup, User
from tests.contract.containment.attacks import log_in, open_task, task_frame
from tests.factories import a_project
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

EVERY = ["camera", "microphone", "fullscreen", "autoplay"]
ALLOWED = (
    f"() => document.featurePolicy.allowedFeatures().filter((feature) => {EVERY}.includes(feature)).sort()"
)
TASK = "<input name=word value=knight>"


def allow(permissions: list[str]) -> None:
    HITGroup.objects.update(permissions=permissions)


def test_by_default_a_task_may_ask_for_nothing(page: Page, site: Server, victim: User) -> None:
    open_task(page, site, TASK, victim)

    assert task_frame(page).evaluate(ALLOWED) == []
    assert page.evaluate(ALLOWED) == []


@pytest.mark.parametrize("permissions", [["camera"], ["fullscreen", "microphone"], EVERY])
def test_a_task_may_ask_for_what_its_project_says_and_no_more(
    page: Page, site: Server, victim: User, permissions: list[str]
) -> None:
    open_task(page, site, TASK, victim)
    allow(permissions)
    page.reload()

    assert task_frame(page).evaluate(ALLOWED) == sorted(permissions)
    assert page.locator("iframe").get_attribute("allow") == "; ".join(permissions)


def test_a_task_that_may_fills_the_screen(page: Page, site: Server, victim: User) -> None:
    open_task(page, site, f"{TASK}<button type=button id=go>Go</button>", victim)
    allow(["fullscreen"])
    page.reload()
    frame = task_frame(page)
    frame.evaluate(
        "go.onclick = () => document.documentElement.requestFullscreen()"
        ".then(() => { window.got = 'full' }, (error) => { window.got = error.name })"
    )
    frame.locator("#go").click()
    frame.wait_for_function("window.got")

    assert frame.evaluate("window.got") == "full"


def test_other_pages_of_ours_stay_without(page: Page, site: Server, victim: User) -> None:
    open_task(page, site, TASK, victim)
    allow(EVERY)

    for path in ("/", "/queue/", "/account/"):
        page.goto(f"{site.url}{path}")
        assert page.evaluate(ALLOWED) == []


def test_the_editors_preview_has_the_projects_permissions(page: Page, site: Server, victim: User) -> None:
    requester = people.create_requester("Cleo", victim)
    project = a_project(requester, permissions=["camera"])
    log_in(page, site, victim)
    page.goto(f"{site.url}/r/{requester.slug}/projects/{project.number}/edit/")
    page.frame_locator("draft-preview iframe:not(.is-loading)").locator("[name=answer]").wait_for()
    drafts = [frame for frame in page.frames if "/content/draft/" in frame.url]

    assert drafts[0].evaluate(ALLOWED) == ["camera"]
