"""The headers of our own pages."""

import pytest
from django.http import HttpResponse
from django.test import Client

from kempelen.web.security import allow_frames_of

pytestmark = [pytest.mark.urls("tests.web.ui.faulty_pages"), pytest.mark.django_db]


def policy(response: HttpResponse) -> dict[str, str]:
    directives = response["Content-Security-Policy"].split("; ")
    return {name: value for name, _, value in (directive.partition(" ") for directive in directives)}


@pytest.mark.parametrize("path", ["/account/login/", "/refuses/", "/nowhere/", "/parts/"])
def test_every_page_of_ours_has_the_strict_policy(client: Client, path: str) -> None:
    response = client.get(path)
    assert policy(response) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "frame-src": "'self'",
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_task_content_keeps_its_own_policy(client: Client) -> None:
    response = client.get("/content/")
    assert response["Content-Security-Policy"] == "sandbox allow-scripts"
    assert "Permissions-Policy" not in response


def test_a_page_may_frame_the_origin_that_it_names(client: Client) -> None:
    response = client.get("/external/", {"url": "https://survey.example:8443/page?x=1"})
    assert policy(response)["frame-src"] == "'self' https://survey.example:8443"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://a.example;script-src *",
        "https://a.example script-src",
        "https://*",
        "data:text/html,x",
        "//a.example/",
        "",
    ],
)
def test_what_is_not_plainly_an_origin_widens_nothing(url: str) -> None:
    response = HttpResponse()
    allow_frames_of(response, url)
    assert not hasattr(response, "frame_origins")
