"""What every answer of ours tells browsers to refuse: pages, errors, static files and downloads."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from kempelen.domain.models import Assignment, HITGroup, Requester
from tests.factories import a_batch, a_project, a_submitted_assignment, hits_of, owner_of

_OPAQUE = ("page", "page_file", "test", "trial", "draft", "draft_file", "draft_form")
OPAQUE = {f"content:{name}" for name in _OPAQUE}


def routes(patterns: list[Any], namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every named address of the program."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern
        else:
            yield from routes(
                pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace
            )


ROUTES = dict(routes(get_resolver().url_patterns))


@pytest.fixture
def names(ada: Requester, client: Client) -> dict[str, str | int]:
    """What the parts of our addresses may be, so that they lead to pages of Ada's, who is logged in."""
    client.force_login(owner_of(ada))
    batch = a_batch(a_project(ada))
    hit = hits_of(batch)[0]
    assignment = a_submitted_assignment(hit=hit)
    return {
        "slug": ada.slug,
        "number": 1,
        "project": 1,
        "version": 1,
        "form": "csv",
        "group_id": HITGroup.objects.get().public_id,
        "hit_id": hit.public_id,
        "assignment_id": assignment.public_id,
        "public_id": hit.group.public_id,
        "token": "x",
        "uidb64": "x",
        "message_id": 1,
        "note_pk": 1,
        "pk": 1,
        "addition": 1,
    }


@pytest.mark.parametrize("name", sorted(set(ROUTES) - OPAQUE))
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_every_address_of_ours_answers_with_the_strict_headers(
    client: Client, names: dict[str, str | int], name: str, method: str
) -> None:
    wanted = {key: names.get(key, "x") for key in ROUTES[name].pattern.converters}
    client.raise_request_exception = False
    with closing(getattr(client, method)(reverse(name, kwargs=wanted))) as answer:
        if (method, name) == ("post", "worker:home"):  # the API's address: JSON, which is no page
            assert answer["Content-Type"] == "application/x-amz-json-1.1"
            assert answer["X-Content-Type-Options"] == "nosniff"
            return
        # MTurk's own way is shown wherever the task was, so whoever frames the task may frame it.
        assert_strict(answer, is_framed=name == "content:external_submit")


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/r/nobody/", "/work/none/", "/static/none.css", "/%00", "/a" * 99]
)
def test_pages_that_are_not_there_are_no_exception(client: Client, ada: Requester, path: str) -> None:
    assert_strict(client.get(path))


def test_a_host_that_is_not_ours_is_no_exception(client: Client, db: None) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert_strict(answer)


@pytest.mark.parametrize("file", ["kempelen/kempelen.css", "kempelen/mark.svg", "kempelen/requests.js"])
def test_static_files_have_them_too_and_tasks_may_load_them(client: Client, db: None, file: str) -> None:
    with closing(client.get(f"/static/{file}")) as answer:
        assert_strict(answer)
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_downloads_are_files_whatever_they_hold(
    client: Client, names: dict[str, str | int], form: str
) -> None:
    Assignment.objects.update(answers={"<script>alert(1)</script>": "<script>alert(2)</script>"})
    with closing(client.get(f"/r/{names['slug']}/batches/1/results.{form}")) as answer:
        assert answer["Content-Disposition"].startswith("attachment; filename=")
        assert answer["Content-Type"].split(";")[0] in {"text/csv", "application/x-ndjson"}
        assert_strict(answer)


def test_cookies_are_secure_behind_tls(client: Client, ada: Requester) -> None:
    page = client.get("/account/login/", secure=True)

    assert page.cookies
    assert all(cookie["secure"] for cookie in page.cookies.values())
    assert all(cookie["samesite"] == "Lax" and not cookie["domain"] for cookie in page.cookies.values())


def assert_strict(answer: HttpResponse, *, is_framed: bool = False) -> None:
    directives = answer["Content-Security-Policy"].split("; ")
    policy = {name: value for name, _, value in (each.partition(" ") for each in directives)}
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert is_framed or policy["frame-ancestors"] == "'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert is_framed or answer["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}
    assert is_framed or "camera=()" in answer["Permissions-Policy"]
