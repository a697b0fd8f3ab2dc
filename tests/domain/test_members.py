"""Members of a requester: roles, leaving, invitations."""

import pytest

from kempelen.domain.actions import access_keys, members, people
from kempelen.domain.errors import InvalidValue, LinkNotValid, NotFound, WrongState
from kempelen.domain.models import Event, Invitation, Membership, Requester, User
from tests.factories import a_user, owner_of


def role_of(user: User, requester: Requester) -> str:
    return Membership.objects.get(user=user, requester=requester).role


def kinds() -> list[str]:
    return list(Event.objects.filter(is_audited=True).order_by("pk").values_list("kind", flat=True))


def test_the_last_owner_can_neither_go_nor_become_less(ada: Requester) -> None:
    people.add_member(ada, a_user("Zoe"), role="editor")
    with pytest.raises(WrongState, match="last owner"):
        members.remove(ada, "Ada", by=owner_of(ada))
    with pytest.raises(WrongState, match="last owner"):
        members.change_role(ada, "Ada", role="viewer")
    assert role_of(User.objects.get(username="Ada"), ada) == "owner"


def test_an_owner_who_may_not_log_in_does_not_count(ada: Requester) -> None:
    zoe = a_user("Zoe")
    people.add_member(ada, zoe, role="owner")
    User.objects.filter(pk=zoe.pk).update(is_active=False)
    with pytest.raises(WrongState):
        members.remove(ada, "Ada")


def test_with_another_owner_the_first_may_leave(ada: Requester) -> None:
    first = owner_of(ada)
    people.add_member(ada, a_user("Zoe"), role="viewer")
    members.change_role(ada, "Zoe", role="owner", by=first)
    members.remove(ada, "Ada", by=first)
    assert not Membership.objects.filter(user=first).exists()
    assert kinds()[-2:] == ["RoleChanged", "MemberLeft"]


def test_who_is_removed_loses_the_access_keys(ada: Requester) -> None:
    membership = people.add_member(ada, a_user("Zoe"), role="editor")
    key, _ = access_keys.create(membership)
    members.remove(ada, "Zoe", by=owner_of(ada))
    assert access_keys.to_verify(key.public_id) is None
    event = Event.objects.get(kind="MemberRemoved")
    assert (event.requester_pk, event.user_pk) == (ada.pk, owner_of(ada).pk)


def test_a_role_that_does_not_exist_and_somebody_elses_member_are_refused(
    ada: Requester, ben: Requester
) -> None:
    with pytest.raises(InvalidValue, match="is not one of owner"):
        members.change_role(ada, "Ada", role="king")
    with pytest.raises(NotFound):
        members.change_role(ada, "Ben", role="viewer")


def test_an_invitation_never_takes_rights_away(ada: Requester) -> None:
    secret = people.invite(requester=ada, role="viewer", uses=2)
    people.accept_invitation(owner_of(ada), secret)
    assert role_of(owner_of(ada), ada) == "owner"


def test_an_invitation_raises_the_role_of_who_is_a_member_already(ada: Requester) -> None:
    zoe = a_user("Zoe")
    people.add_member(ada, zoe, role="viewer")
    people.accept_invitation(zoe, people.invite(requester=ada, role="editor"))
    assert role_of(zoe, ada) == "editor"


def test_a_revoked_invitation_lets_nobody_in(ada: Requester, ben: Requester) -> None:
    secret = people.invite(requester=ada, role="editor", by=owner_of(ada))
    digest = Invitation.objects.get().digest
    with pytest.raises(NotFound):
        members.revoke(members.open_invitations(ben), digest)
    members.revoke(members.open_invitations(ada), digest, by=owner_of(ada))
    with pytest.raises(LinkNotValid):
        people.invitation(secret)
    assert kinds()[-2:] == ["MemberInvited", "InvitationRevoked"]


def test_a_requester_can_be_called_otherwise_and_keeps_its_address(ada: Requester) -> None:
    members.rename(ada, " Ada’s lab ", by=owner_of(ada))
    ada.refresh_from_db()
    assert (ada.name, ada.slug) == ("Ada’s lab", "ada")
    with pytest.raises(InvalidValue, match="needs a name"):
        members.rename(ada, " ")
