"""Tasks that call our addresses with the worker's session, in every way a page can send something."""

import json

import pytest
from playwright.sync_api import Page

from kempelen.domain.models import Assignment, Requester, User
from tests.contract.containment.attacks import (
    asked_with_cookies,
    attack,
    open_task,
    published,
    task_frame,
    without_the_sandbox,
)
from tests.factories import a_project, an_upload
from tests.servers import Server
from tests.web.content.tasks import a_group_showing

pytestmark = [pytest.mark.browser, pytest.mark.once]

_POST = "method: 'POST', credentials: 'include'"
_FORM = (
    "new Promise((done) => { const f = document.createElement('iframe');"
    " f.srcdoc = '<form method=post enctype=KIND action=' + url + '><input name=feedback value=x>' +"
    " '</form><script>document.forms[0].submit()</' + 'script>';"
    " document.body.append(f); setTimeout(done, 300) })"
)
WAYS = {
    "fetch": f"fetch(url, {{{_POST}, body: new URLSearchParams({{feedback: 'x'}})}})",
    "fetch without an answer": f"fetch(url, {{{_POST}, mode: 'no-cors', body: 'x'}})",
    "fetch of JSON": f"fetch(url, {{{_POST}, headers: {{'Content-Type': 'application/json'}}, body: '1'}})",
    "fetch with a made-up token": f"fetch(url, {{{_POST}, headers: {{'X-CSRFToken': 'x'.repeat(32)}}}})",
    "beacon": "navigator.sendBeacon(url, new URLSearchParams({feedback: 'x'}))",
    "old request": "new Promise((done) => { const r = new XMLHttpRequest(); r.open('POST', url);"
    " r.withCredentials = true; r.onloadend = done; r.send('feedback=x') })",
    "picture": "new Promise((done) => { const i = new Image(); i.onload = i.onerror = done; i.src = url })",
    "script": "new Promise((done) => { const s = document.createElement('script');"
    " s.onload = s.onerror = done; s.src = url; document.head.append(s) })",
    "socket": "new Promise((done) => { const s = new WebSocket(url.replace('http', 'ws'));"
    " s.onclose = done })",
    "event stream": "new Promise((done) => { const s = new EventSource(url, {withCredentials: true});"
    " s.onerror = () => { s.close(); done() } })",
    "form": _FORM.replace("KIND", "application/x-www-form-urlencoded"),
    "form with files": _FORM.replace("KIND", "multipart/form-data"),
    "form of plain text": _FORM.replace("KIND", "text/plain"),
}
_EACH = """
  for (const path of %s) {
    const url = location.origin === 'null' ? '%s' + path : location.origin + path;
    try { await (%s) } catch {}
  }
"""


def targets(requester: Requester, other_hit: str) -> list[str]:
    """Addresses that would change something, were they asked with the victim's cookies."""
    batch = published(an_upload(a_project(requester)))
    return [
        "/account/logout/",
        f"/hits/{other_hit}/accept/",
        f"/r/{requester.slug}/batches/{batch.number}/pause/",
        f"/r/{requester.slug}/batches/{batch.number}/cancel/",
    ]


@pytest.mark.parametrize("way", WAYS)
def test_no_request_acts_for_the_worker(
    page: Page, site: Server, victim: User, victims_requester: Requester, way: str
) -> None:
    other = a_group_showing("<input name=a>", requester=victims_requester).hits.latest("pk")
    paths = targets(victims_requester, other.public_id)
    with_cookies = asked_with_cookies(page)
    attack(page, site, _EACH % (json.dumps(paths), site.url, WAYS[way]), victim)

    assert not with_cookies
    assert Assignment.objects.count() == 1
    batch = victims_requester.batches.latest("number")
    assert (batch.paused_at, batch.cancelled_at) == (None, None)
    assert page.request.get(f"{site.url}/account/", max_redirects=0).status == 200


@pytest.mark.parametrize("way", ["fetch", "form of plain text"])
def test_without_the_sandbox_cookies_would_go_along(
    page: Page, site: Server, victim: User, victims_requester: Requester, way: str
) -> None:
    without_the_sandbox(page)
    with_cookies = asked_with_cookies(page)
    attack(page, site, _EACH % ('["/account/logout/"]', site.url, WAYS[way]), victim)

    assert with_cookies


def test_without_the_sandbox_the_task_could_return_the_hit(page: Page, site: Server, victim: User) -> None:
    without_the_sandbox(page)
    returning = (
        "const token = parent.document.querySelector('meta[name=csrf-token]').content;"
        "const path = parent.location.pathname + 'return/';"
        "return (await fetch(path, {method: 'POST', headers: {'X-CSRFToken': token}})).status"
    )
    attack(page, site, returning, victim)

    assert Assignment.objects.get().status == "Returned"


def test_answers_of_ours_cannot_be_read(page: Page, site: Server, victim: User) -> None:
    read = (
        "const read = [];"
        "for (const path of ['/account/', '/queue/', '/history/', '/r/', '/static/../account/'])"
        "for (const credentials of ['include', 'omit'])"
        f"try {{ read.push(await (await fetch('{site.url}' + path, {{credentials}})).text()) }} catch {{}}"
        "return read"
    )

    assert attack(page, site, read, victim) == []


def test_a_token_that_the_task_brings_along_is_no_use(page: Page, site: Server, victim: User) -> None:
    forged = (
        "<form id=f method=post action='%s/account/logout/' target=_blank>"
        "<input name=csrfmiddlewaretoken value=%s></form>"
    )
    srcdoc = (forged % (site.url, "x" * 64)).replace('"', "&quot;")
    task = f'<iframe sandbox="allow-forms allow-scripts allow-popups" srcdoc="{srcdoc}"></iframe>'
    open_task(page, site, task, victim)
    child = next(frame for frame in page.frames if frame.parent_frame == task_frame(page))
    child.wait_for_selector("#f", state="attached")
    with page.context.expect_page() as opened:
        child.evaluate("document.forms[0].submit()")
    opened.value.wait_for_load_state()

    assert "log out" not in opened.value.url
    assert page.request.get(f"{site.url}/account/", max_redirects=0).status == 200
