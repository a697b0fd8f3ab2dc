"""One-time log-in links and invitations."""

from typing import Any

import pytest
from django.test import Client

from kempelen.domain.actions import people
from kempelen.domain.models import Membership, Requester, User, WorkerGroup
from tests.factories import owner_of

NEW = {"username": "Greta", "email": "", "password": "a-long-enough-one"}


def test_a_log_in_link_lets_in_once(client: Client, frida: User) -> None:
    link = f"/account/link/{people.login_link(frida)}/"
    assert client.post(link)["Location"] == "/"
    assert client.session["_auth_user_id"] == str(frida.pk)
    for again in (Client().get(link), Client().post(link)):
        assert again.status_code == 409
        assert "has been used" in again.content.decode()


def test_opening_the_link_neither_uses_it_up_nor_changes_who_is_logged_in(
    client: Client, frida: User, ada: Requester
) -> None:
    link = f"/account/link/{people.login_link(frida)}/"
    client.force_login(owner_of(ada))
    page = client.get(link).content.decode()
    assert "Log in as Frida" in page
    assert "You are logged in as Ada now" in page
    assert "at-once" not in page
    assert client.session["_auth_user_id"] == str(owner_of(ada).pk)
    assert client.post(link).status_code == 302


def test_a_script_may_press_the_button_where_nobody_is_logged_in(client: Client, frida: User) -> None:
    link = f"/account/link/{people.login_link(frida)}/"
    assert "<log-in-link at-once>" in client.get(link).content.decode()


def test_an_invitation_makes_a_member(client: Client, ada: Requester) -> None:
    link = f"/account/join/{people.invite(requester=ada, role='editor')}/"
    page = client.get(link).content.decode()
    assert "To be editor of <strong>Ada</strong>" in page
    client.post(link, NEW)
    assert Membership.objects.get(user__username="Greta").role == "editor"


def test_an_invitation_works_where_signing_up_is_not_open(
    client: Client, settings: Any, ada: Requester
) -> None:
    settings.KEMPELEN_SIGNUP = "invite"
    group = WorkerGroup.objects.create(requester=ada, name="Students")
    client.post(f"/account/join/{people.invite(worker_group=group)}/", NEW)
    assert group.members.get().user == User.objects.get(username="Greta")


def test_a_refused_password_does_not_use_up_the_invitation(client: Client, ada: Requester) -> None:
    link = f"/account/join/{people.invite(requester=ada, role='viewer')}/"
    assert client.post(link, NEW | {"password": "short"}).status_code == 422
    assert client.post(link, NEW).status_code == 302


def test_on_a_closed_server_an_invitation_makes_no_account(
    client: Client, settings: Any, ada: Requester
) -> None:
    settings.KEMPELEN_SIGNUP = "closed"
    link = f"/account/join/{people.invite(requester=ada, role='viewer')}/"
    assert client.post(link, NEW).status_code == 403
    assert not User.objects.filter(username="Greta").exists()


def test_who_has_an_account_joins_with_it(client: Client, ada: Requester, frida: User) -> None:
    link = f"/account/join/{people.invite(requester=ada, role='reviewer')}/"
    client.force_login(frida)
    assert "Join as Frida" in client.get(link).content.decode()
    assert not frida.memberships.exists()
    client.post(link)
    assert frida.memberships.get().role == "reviewer"


@pytest.mark.django_db
def test_an_invitation_that_was_never_made_says_so(client: Client) -> None:
    response = client.get("/account/join/nonsense/")
    assert response.status_code == 409
    assert "This invitation has been used, is too old, or is not whole" in response.content.decode()
