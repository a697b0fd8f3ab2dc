"""Task pages as the server sends them."""

import re
import time
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from kempelen.domain.actions import assignments, claims
from kempelen.domain.models import HIT, Assignment, Requester, Worker
from kempelen.web.content import frames, sources, tokens
from tests.web.content.tasks import a_group_showing


def an_assignment(worker: Worker, html: str = "<input name=a value='${n}'>") -> Assignment:
    return claims.accept_next(worker, a_group_showing(html, inputs={"n": "<7>"}))


def frame_url(assignment: Assignment, mode: str = "work") -> str:
    request = RequestFactory().get("/", headers={"Host": "localhost"})
    return getattr(frames, f"{mode}_frame")(request, assignment).url


def test_a_task_page_is_contained(client: Client, cleo: Worker) -> None:
    page = client.get(frame_url(an_assignment(cleo)), headers={"Host": "localhost"})

    policy = page["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts allow-forms")
    assert "allow-same-origin" not in policy
    assert "allow-top-navigation" not in policy
    assert policy.endswith("frame-ancestors 'self'")
    assert page["Referrer-Policy"] == "origin"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert "X-Frame-Options" not in page
    assert not page.cookies


def test_a_task_page_is_filled_with_the_row_as_it_is(client: Client, cleo: Worker) -> None:
    page = client.get(frame_url(an_assignment(cleo)))

    assert "<input name=a value='<7>'>" in page.text


def test_the_frames_address_has_mturks_parameters(cleo: Worker) -> None:
    assignment = an_assignment(cleo)

    assert parse_qs(urlsplit(frame_url(assignment)).query) == {
        "assignmentId": [assignment.public_id],
        "hitId": [assignment.hit.public_id],
        "workerId": [cleo.public_id],
        "turkSubmitTo": ["http://localhost"],
    }


def test_a_preview_knows_no_worker_and_no_assignment(client: Client, db: None) -> None:
    hit = HIT.objects.filter(group=a_group_showing("<input name=a>")).earliest("pk")
    url = frames.preview_frame(RequestFactory().get("/"), hit).url

    assert parse_qs(urlsplit(url).query) == {
        "assignmentId": ["ASSIGNMENT_ID_NOT_AVAILABLE"],
        "hitId": [hit.public_id],
    }
    assert 'data-mode="preview"' in client.get(url).text


def test_an_address_that_we_did_not_make_opens_nothing(client: Client, db: None) -> None:
    good = tokens.make(tokens.Shown("preview", "3HIT"))

    for token in ("x", good[:-1] + ("a" if good[-1] != "a" else "b")):
        assert client.get(reverse("content:page", args=[token])).status_code == 410


def test_an_address_lasts_a_day(client: Client, cleo: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    url = frame_url(an_assignment(cleo))
    tomorrow = time.time() + 25 * 3600
    monkeypatch.setattr("time.time", lambda: tomorrow)

    assert client.get(url).status_code == 410


def test_a_returned_assignments_page_cannot_be_worked_on(client: Client, cleo: Worker) -> None:
    assignment = an_assignment(cleo)
    assignments.return_assignment(cleo, assignment.public_id)

    assert "no longer yours to do: it is returned" in client.get(frame_url(assignment)).text


def test_a_submitted_assignment_can_be_looked_at(client: Client, cleo: Worker) -> None:
    assignment = an_assignment(cleo)
    assignments.submit(assignment.public_id, {"a": "1"})

    assert 'data-mode="review"' in client.get(frame_url(assignment, "review")).text


def draft_url_and_token(requester: Requester) -> tuple[str, str]:
    frame = frames.draft_frame(RequestFactory().get("/"), requester, [])
    return frame.url, frame.token


def test_a_member_sees_an_unsaved_template_contained(client: Client, ada: Requester) -> None:
    url, token = draft_url_and_token(ada)
    page = client.post(url, {"html": "<p>${a}</p>", "values": '{"a": "<b>1"}', "token": token})

    assert "<p><b>1</p>" in page.text
    assert page["Content-Security-Policy"].startswith("sandbox ")


def test_nobody_else_has_templates_shown(client: Client, ada: Requester) -> None:
    url, token = draft_url_and_token(ada)
    work_token = tokens.make(tokens.Shown("preview", "3HIT"))

    for wrong in ("", "x", work_token, token[:-1] + ("a" if token[-1] != "a" else "b")):
        page = client.post(url, {"html": "<p>mine", "token": wrong})
        assert page.status_code == 410
        assert "mine" not in page.text


def test_leave_to_show_templates_ends_after_a_day(
    client: Client, ada: Requester, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, token = draft_url_and_token(ada)
    tomorrow = time.time() + 25 * 3600
    monkeypatch.setattr("time.time", lambda: tomorrow)

    assert client.post(url, {"html": "x", "token": token}).status_code == 410


@pytest.mark.parametrize("name", ["runtime.js", "stand-ins.js", "question-form.js", "externalHIT_v1.js"])
def test_a_script_of_ours_can_stand_inside_a_page(name: str) -> None:
    source = (sources.FOLDER / name).read_text(encoding="utf-8").lower()

    assert not re.search("</script|<!--|<script", source)


def test_scripts_may_be_loaded_from_an_opaque_origin(client: Client, db: None) -> None:
    with closing(client.get("/static/kempelen/content/runtime.js", headers={"Origin": "null"})) as script:
        assert script["Access-Control-Allow-Origin"] == "*"
