"""Changing a password, and a new one by mail."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from kempelen.domain.actions import people
from kempelen.domain.models import User
from tests.web.account.conftest import PASSWORD

RESET, CHANGE = "/account/password/reset/", "/account/password/"
NEW = "another-long-one"
TWICE = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def sends_mail(settings: Any) -> None:
    """A server that can send mail and knows its own address."""
    settings.KEMPELEN_SENDS_MAIL = True
    settings.KEMPELEN_URL = "https://work.example"


def test_the_old_password_is_asked_for(client: Client, frida: User) -> None:
    client.force_login(frida)
    assert client.post(CHANGE, {"old_password": "wrong", **TWICE}).status_code == 200
    assert client.post(CHANGE, {"old_password": PASSWORD, **TWICE})["Location"] == "/account/"
    assert client.get("/account/").status_code == 200, "the change must not log out who made it"
    assert Client().login(username="Frida", password=NEW)


def test_guessing_the_old_password_is_braked(client: Client, frida: User) -> None:
    client.force_login(frida)
    for _ in range(10):
        client.post(CHANGE, {"old_password": "wrong", **TWICE})
    answer = client.post(CHANGE, {"old_password": PASSWORD, **TWICE})
    assert "wrong too often" in answer.content.decode()
    assert Client().login(username="Frida", password=PASSWORD)


def test_another_address_needs_the_password_since_mails_set_new_ones(client: Client, frida: User) -> None:
    client.force_login(frida)
    evil = {"name": "", "email": "evil@example.org"}
    asked = client.post("/account/", evil)["Location"]
    assert asked == "/account/reauthenticate/?next=%2Faccount%2F"
    frida.refresh_from_db()
    assert frida.email == "frida@example.org"
    assert client.post("/account/", {"name": "F", "email": frida.email})["Location"] == "/account/"
    client.post(asked, {"password": PASSWORD})
    client.post("/account/", {"name": "", "email": "new@example.org"})
    frida.refresh_from_db()
    assert frida.email == "new@example.org"


def test_a_user_without_a_password_sets_one(client: Client, eve: User) -> None:
    client.force_login(eve)
    assert "Old password" not in client.get(CHANGE).content.decode()
    client.post(CHANGE, TWICE)
    assert Client().login(username="Eve", password=NEW)


@pytest.mark.django_db
def test_a_server_without_mail_says_so(client: Client) -> None:
    page = client.get(RESET).content.decode()
    assert "This server sends no mail" in page
    assert "one-time log-in link" in page


def test_the_mailed_link_sets_a_new_password(client: Client, frida: User, sends_mail: None) -> None:
    client.post(RESET, {"email": "FRIDA@example.org"}, headers={"host": "localhost"})
    (sent,) = mail.outbox
    (path,) = re.findall(r"https://work\.example(/account/\S+)", sent.body)
    form = client.get(path, follow=True)
    assert form.redirect_chain
    client.post(form.redirect_chain[-1][0], TWICE)
    assert client.get("/account/").context["user"] == frida
    assert Client().login(username="Frida", password=NEW)
    assert "no longer works" in Client().get(path).content.decode()


def test_an_unknown_address_is_answered_alike_and_gets_no_mail(
    client: Client, frida: User, sends_mail: None
) -> None:
    answers = [client.post(RESET, {"email": address}) for address in (frida.email, "nobody@example.org")]
    assert {answer["Location"] for answer in answers} == {"/account/password/reset/sent/"}
    assert [sent.to for sent in mail.outbox] == [[frida.email]]


def test_a_user_whom_only_links_let_in_gets_the_mail_too(client: Client, sends_mail: None, db: None) -> None:
    people.create_user("Linked", email="linked@example.org")
    client.post(RESET, {"email": "linked@example.org"})
    assert len(mail.outbox) == 1
