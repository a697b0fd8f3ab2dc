"""Closing an account keeps the work and forgets the person."""

import json

import pytest
from django.apps import apps

from kempelen.domain.actions import access_keys, accounts, assignments, logins, members, notices, people
from kempelen.domain.errors import InvalidValue, LinkNotValid, NotFound, WrongState
from kempelen.domain.models import Event, Membership, Requester, User, Worker
from tests.factories import a_submitted_assignment, a_user, owner_of

SECRETS = ("Frida", "frida@example.org", "Frieda Secret")


def frida() -> User:
    return people.create_user("Frida", email="frida@example.org", name="Frieda Secret")


def everything_kept() -> str:
    tables = [table for table in apps.get_models() if table.__module__.startswith("kempelen.")]
    return json.dumps([list(table._default_manager.values()) for table in tables], default=str)


def test_answers_stay_under_the_worker_id_and_name_and_address_are_nowhere(ada: Requester) -> None:
    user = frida()
    worker = people.worker_of(user)
    done = a_submitted_assignment(worker)
    people.add_member(ada, user, role="editor")
    people.invite(requester=ada, role="viewer", email="FRIDA@example.org")
    notices.tell_worker(ada, worker, "Hello", "Come.")
    assert "frida@example.org" in everything_kept()
    accounts.close(user)
    kept = everything_kept()
    assert not [secret for secret in SECRETS if secret.lower() in kept.lower()]
    done.refresh_from_db()
    assert (done.worker.public_id, done.answers) == (worker.public_id, {"answer": "yes"})
    assert Worker.objects.get(pk=worker.pk).user is None
    assert Event.objects.get(kind="AccountClosed").data == {"user": user.pk}


def test_the_work_can_still_be_approved(ada: Requester) -> None:
    user = frida()
    done = a_submitted_assignment(people.worker_of(user))
    accounts.close(user)
    approved = assignments.approve(done.hit.requester, done.public_id)
    assert approved.status == "Approved"


def test_keys_links_and_the_name_are_free_again(ada: Requester) -> None:
    user = frida()
    key, _ = access_keys.create(people.add_member(ada, user, role="editor"))
    secret = people.login_link(user)
    accounts.close(user)
    assert access_keys.to_verify(key.public_id) is None
    with pytest.raises(Exception, match="has been used"):
        people.user_of_login_link(secret)
    assert people.create_user("Frida").pk != user.pk
    with pytest.raises(NotFound):
        accounts.user_of(User.objects.get(pk=user.pk).username)


def test_the_last_owner_hands_over_first_but_an_administrator_may_close_all_the_same(ada: Requester) -> None:
    owner, root = owner_of(ada), a_user("Root")
    with pytest.raises(WrongState, match="last owner of Ada"):
        accounts.close(owner)
    accounts.close(owner, by=root)
    assert not Membership.objects.filter(requester=ada).exists()
    assert Requester.objects.filter(pk=ada.pk).exists()


def test_the_last_administrator_stays_one(db: None) -> None:
    root, second = a_user("Root"), a_user("Second")
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    for refused in (
        lambda: accounts.close(root),
        lambda: accounts.deactivate(root, by=second),
        lambda: accounts.set_administrator(root, is_administrator=False, by=second),
    ):
        with pytest.raises(WrongState, match="last administrator"):
            refused()
    accounts.set_administrator(second, is_administrator=True, by=root)
    accounts.set_administrator(root, is_administrator=False, by=second)
    accounts.close(root)
    assert not User.objects.get(pk=root.pk).is_superuser


def test_deactivating_ends_the_right_to_log_in_until_it_is_given_back(db: None) -> None:
    user, root = frida(), a_user("Root")
    accounts.deactivate(user, by=root)
    user.refresh_from_db()
    assert not user.is_active
    accounts.reactivate(user, by=root)
    kinds = Event.objects.filter(data__user=user.pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["UserDeactivated", "UserReactivated"]
    with pytest.raises(WrongState, match="yourself"):
        accounts.deactivate(root, by=root)


def test_a_closed_account_is_never_opened_again(db: None) -> None:
    user, root = frida(), a_user("Root")
    accounts.close(user)
    accounts.close(user)
    accounts.reactivate(user, by=root)
    assert not User.objects.get(pk=user.pk).is_active
    assert Event.objects.filter(kind="AccountClosed").count() == 1


@pytest.mark.parametrize("end", ["removed", "demoted", "deactivated", "closed"])
def test_an_owner_who_is_none_any_more_does_not_come_back_by_a_link_made_before(
    ada: Requester, end: str
) -> None:
    zoe, eve, root = a_user("Zoe"), a_user("Eve"), a_user("Root")
    people.add_member(ada, zoe, role="owner")
    secret = people.invite(requester=ada, role="owner", by=zoe)
    assert members.open_invitations(ada).count() == 1
    {
        "removed": lambda: members.remove(ada, "Zoe", by=ada.memberships.order_by("pk")[0].user),
        "demoted": lambda: members.change_role(ada, "Zoe", role="editor"),
        "deactivated": lambda: accounts.deactivate(zoe, by=root),
        "closed": lambda: accounts.close(zoe, by=root),
    }[end]()
    with pytest.raises(LinkNotValid):
        people.accept_invitation(eve, secret)
    assert not members.open_invitations(ada).exists()
    assert not eve.memberships.exists()


def test_what_a_command_on_the_server_did_is_not_said_to_be_the_users_own_doing(db: None) -> None:
    user, root = frida(), a_user("Root")
    people.login_link(user)
    accounts.set_administrator(user, is_administrator=True)
    assert set(Event.objects.exclude(kind="UserCreated").values_list("user_pk", flat=True)) == {None}
    people.login_link(user, by=root)
    assert Event.objects.latest("pk").user_pk == root.pk


@pytest.mark.parametrize("after", ["another password", "deactivation"])
def test_a_log_in_link_that_somebody_else_kept_lets_nobody_in(db: None, after: str) -> None:
    user, root = frida(), a_user("Root")
    kept = people.login_link(user, by=root)
    if after == "deactivation":
        accounts.deactivate(user, by=root)
        accounts.reactivate(user, by=root)
    else:
        logins.password_changed(user)
    with pytest.raises(LinkNotValid):
        people.use_login_link(kept)


def test_of_two_who_take_a_name_at_once_one_is_told_so(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    check = people.validate_password

    def somebody_is_quicker(password: str, user: User) -> None:
        monkeypatch.setattr(people, "validate_password", check)
        people.create_user("Grete")

    monkeypatch.setattr(people, "validate_password", somebody_is_quicker)
    with pytest.raises(InvalidValue, match="“Grete” is taken"):
        people.create_user("Grete", password="a long and odd one")
