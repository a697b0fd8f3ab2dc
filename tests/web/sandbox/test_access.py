"""Who may use what only a sandbox has."""

from typing import Any

import pytest
from django.test import Client

from kempelen.domain.actions import accounts, api_tokens
from kempelen.domain.models import ApiToken, User
from kempelen.web.sandbox import urls
from tests.factories import a_user
from tests.web.sandbox.asking import Program, an_administrator

pytestmark = pytest.mark.django_db
CLOCK = "/kempelen/sandbox/clock"


def test_an_administrators_token_opens_it(program: Program) -> None:
    assert "now" in program.look()


@pytest.mark.parametrize("key", ["", "x", "é", "kempelen_" + "x" * 40, "a b"])
def test_without_a_token_that_works_it_says_how_to_get_one(db: None, key: str) -> None:
    told = Program(key).look(status=401)

    assert told["code"] == "NotAuthenticated"
    assert "kempelen token create --admin" in told["message"]


def test_the_right_key_counts_in_the_right_header_only(program: Program) -> None:
    key = program.headers["Authorization"].removeprefix("Bearer ")

    Program(key, scheme="Token").look(status=401)
    answer = Client().get(CLOCK, {"token": key, "access_token": key})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_a_token_with_a_users_rights_is_not_enough(db: None) -> None:
    of_user = Program(api_tokens.create(a_user("Zoe"))[1])
    of_administrator = Program(api_tokens.create(an_administrator())[1])

    for program in (of_user, of_administrator):
        assert program.ask({"advance": "3d"}, status=403)["code"] == "NotAllowed"


def test_a_token_ends_with_its_users_office_and_account(program: Program) -> None:
    User.objects.filter(username="Root").update(is_active=False)
    program.look(status=401)
    User.objects.filter(username="Root").update(is_active=True)
    program.look()

    accounts.set_administrator(a_user("Second"), is_administrator=True)
    accounts.set_administrator(User.objects.get(username="Root"), is_administrator=False)
    program.look(status=401)


def test_a_revoked_token_opens_nothing(program: Program) -> None:
    api_tokens.revoke(ApiToken.objects.get())

    program.look(status=401)


def test_cookies_count_for_nothing(db: None, client: Client) -> None:
    client.force_login(an_administrator())

    answer = client.post(CLOCK, {"advance": "3d"}, content_type="application/json")

    assert answer.status_code == 401


@pytest.mark.parametrize("what", [pattern.name for pattern in urls.urlpatterns])
def test_on_a_production_server_there_is_no_such_address(program: Program, settings: Any, what: str) -> None:
    settings.KEMPELEN_MODE = "production"

    for method in ("get", "post", "delete"):
        answer = getattr(program.client, method)(f"/kempelen/sandbox/{what}", headers=program.headers)
        assert answer.status_code == 404
        assert "text/html" in answer["Content-Type"]


def test_other_methods_are_named_wrong(program: Program) -> None:
    answer = program.client.delete(CLOCK, headers=program.headers)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")
