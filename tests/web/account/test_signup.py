"""/account/signup/."""

from typing import Any

import pytest
from django.test import Client

from kempelen.domain.models import User, Worker
from tests.factories import an_anonymous_worker

SIGNUP = "/account/signup/"
NEW = {"username": "Greta", "email": "greta@example.org", "password": "a-long-enough-one"}

pytestmark = pytest.mark.django_db


def test_whoever_signs_up_is_logged_in_and_a_worker(client: Client) -> None:
    response = client.post(SIGNUP, NEW, follow=True)
    greta = User.objects.get(username="Greta")
    assert client.session["_auth_user_id"] == str(greta.pk)
    assert Worker.objects.filter(user=greta).exists()
    assert "Welcome, Greta" in response.content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": "frida"}, "is taken"),
        ({"username": "two words"}, "Enter a valid username"),
        ({"password": "short"}, "too short"),
        ({"password": "password"}, "too common"),
        ({"password": "greta123"}, "too similar"),
        ({"email": "no address"}, "valid email"),
        ({"username": ""}, "required"),
    ],
)
def test_what_will_not_do_is_said_at_its_field(
    client: Client, frida: User, changed: dict[str, str], said: str
) -> None:
    response = client.post(SIGNUP, NEW | changed)
    (field,) = changed
    assert response.status_code == 422
    assert said in " ".join(response.context["form"].errors[field])
    assert not User.objects.filter(username="Greta").exists()


@pytest.mark.parametrize("mode", ["invite", "closed"])
def test_where_accounts_come_by_invitation_nobody_signs_up(client: Client, settings: Any, mode: str) -> None:
    settings.KEMPELEN_SIGNUP = mode
    assert client.post(SIGNUP, NEW).status_code == 403
    assert "by invitation" in client.get(SIGNUP).content.decode()
    assert "Sign up</a>" not in client.get("/account/login/").content.decode()
    assert not User.objects.exists()


def test_a_browser_that_has_worked_is_told_that_the_account_begins_anew(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = an_anonymous_worker()
    monkeypatch.setattr("kempelen.web.worker.identity.worker_of_request", lambda request: worker)
    assert "begins anew" in client.get(SIGNUP).content.decode()


def test_who_is_logged_in_needs_no_second_account(client: Client, frida: User) -> None:
    client.force_login(frida)
    assert client.get(SIGNUP)["Location"] == "/"
