"""/account/login/ and /account/logout/."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kempelen.domain.models import Requester, User
from kempelen.web.account import throttle
from tests.factories import owner_of
from tests.web.account.conftest import PASSWORD

LOGIN = "/account/login/"


def logged_in_user_id(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("name", ["Frida", "frida", " Frida ", "frida@example.org", "FRIDA@example.org"])
def test_the_name_in_any_case_or_the_mail_address_lets_in(client: Client, frida: User, name: str) -> None:
    response = client.post(LOGIN, {"name": name, "password": PASSWORD})
    assert response.status_code == 302
    assert logged_in_user_id(client) == str(frida.pk)


@pytest.mark.parametrize("name", ["Frida", "nobody", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_name_look_alike(client: Client, frida: User, name: str) -> None:
    response = client.post(LOGIN, {"name": name, "password": "wrong"})
    assert response.status_code == 422
    assert "do not belong together" in response.content.decode()
    assert logged_in_user_id(client) is None


def test_an_address_of_two_users_lets_in_neither(client: Client, frida: User) -> None:
    User.objects.create_user("Double", email=frida.email, password=PASSWORD)
    response = client.post(LOGIN, {"name": frida.email, "password": PASSWORD})
    assert response.status_code == 422


def test_an_inactive_user_stays_out(client: Client, frida: User) -> None:
    User.objects.filter(pk=frida.pk).update(is_active=False)
    assert client.post(LOGIN, {"name": "Frida", "password": PASSWORD}).status_code == 422


def test_a_worker_comes_to_the_work_and_a_member_to_the_requesters(
    client: Client, frida: User, ada: Requester
) -> None:
    assert client.post(LOGIN, {"name": "Frida", "password": PASSWORD})["Location"] == "/"
    client.force_login(owner_of(ada))
    assert client.get(LOGIN)["Location"] == reverse("requester:index")


def test_next_leads_back_to_where_one_came_from(client: Client, frida: User) -> None:
    page = client.get(LOGIN, {"next": "/queue/"}).content.decode()
    assert 'name="next" value="/queue/"' in page
    response = client.post(LOGIN, {"name": "Frida", "password": PASSWORD, "next": "/queue/"})
    assert response["Location"] == "/queue/"


@pytest.mark.parametrize(
    "url", ["1e400", "https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil"]
)
def test_next_never_leads_away(client: Client, frida: User, url: str) -> None:
    response = client.post(LOGIN, {"name": "Frida", "password": PASSWORD, "next": url})
    assert response["Location"] == "/"


def test_guessing_is_braked_and_forgotten_with_time(client: Client, frida: User) -> None:
    cache.clear()
    for _ in range(throttle.FAILURES_ALLOWED):
        client.post(LOGIN, {"name": "Frida", "password": "wrong"})
    braked = client.post(LOGIN, {"name": "Frida", "password": PASSWORD})
    assert "too often" in braked.content.decode()
    cache.clear()
    assert client.post(LOGIN, {"name": "Frida", "password": PASSWORD}).status_code == 302


def test_the_right_password_ends_the_count(client: Client, frida: User) -> None:
    cache.clear()
    for password in ["wrong"] * (throttle.FAILURES_ALLOWED - 1) + [PASSWORD, "wrong", PASSWORD]:
        client.post("/account/logout/")
        last = client.post(LOGIN, {"name": "Frida", "password": password})
    assert last.status_code == 302


def test_logging_out_needs_a_post(client: Client, frida: User) -> None:
    client.force_login(frida)
    assert client.get("/account/logout/").status_code == 405
    assert client.post("/account/logout/")["Location"] == "/"
    assert logged_in_user_id(client) is None


def test_a_form_without_its_token_is_explained(frida: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(LOGIN, {"name": "Frida", "password": PASSWORD})
    assert response.status_code == 403
    assert "too old to be trusted" in response.content.decode()
