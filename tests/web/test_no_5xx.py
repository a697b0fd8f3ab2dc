"""Whatever is asked of any address, the server has an answer: odd requests are never a fault of ours."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import kempelen.web
from kempelen.domain.actions import people, qualifications
from kempelen.domain.models import Requester, Worker
from kempelen.web.content import tokens
from kempelen.web.requester.project_form import ProjectForm
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.domain.qualification_tests import a_tested_type
from tests.domain.requiring import a_type
from tests.factories import a_batch, a_submitted_assignment, an_assignment, an_upload, hits_of, owner_of

pytestmark = pytest.mark.django_db

SOURCES = Path(kempelen.web.__file__).parent
ODD = [
    "\0",
    "",
    " ",
    "-1",
    "0",
    "²",
    "٣",
    "9" * 25,
    "9" * 5000,
    "1.9",
    f"1.{'9' * 25}",
    "1e400",
    "nan",
    "x" * 3000,
    "é🐴",
    "\N{RIGHT-TO-LEFT OVERRIDE}%s{{x}}",
    "../../etc",
    "//elsewhere.invalid/[",
    "http://[",
    "0001-01-01",
    "9999-12-31",
    "2026-13-45T99:99",
]
DEEP = "[" * 100_000
JSON = [
    DEEP,
    '{"fields": ' + DEEP,
    '{"fields": [["a", "\\ud800"]]}',
    '{"fields": [["\\u0000", "\\u0000"]]}',
    '{"fields": null}',
    '{"fields": [[1, 2]]}',
    "null",
    "9" * 5000,
    "NaN",
    "{",
    "",
]
VALUES = ['{"x": "\\ud800", "\\udfff": 1}', '{"x": "\\u0000"}', '{"x": ' + DEEP, '{"x": 1e999}', *JSON]
BODIES = [
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=", b"----\r\n"),
    ("multipart/form-data; boundary=\xff", b"x"),
    (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="\x00"\r\n\r\n\x00\r\n',
    ),
    ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="file"; filename="'),
    ("application/x-www-form-urlencoded; charset=none", b"a=\xff"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=\xff"),
    ("text/plain; charset=\xff", b"\xff\xfe\x00"),
]
HEADERS: list[dict[str, str]] = [
    {},
    {"HX-Request": "true"},
    {"HX-Request": "true", "HX-Current-URL": "http://[", "HX-Target": "\xff"},
    {"HX-Request": "true", "HX-Boosted": "true", "HX-Current-URL-URI-AutoEncoded": "true"},
    {"Accept": "application/json"},
    {"Accept-Language": "de-DE-x-;q=x, \xff, " + "a" * 2000},
    {"Referer": "http://["},
    {"Referer": "//[", "Origin": "null"},
    {"Range": "bytes=9-1", "If-Modified-Since": "never", "If-None-Match": "\xff"},
    {"Cookie": 'sessionid="\\000"; kempelen_worker="\\000\\377"; csrftoken=\xff; kempelen_theme="'},
    {"Cookie": "; ".join(f"{name}={'9' * 3000}" for name in ("messages", "kempelen_worker", "sessionid"))},
    {"X-Forwarded-For": "\xff", "X-Forwarded-Proto": "https", "Forwarded": "for=["},
    {"Accept-Encoding": "\xff", "Service-Worker": "script"},
]


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def names_asked_for(source: str) -> list[str]:
    asked = re.compile(rf"""\b{source}\.(?:get|getlist)\("(\w+)\"""")
    return sorted({name for path in SOURCES.rglob("*.py") for name in asked.findall(path.read_text())})


ROUTES = ["nowhere/", "static/nowhere.css", "static/kempelen/mark.svg", *routes(get_resolver().url_patterns)]
QUERY = [*names_asked_for("GET"), "page", "csv", "next", "\0"]
FIELDS = [
    *names_asked_for("POST"),
    *ProjectForm.base_fields,
    "username",
    "email",
    "password",
    "token",
    "text",
]
odd = st.sampled_from(ODD)
rarely = st.sampled_from([True, False, False, False])


@pytest.fixture
def world(ada: Requester, cleo: Worker) -> dict[str, list[str]]:
    """What the parts of addresses may be called, so that most of what is asked for is there."""
    batch = a_batch(ada.projects.first(), requester=ada)
    an_upload(batch.project)
    open_hit, done_hit, held_hit = hits_of(batch)
    done = a_submitted_assignment(cleo, done_hit).public_id
    held = an_assignment(cleo, held_hit).public_id
    of_program = a_new_hit(a_hit_type(ada))
    tested = a_tested_type(ada)
    test = qualifications.request(cleo, tested.public_id).public_id
    assert batch.hit_group
    return {
        "slug": [ada.slug],
        "number": ["1", "2"],
        "version": ["1"],
        "example": ["survey"],
        "form": ["csv", "jsonl"],
        "group_id": [batch.hit_group.public_id, of_program.group.public_id],
        "public_id": [batch.hit_group.public_id],
        "hit_id": [open_hit.public_id, done_hit.public_id],
        "assignment_id": [done, held, a_submitted_assignment(cleo, of_program).public_id],
        "type_id": [a_type(ada).public_id, tested.public_id],
        "request_id": [test],
        "token": [
            people.login_link(people.create_user("Zoe")),
            people.invite(requester=ada, role="viewer"),
            tokens.make(tokens.Shown("work", held)),
            tokens.make_test(test, ""),
            tokens.make(tokens.Shown("preview", open_hit.public_id)),
        ],
    }


