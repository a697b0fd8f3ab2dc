"""Who is let in, about which requester, how often, and with how much."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings

from kempelen.config.readers import Rate
from kempelen.domain import clock
from kempelen.domain.actions import api_tokens, people
from kempelen.domain.models import ApiToken, Membership, Requester
from kempelen.turkle_api import endpoint, throttling
from tests.factories import a_project, a_user, owner_of
from tests.turkle_api.calling import Api

MISSING = {"detail": "Authentication credentials were not provided."}


def test_without_a_token_nobody_is_let_in_and_cookies_do_not_count(ada: Requester) -> None:
    assert Api(None).get("/users/", status=401) == MISSING
    browser = Client()
    browser.force_login(owner_of(ada))
    response = browser.get("/api/users/")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Token")


@pytest.mark.parametrize(
    "header", ["Token x", "Token", "Token a b", "Basic eA==", "Token \xff", "Token kempelen_", ""]
)
def test_other_headers_let_nobody_in(ada: Requester, header: str) -> None:
    response = Client().get("/api/", headers={"Authorization": header})
    assert response.status_code == 401


def test_the_word_before_the_key_is_read_in_any_case_and_its_use_is_noted(ada: Requester) -> None:
    token, key = api_tokens.create(owner_of(ada))
    for word in ("Token", "TOKEN", "token"):
        assert Client().get("/api/", headers={"Authorization": f"{word} {key}"}).status_code == 200
    assert ApiToken.objects.get(pk=token.pk).last_used_at
    ApiToken.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert Client().get("/api/", headers={"Authorization": f"Token {key}"}).status_code == 401


def test_the_root_says_where_things_are_with_or_without_a_slash(ada: Requester) -> None:
    api = Api(owner_of(ada), slug=ada.slug)
    found = api.get("/")
    assert found["batches"] == f"http://testserver/r/{ada.slug}/api/batches/"
    assert set(found) == {"batches", "groups", "projects", "users", "schema"}
    assert api.get("/projects")["count"] == 0


def test_a_user_of_two_requesters_says_in_which_one_by_the_address(ada: Requester, ben: Requester) -> None:
    user = owner_of(ada)
    people.add_member(ben, user, role=Membership.Role.EDITOR)
    a_project(ada), a_project(ben)
    both = Api(user)
    project = {"name": "x", "filename": "x.html", "html_template": "<input name=a>"}
    refused = both.post("/projects/", project, status=400)
    assert f"/r/{ada.slug}/api/" in refused["detail"]
    assert both.get("/projects/")["count"] == 2
    at_ben = Api(user, slug=ben.slug)
    at_ben.post("/projects/", project)
    assert (at_ben.get("/projects/")["count"], both.get("/projects/")["count"]) == (2, 3)
    assert ben.projects.count() == 2


def test_an_address_of_a_requester_that_one_does_not_know_has_nothing(ada: Requester, ben: Requester) -> None:
    stranger = Api(owner_of(ada), slug=ben.slug)
    for path in ("/projects/", "/batches/", "/groups/", "/users/", "/users/1/"):
        assert stranger.get(path, status=404) == Api(owner_of(ada), slug="nobody").get(path, status=404)


def test_administrators_make_things_in_the_only_requester_or_in_theirs(ada: Requester) -> None:
    admin = Api(a_user("Root"), is_admin=True)
    made = admin.a_project()
    assert ada.projects.get().pk == made["id"]
    people.create_requester("Second", a_user("Other"))
    project = {"name": "x", "filename": "x.html", "html_template": "<input name=a>"}
    assert "/r/" in admin.post("/projects/", project, status=400)["detail"]
    assert admin.get("/projects/")["count"] == 1


def test_an_administrator_without_that_scope_acts_as_any_user(ada: Requester, ben: Requester) -> None:
    root = a_user("Root")
    Api(root, is_admin=True)
    a_project(ada)
    assert Api(type(root).objects.get(pk=root.pk)).get("/projects/")["count"] == 0


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_methods_that_there_are_not_are_refused_as_such(ada: Requester, method: str) -> None:
    refused = Api(owner_of(ada)).call(method, "/batches/", {}, status=405)
    assert refused == {"detail": f'Method "{method.upper()}" not allowed.'}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("[1]", "application/json", 400),
        ("null", "application/json", 400),
        ('{"name": "\\ud800", "users": []}', "application/json", 400),
        ('{"name": "\\u0000", "users": []}', "application/json", 400),
        ("name=x", "text/plain", 415),
        (b"\xff\xfe", "application/json", 400),
    ],
)
def test_bodies_that_are_none_are_refused(ada: Requester, body: str, kind: str, status: int) -> None:
    headers = Api(owner_of(ada)).headers
    for path in ("/api/groups/", "/api/projects/", "/api/users/"):
        response = Client().post(path, body, content_type=kind, headers=headers)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/json"


def test_no_more_is_read_than_lies_well_in_memory(ada: Requester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "BODY_LIMIT", 10**6)
    refused = Api(owner_of(ada)).post("/groups/", {"name": "x" * 10**6, "users": []}, status=413)
    assert refused == {"detail": "At most 1 MB are taken at once."}


def test_odd_addresses_are_answered(ada: Requester) -> None:
    client, headers = Client(), Api(owner_of(ada)).headers
    for path in ("/api/%00/", "/api/users/?page=%00", "/api/users/username/%ff/", "/api/users/?page=9e99"):
        assert client.get(path, headers=headers).status_code in (400, 404)
    assert client.get("/api/users/", headers=headers | {"Host": "elsewhere.invalid"}).status_code == 400


def test_each_token_may_call_so_often(ada: Requester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "_buckets", throttling.Buckets())
    api, other = Api(owner_of(ada)), Api(owner_of(ada))
    with override_settings(KEMPELEN_API_RATE=Rate(per_second=0.001, burst=1)):
        api.get("/")
        assert "throttled" in api.get("/", status=429)["detail"]
        other.get("/")
