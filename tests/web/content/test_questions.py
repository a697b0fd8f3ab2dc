"""What the frames of HITs that programs made may do."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from kempelen.domain.actions import claims
from kempelen.domain.models import HIT, Worker
from kempelen.web.content import frames
from tests.domain.api_hits import a_new_hit, external_question, html_question


def asked_at(host: str) -> HttpRequest:
    return RequestFactory().get("/", headers={"Host": host})


def sandbox_of(url: str, *, host: str) -> list[str]:
    hit = HIT(template_version_id=None, public_id="3H", question=external_question(url))
    return frames.preview_frame(asked_at(host), hit).sandbox.split()


@pytest.mark.parametrize(
    ("url", "host", "has_origin"),
    [
        ("https://other.example/", "ours.example", True),
        ("https://ours.example.org/", "ours.example", True),
        ("https://OURS.example/x", "ours.example", False),
        ("https://ours.example:8443/x", "ours.example", False),
        ("https://ours.example/x", "ours.example:8000", False),
        ("https://elsewhere.example/x", "ours.example", False),
        ("http://localhost:8000/x", "localhost:8000", False),
        ("http://localhost:5000/x", "localhost:8000", True),
        ("https://abc.tasks.example/x", "ours.example", False),
    ],
)
def test_only_somebody_elses_page_has_its_origin(
    settings: Any, url: str, host: str, has_origin: bool
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.KEMPELEN_CONTENT_ORIGIN = "https://*.tasks.example"
    settings.KEMPELEN_URL = "https://elsewhere.example"
    flags = sandbox_of(url, host=host)
    assert ("allow-same-origin" in flags) == has_origin
    assert not any("top-navigation" in flag for flag in flags)


def test_an_external_page_is_told_what_mturk_told(cleo: Worker) -> None:
    """mturk-api.md §8.1: in this order, encoded; who only looks back is shown a preview."""
    hit = a_new_hit(question=external_question("https://a.example/t?x=1#f", height=700))
    assignment = claims.accept(cleo, hit)
    work = frames.work_frame(asked_at("localhost"), assignment)
    assert work.url == (
        f"https://a.example/t?x=1&assignmentId={assignment.public_id}&hitId={hit.public_id}"
        f"&workerId={cleo.public_id}&turkSubmitTo=http%3A%2F%2Flocalhost#f"
    )
    assert (work.height, work.is_elsewhere) == (700, True)
    review = frames.review_frame(asked_at("localhost"), assignment)
    preview = f"https://a.example/t?x=1&assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId={hit.public_id}#f"
    assert review.url == preview
    assert frames.preview_frame(asked_at("localhost"), hit).url == preview


def test_an_html_question_is_a_task_page_like_others(client: Client, cleo: Worker) -> None:
    html = "<!DOCTYPE html><html><head><title>x</title></head><body><p>${not_a_variable}</p></body></html>"
    assignment = claims.accept(cleo, a_new_hit(question=html_question(html)))
    url = frames.work_frame(asked_at("localhost"), assignment).url
    page = client.get(url, headers={"Host": "localhost"})
    assert "<p>${not_a_variable}</p>" in page.text
    assert 'data-mode="work"' in page.text
    assert "allow-same-origin" not in page["Content-Security-Policy"]


def test_an_element_of_which_only_the_name_is_known_is_no_hindrance(client: Client, db: None) -> None:
    question = html_question("<crowd-form><crowd-google-static-map></crowd-google-static-map></crowd-form>")
    url = frames.preview_frame(asked_at("localhost"), a_new_hit(question=question)).url
    page = client.get(url, headers={"Host": "localhost"})
    assert "<crowd-form><crowd-google-static-map></crowd-google-static-map></crowd-form>" in page.text