def address(draw: Any, world: dict[str, list[str]], route: str) -> str:
    def part(found: re.Match[str]) -> str:
        known = world.get(found[1], ["x"])
        return quote(draw(odd) if draw(rarely) else draw(st.sampled_from(known)), safe="")

    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", part, route)
    query = draw(st.dictionaries(st.sampled_from(QUERY), odd, max_size=2))
    return f"{path}?{urlencode(query)}" if query else path


def content(draw: Any) -> tuple[str, bytes]:
    kind = draw(st.sampled_from(["form", "form", "form", "json", "odd"]))
    if kind == "json":
        return "application/json", draw(st.sampled_from(JSON)).encode()
    if kind == "odd":
        chosen: tuple[str, bytes] = draw(st.sampled_from(BODIES))
        return chosen
    fields = draw(st.dictionaries(st.sampled_from(FIELDS), odd, max_size=4))
    if draw(rarely):
        fields["values"] = draw(st.sampled_from(VALUES))
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def ask(client: Client, method: str, path: str, kind: str, body: bytes, headers: Any = None) -> int:
    response: HttpResponseBase = client.generic(method, path, body, kind, headers=headers)
    if response.streaming:
        b"".join(response)  # type: ignore[call-overload]
    return response.status_code


@pytest.mark.parametrize("who", ["visitor", "worker", "owner"])
def test_no_request_is_answered_with_a_fault_of_the_servers(
    who: str, world: dict[str, list[str]], ada: Requester, cleo: Worker
) -> None:
    user = {"visitor": None, "worker": cleo.user, "owner": owner_of(ada)}[who]

    @settings(
        max_examples=150, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def ask_for_anything(data: st.DataObject) -> None:
        client = Client(raise_request_exception=False)
        if user is not None:
            client.force_login(user)
        path = address(data.draw, world, data.draw(st.sampled_from(ROUTES)))
        method = data.draw(st.sampled_from(["GET", "GET", "POST", "POST", "HEAD", "PUT", "OPTIONS", "ODD"]))
        kind, body = content(data.draw) if method in ("POST", "PUT") else ("", b"")
        headers = data.draw(st.sampled_from(HEADERS))

        assert ask(client, method, path, kind, body, headers) < 500, (method, path[:300], kind, body[:300])

    ask_for_anything()


LISTS = [
    "/?q=%00",
    "/?requester=%00",
    "/mturk/preview?groupId=%00",
    "/queue/?after=%00",
    "/history/?after=%00",
    "/messages/?after=%00",
    "/r/{slug}/projects/?q=%00",
    "/r/{slug}/batches/?q=%00",
    "/r/{slug}/batches/1/results/?q=%00",
    "/r/{slug}/batches/1/results/?after=%00",
    "/r/{slug}/batches/1/messages/?hit=%00",
    "/groups/%00/",
    "/static/%00",
]


@pytest.mark.parametrize("path", LISTS)
def test_a_nul_in_an_address_is_refused(path: str, world: Any, client: Client, ada: Requester) -> None:
    client.force_login(owner_of(ada))

    assert client.get(path.format(slug=ada.slug)).status_code == 400


@pytest.mark.parametrize("field", ["name", "title", "html", "values"])
def test_a_nul_in_a_form_is_refused(field: str, client: Client, ada: Requester) -> None:
    client.force_login(owner_of(ada))

    assert client.post(f"/r/{ada.slug}/projects/new/", {field: "a\0b"}).status_code == 400


@pytest.mark.parametrize("values", VALUES)
def test_values_that_nobody_can_show_are_no_fault(values: str, client: Client, ada: Requester) -> None:
    client.force_login(owner_of(ada))

    new = client.post(f"/r/{ada.slug}/projects/new/", {"html": "<p>${x}</p>", "values": values})
    checked = client.post(f"/r/{ada.slug}/projects/check/", {"html": "<p>${x}</p>", "values": values})

    assert (new.status_code, checked.status_code) == (422, 200)


@pytest.mark.parametrize("body", [DEEP, '{"fields": ' + DEEP])
@pytest.mark.parametrize("what", ["submit", "draft"])
def test_an_answer_nested_without_end_is_refused(what: str, body: str, client: Client, cleo: Worker) -> None:
    client.force_login(cleo.user)
    held = an_assignment(cleo).public_id

    response = client.post(f"/work/{held}/{what}/", body, content_type="application/json")

    assert 400 <= response.status_code < 500


def test_numbers_without_end_are_no_fault(client: Client, ada: Requester, world: Any) -> None:
    client.force_login(owner_of(ada))

    assert client.get(f"/r/{ada.slug}/batches/2/?row={'9' * 5000}").status_code == 200
    many = client.post(f"/r/{ada.slug}/projects/new/", {"groups": "9" * 25, "audience": "groups"})
    assert many.status_code == 422


def test_a_form_without_a_boundary_sent_to_nowhere_is_no_fault() -> None:
    client = Client(enforce_csrf_checks=True, headers={"Cookie": f"csrftoken={'a' * 32}"})

    assert client.generic("POST", "/static/none", b"x", "multipart/form-data; boundary=").status_code == 404


@pytest.mark.parametrize("what", ["submit", "draft"])
def test_a_form_where_json_is_meant_is_refused(what: str, client: Client, cleo: Worker) -> None:
    client.force_login(cleo.user)
    held = an_assignment(cleo).public_id

    assert client.post(f"/work/{held}/{what}/", {"answer": "yes"}).status_code == 409
