"""The page of members, as owners and others see it."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from kempelen.domain.actions import people
from kempelen.domain.models import Invitation, Membership
from tests.factories import a_user, owner_of
from tests.web.requester.conftest import logged_in

NEW = {"username": "Greta", "email": "", "password": "a-long-enough-one"}


@pytest.fixture
def sends_mail(settings: Any) -> None:
    """A server that can send mail and knows its own address."""
    settings.KEMPELEN_SENDS_MAIL = True
    settings.KEMPELEN_URL = "https://work.example"


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_link_of_an_invitation_is_shown_once_and_works(owner, at):
    owner.post(at("members/invite/"), {"role": "editor"})
    (path,) = re.findall(r'value="http://testserver(/account/join/[^"]+)"', text_of(owner, at("members/")))
    assert path not in text_of(owner, at("members/"))
    assert "Open invitations" in text_of(owner, at("members/"))
    Client().post(path, NEW)
    assert Membership.objects.get(user__username="Greta").role == "editor"
    assert "Open invitations" not in text_of(owner, at("members/"))


def test_an_invitation_is_mailed_with_the_sites_own_address(owner, at, sends_mail):
    owner.post(at("members/invite/"), {"role": "viewer", "email": "zoe@example.org"})
    (sent,) = mail.outbox
    assert sent.to == ["zoe@example.org"]
    assert "Ada invites you to be viewer of Ada" in sent.body
    (path,) = re.findall(r"https://work\.example(/account/join/\S+)", sent.body)
    assert Client().get(path).status_code == 200
    assert "zoe@example.org" in text_of(owner, at("members/"))


def test_a_mail_that_does_not_leave_is_told_and_the_link_is_shown(owner, at, sends_mail, monkeypatch):
    def fails(*_args: object, **_options: object) -> None:
        raise ConnectionRefusedError("no mail here")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
    owner.post(at("members/invite/"), {"role": "viewer", "email": "zoe@example.org"})
    page = text_of(owner, at("members/"))
    assert "could not be sent" in page
    assert "https://work.example/account/join/" in page


def test_a_wrong_address_makes_no_invitation(owner, at, sends_mail):
    assert owner.post(at("members/invite/"), {"role": "viewer", "email": "nowhere"}).status_code == 422
    assert not Invitation.objects.exists()


def test_an_owner_changes_roles_and_removes(owner, at, ada):
    zoe = a_user("Zoe")
    people.add_member(ada, zoe, role="viewer")
    owner.post(at("members/Zoe/role/"), {"role": "reviewer"})
    assert zoe.memberships.get().role == "reviewer"
    owner.post(at("members/Zoe/remove/"))
    assert not zoe.memberships.exists()
    assert "is no member any more" in text_of(owner, at("members/"))


def test_the_last_owner_reads_why_they_cannot_leave(owner, at, ada):
    answer = owner.post(at("members/leave/"))
    assert answer.status_code == 409
    assert "Make somebody else owner first" in answer.content.decode()
    assert owner_of(ada)


def test_a_viewer_sees_who_is_there_but_no_addresses_and_may_leave(member, at, ada):
    owner_of(ada).__class__.objects.filter(username="Ada").update(email="ada@example.org")
    viewer = member("viewer")
    page = text_of(viewer, at("members/"))
    assert "Ada" in page
    assert "ada@example.org" not in page
    assert "Invite somebody" not in page
    assert viewer.post(at("members/leave/"))["Location"] == "/r/"
    assert viewer.get(at("members/")).status_code == 404


def test_an_invitation_is_revoked_by_its_requester_alone(owner, at, ada, ben):
    people.invite(requester=ada, role="viewer")
    digest = Invitation.objects.get().digest
    bens = logged_in(owner_of(ben))
    assert bens.post(f"/r/{ben.slug}/members/invitations/{digest}/revoke/").status_code == 404
    owner.post(at(f"members/invitations/{digest}/revoke/"))
    assert not Invitation.objects.exists()


def test_an_owner_renames_the_requester(owner, at, ada):
    owner.post(at("members/rename/"), {"name": "Ada’s lab"})
    assert "Ada’s lab" in text_of(owner, at("members/"))
    owner.post(at("members/rename/"), {"name": ""})
    ada.refresh_from_db()
    assert ada.name == "Ada’s lab"


@pytest.mark.parametrize(("who", "may"), [("administrators", False), ("owners", True), ("everybody", True)])
def test_the_setting_says_whether_an_owner_may_make_another_requester(owner, settings, ada, who, may):
    settings.KEMPELEN_NEW_REQUESTERS = who
    owner.post("/r/", {"name": "Second"})
    assert owner_of(ada).memberships.filter(requester__name="Second").exists() is may
