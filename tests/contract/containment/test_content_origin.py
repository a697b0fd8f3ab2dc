"""Task pages on hosts of their own, in a browser: real storage, apart from other requesters and from us."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from kempelen.domain.models import HITGroup, User
from tests.contract.containment.attacks import REFUSED, asked_with_cookies, open_task, probe, task_frame
from tests.contract.containment.test_reading import READS
from tests.factories import a_project, a_requester
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

TASK = "<input name=word value=knight>"
# What a task has of its own there.
OWN = {"databases", "caches", "the file system", "cookies"}


def started(domain: str) -> Iterator[Server]:
    """A site at `domain`, whose task pages have hosts under it, on the tables of this very test."""
    database = settings.DATABASES["default"]["NAME"]
    with tempfile.TemporaryDirectory(prefix="kempelen-hosts-") as folder:
        server = Server(
            Path(folder) / "data",
            database_url=f"sqlite:///{database}",
            settings={"KEMPELEN_SECRET_KEY": settings.SECRET_KEY},
        )
        server.environment["KEMPELEN_CONTENT_ORIGIN"] = f"http://*.{domain}:{server.port}"
        server.folder.mkdir()
        try:
            server.start()
            server.url = f"http://{domain}:{server.port}"
            yield server
        finally:
            server.kill()


@pytest.fixture
def site(transactional_db: None) -> Iterator[Server]:
    """A site whose tasks are on other sites, as browsers see it: nothing of ours goes along to them."""
    yield from started("localhost")


@pytest.fixture
def near_site(transactional_db: None) -> Iterator[Server]:
    """One whose tasks are on the same site, which is not advised: cookies do go along."""
    yield from started("kempelen.localhost")


def test_a_task_keeps_what_it_stores(page: Page, near_site: Server, victim: User) -> None:
    assignment = open_task(page, near_site, TASK, victim)
    frame = task_frame(page)
    frame.locator("[name=word]").wait_for()
    assert frame.evaluate("self.origin") == origin_of(assignment.group, near_site)
    frame.evaluate("localStorage.setItem('kept', 'knight'); document.cookie = 'mine=1; path=/'")
    page.reload()

    frame = task_frame(page)
    frame.locator("[name=word]").wait_for()
    assert frame.evaluate("[localStorage.getItem('kept'), document.cookie]") == ["knight", "mine=1"]


def test_its_answer_arrives_as_ever(page: Page, site: Server, victim: User) -> None:
    assignment = open_task(page, site, TASK, victim, hits=1)
    task_frame(page).locator("#submitButton").click()
    page.wait_for_url(lambda url: assignment.public_id not in url)

    assignment.refresh_from_db()
    assert assignment.answers == {"word": "knight"}


def test_it_reads_nothing_of_ours(page: Page, site: Server, victim: User) -> None:
    reads = {name: read for name, read in READS.items() if name not in OWN}

    assert probe(page, site, reads, victim) == dict.fromkeys(reads, REFUSED)


def test_requesters_are_apart_from_each_other(page: Page, near_site: Server, victim: User) -> None:
    open_task(page, near_site, TASK, victim, requester=a_requester("Ada"))
    task_frame(page).locator("[name=word]").wait_for()
    task_frame(page).evaluate("localStorage.setItem('kept', 'secret'); document.cookie = 'mine=secret'")
    open_task(page, near_site, TASK, victim, requester=a_requester("Ben"))
    frame = task_frame(page)
    frame.locator("[name=word]").wait_for()

    assert frame.evaluate("[localStorage.getItem('kept'), document.cookie]") == [None, ""]


def test_a_near_task_cannot_act_with_the_workers_session(page: Page, near_site: Server, victim: User) -> None:
    reads = {name: read for name, read in READS.items() if name not in OWN}
    assert probe(page, near_site, reads, victim) == dict.fromkeys(reads, REFUSED)
    post_everywhere(page, near_site)
    page.goto(f"{near_site.url}/account/")

    assert page.url == f"{near_site.url}/account/"


@pytest.mark.parametrize("domain", ["localhost", ".localhost", ""])
def test_its_cookies_do_not_reach_us(page: Page, site: Server, victim: User, domain: str) -> None:
    open_task(page, site, TASK, victim)
    attribute = f"; domain={domain}" if domain else ""
    task_frame(page).evaluate(
        f"for (const name of ['sessionid', 'csrftoken', 'kempelen_worker'])"
        f" document.cookie = name + '=forged; path=/{attribute}'"
    )
    ours = page.context.cookies(site.url)

    assert ours
    assert not [cookie for cookie in ours if cookie["value"] == "forged"]


def test_it_cannot_act_with_the_workers_session(page: Page, site: Server, victim: User) -> None:
    open_task(page, site, TASK, victim)
    post_everywhere(page, site)

    assert page.request.get(f"{site.url}/account/", max_redirects=0).status == 200


def test_no_service_worker_settles_on_its_host(page: Page, site: Server, victim: User) -> None:
    open_task(page, site, TASK, victim)
    register = (
        "Promise.allSettled(['/static/kempelen/content/externalHIT_v1.js', location.href, 'data:,'].map("
        "(url) => navigator.serviceWorker.register(url))).then((all) => all.map((one) => one.status))"
    )

    assert set(task_frame(page).evaluate(register)) == {"rejected"}


def test_a_task_that_never_ends_leaves_our_page_alone(page: Page, site: Server, victim: User) -> None:
    assignment = open_task(page, site, TASK, victim, hits=2)
    task_frame(page).evaluate("void setTimeout(() => { for (;;); }, 50)")
    page.wait_for_timeout(2500)
    page.evaluate("document.querySelector('form[action$=\"/skip/\"] button').click()")

    page.wait_for_url(lambda url: assignment.public_id not in url, wait_until="commit")
    page.frame_locator("task-frame iframe").locator("[name=word]").wait_for()


def test_an_unsaved_template_is_shown_there(page: Page, site: Server, victim: User) -> None:
    requester = a_requester("Cleo", owner=victim)
    project = a_project(requester)
    open_task(page, site, TASK, victim)
    with_cookies = asked_with_cookies(page)
    page.goto(f"{site.url}/r/{requester.slug}/projects/{project.number}/edit/")
    frame = page.frame_locator("draft-preview iframe:not(.is-loading)")

    expect(frame.locator("[name=answer]")).to_be_visible()
    assert not with_cookies
    assert (
        page.frames[-1].evaluate("self.origin").startswith(f"http://{requester.public_id.lower()}.localhost")
    )


def test_our_pages_are_not_on_its_host(page: Page, site: Server, victim: User) -> None:
    assignment = open_task(page, site, TASK, victim)
    page.goto(f"{origin_of(assignment.group, site)}/account/")

    expect(page.get_by_text("There is no task at this address.")).to_be_visible()


def origin_of(group: HITGroup, site: Server) -> str:
    return f"http://{group.requester.public_id.lower()}.{site.url.removeprefix('http://')}"


def post_everywhere(page: Page, site: Server) -> None:
    posts = (
        "url => Promise.all(['cors', 'no-cors'].map((mode) => fetch(url, {method: 'POST', mode,"
        " credentials: 'include', body: new URLSearchParams({a: 1})}).catch(() => 0)))"
    )
    task_frame(page).locator("[name=word], [name=a]").first.wait_for()
    task_frame(page).evaluate(posts, f"{site.url}/account/logout/")
