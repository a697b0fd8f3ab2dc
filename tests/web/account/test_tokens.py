"""/account/tokens/: made, seen once, revoked; and what administrators see of others'."""

import re

from django.test import Client

from kempelen.domain.actions import accounts, api_tokens
from kempelen.domain.models import ApiToken, User
from tests.web.account.conftest import PASSWORD

TOKENS, NEW = "/account/tokens/", "/account/tokens/new/"


def logged_in(client: Client, user: User, *, is_fresh: bool = True) -> None:
    client.force_login(user)
    if is_fresh:
        client.post("/account/reauthenticate/", {"password": PASSWORD})


def test_a_token_is_made_and_its_key_is_seen_once(client: Client, frida: User) -> None:
    logged_in(client, frida)
    page = client.post(NEW, {"name": "nightly", "days": "30"}, follow=True).content.decode()
    (key,) = set(re.findall(r"kempelen_\w{40}", page))
    token = api_tokens.of_key(key)
    assert token
    assert (token.user, token.name, token.scope) == (frida, "nightly", "user")
    assert token.expires_at
    assert round((token.expires_at - token.created_at).total_seconds() / 86400) == 30
    again = client.get(TOKENS).content.decode()
    assert key not in again
    assert f"…{token.ending}" in again


def test_making_one_asks_for_the_password_first(client: Client, frida: User) -> None:
    logged_in(client, frida, is_fresh=False)
    assert client.post(NEW, {"days": "0"})["Location"].startswith("/account/reauthenticate/")
    assert not ApiToken.objects.exists()


def test_only_administrators_are_offered_tokens_for_everything(client: Client, frida: User) -> None:
    logged_in(client, frida)
    assert "Everything on this server" not in client.get(TOKENS).content.decode()
    accounts.set_administrator(frida, is_administrator=True)
    assert "Everything on this server" in client.get(TOKENS).content.decode()
    client.post(NEW, {"days": "0", "is_administrator": "on"})
    assert ApiToken.objects.get().scope == "administrator"


def test_asking_for_one_without_the_right_gives_no_such_token(client: Client, frida: User) -> None:
    logged_in(client, frida)
    assert client.post(NEW, {"days": "0", "is_administrator": "on"}).status_code == 409
    assert not ApiToken.objects.exists()


def test_what_makes_no_sense_is_said_at_its_field(client: Client, frida: User) -> None:
    logged_in(client, frida)
    for wrong in ({"name": "x" * 101}, {"days": "7000"}):
        assert client.post(NEW, wrong).status_code == 422


def test_a_token_is_revoked_by_its_user_and_by_nobody_else(client: Client, frida: User, ada: object) -> None:
    token, key = api_tokens.create(frida)
    other = Client()
    other.force_login(User.objects.exclude(pk=frida.pk).first())
    revoke = f"/account/tokens/{token.pk}/revoke/"
    assert other.post(revoke).status_code == 404
    logged_in(client, frida)
    assert "works no more" in client.post(revoke, follow=True).content.decode()
    assert api_tokens.of_key(key) is None
    assert client.post(revoke).status_code == 404


def test_administrators_see_and_revoke_the_tokens_of_others(client: Client, frida: User) -> None:
    token, key = api_tokens.create(User.objects.create_user("grete"), name="nightly")
    accounts.set_administrator(frida, is_administrator=True)
    logged_in(client, frida)
    page = client.get("/site/users/grete/").content.decode()
    assert "nightly" in page
    client.post(f"/site/users/grete/tokens/{token.pk}/revoke/")
    assert api_tokens.of_key(key) is None
