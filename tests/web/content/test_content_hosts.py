"""Task pages on hosts of their own: what those answer, and what our own host then does not."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client, RequestFactory

from kempelen.domain.actions import qualifications
from kempelen.domain.models import HIT, HITGroup, Requester, Worker
from kempelen.web.content import frames
from kempelen.web.content.qualification_tests import frame_of_test
from tests.domain.qualification_tests import a_tested_type
from tests.factories import a_requester
from tests.web.content.tasks import a_group_showing

OURS = "turk.example.org"


@pytest.fixture(autouse=True)
def hosts_of_their_own(settings: Any, db: None) -> None:
    settings.KEMPELEN_CONTENT_ORIGIN = "https://*.tasks.example"
    settings.ALLOWED_HOSTS = [OURS, ".tasks.example"]


@pytest.fixture
def group() -> HITGroup:
    return a_group_showing("<p>A task of Ada’s")


def frame_of(group: HITGroup) -> frames.Frame:
    request = RequestFactory(headers={"Host": OURS}).get("/", secure=True)
    return frames.preview_frame(request, HIT.objects.filter(group=group).earliest("pk"))


def host_of(requester: Requester) -> str:
    return f"{requester.public_id.lower()}.tasks.example"


def get(url: str, host: str = "", **headers: str) -> object:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return Client(raise_request_exception=False).get(
        path, secure=True, headers={"Host": host or parts.netloc, **headers}
    )


def test_a_task_page_comes_from_its_requesters_host(group: HITGroup) -> None:
    frame = frame_of(group)
    page = get(frame.url)

    assert urlsplit(frame.url).netloc == host_of(group.requester)
    assert "allow-same-origin" in frame.sandbox
    assert "A task of Ada’s" in page.text
    assert page["Content-Security-Policy"] == (f"sandbox {frame.sandbox}; frame-ancestors https://{OURS}")


def test_answers_are_posted_to_our_own_host(group: HITGroup) -> None:
    assert f'data-submit-url="https://{OURS}/mturk/externalSubmit"' in get(frame_of(group).url).text


def test_no_other_host_shows_a_requesters_task(group: HITGroup) -> None:
    url = frame_of(group).url

    for host in (OURS, host_of(a_requester("Ben")), "x.tasks.example"):
        page = get(url, host)
        assert page.status_code == 404
        assert "A task of Ada’s" not in page.text


def test_a_qualification_test_comes_from_its_requesters_host_and_no_other(
    ada: Requester, cleo: Worker
) -> None:
    asked = qualifications.request(cleo, a_tested_type(ada).public_id)
    frame = frame_of_test(RequestFactory(headers={"Host": OURS}).get("/", secure=True), asked)

    assert urlsplit(frame.url).netloc == host_of(ada)
    assert "Tick every prime number." in get(frame.url).text
    assert f"frame-ancestors https://{OURS}" in get(frame.url)["Content-Security-Policy"]
    for host in (OURS, host_of(a_requester("Ben"))):
        assert get(frame.url, host).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/account/login/", "/queue/", "/r/", "/mturk/externalSubmit", "/nowhere/"]
)
def test_our_own_pages_are_not_on_the_hosts_of_tasks(group: HITGroup, path: str) -> None:
    page = get(path, host_of(group.requester))

    assert page.status_code == 404
    assert page["Content-Security-Policy"].startswith("sandbox ")
    assert "csrf" not in page.text
    assert not page.cookies


def test_a_service_worker_cannot_settle_there(group: HITGroup) -> None:
    page = get(
        "/static/kempelen/content/runtime.js", host_of(group.requester), **{"Service-Worker": "script"}
    )

    assert page.status_code == 403


def test_a_page_of_ours_may_frame_this_requesters_tasks_only(group: HITGroup) -> None:
    hit = HIT.objects.filter(group=group).earliest("pk")
    page = get(f"/hits/{hit.public_id}/", OURS)

    assert f"frame-src 'self' https://{host_of(group.requester)}" in page["Content-Security-Policy"]
    assert "form-action 'self';" in page["Content-Security-Policy"]


def test_unsaved_templates_are_shown_on_their_requesters_host_only(ada: Requester, ben: Requester) -> None:
    request = RequestFactory(headers={"Host": OURS}).get("/", secure=True)
    frame = frames.draft_frame(request, ada, [])
    sent = {"html": "<p>unsaved", "token": frame.token}
    path = urlsplit(frame.url).path
    shown = [
        Client().post(path, sent, secure=True, headers={"Host": host})
        for host in (host_of(ada), host_of(ben), OURS)
    ]

    assert urlsplit(frame.url).netloc == host_of(ada)
    assert [page.status_code for page in shown] == [200, 404, 404]
    assert f"frame-ancestors https://{OURS}" in shown[0]["Content-Security-Policy"]
