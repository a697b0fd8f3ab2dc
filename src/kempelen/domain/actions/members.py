"""A requester's members: their roles, who leaves, and the invitations that are still open.

Owners alone change members; the faces see to that.  What holds whoever asks: the last owner stays one.
"""

from django.db import transaction
from django.db.models import QuerySet

from kempelen.domain import events, people_events
from kempelen.domain.actions import people
from kempelen.domain.errors import InvalidValue, NotFound, WrongState
from kempelen.domain.models import Invitation, Membership, Requester, User

Role = Membership.Role


@transaction.atomic
def change_role(requester: Requester, username: str, *, role: str, by: User | None = None) -> Membership:
    """Give a member another role; refuses to take the last owner's."""
    if role not in Role.values:
        raise InvalidValue("role", f"“{role}” is not one of {', '.join(Role.values)}.")
    membership = _locked(requester, username)
    if membership.role == role:
        return membership
    if role != Role.OWNER:
        _keep_an_owner(membership)
    data = {"user": membership.user_id, "role": role, "was": membership.role}
    membership.role = role
    membership.save(update_fields=["role"])
    events.record(people_events.RoleChanged(requester, by=by, data=data))
    return membership


@transaction.atomic
def remove(requester: Requester, username: str, *, by: User | None = None) -> User:
    """Take a member out, and with them their access keys; what they made stays the requester's.

    A member who takes themself out leaves.  Gives who it was.
    """
    membership = _locked(requester, username)
    _keep_an_owner(membership)
    user, role = membership.user, membership.role
    membership.delete()
    if by == user:
        events.record(people_events.MemberLeft(requester, by=by, data={"role": role}))
    else:
        data = {"user": user.pk, "role": role}
        events.record(people_events.MemberRemoved(requester, by=by, data=data))
    return user


@transaction.atomic
def rename(requester: Requester, name: str, *, by: User | None = None) -> None:
    """Call the requester otherwise; its addresses stay, since people and programs know them."""
    name, was = people.requester_name(name), requester.name
    if name == was:
        return
    requester.name = name
    requester.save(update_fields=["name"])
    events.record(people_events.RequesterRenamed(requester, by=by, data={"name": name, "was": was}))


def open_invitations(requester: Requester) -> QuerySet[Invitation]:
    """Give the invitations to become a member that still work, newest first."""
    mine = Invitation.objects.filter(requester=requester).exclude(role="")
    return people.open_ones(mine).select_related("created_by").order_by("-pk")


def open_group_invitations(requester: Requester) -> QuerySet[Invitation]:
    """Give the invitations to worker groups of the requester that still work, newest first."""
    mine = Invitation.objects.filter(worker_group__requester=requester)
    return people.open_ones(mine).select_related("created_by", "worker_group").order_by("-pk")


@transaction.atomic
def revoke(invitations: QuerySet[Invitation], digest: str, *, by: User | None = None) -> None:
    """Let one of these open invitations never work again; `digest` is what its row is known by."""
    found = invitations.filter(digest=digest).first()
    if found is None:
        raise NotFound("open invitation", digest[:8])
    requester = found.worker_group.requester if found.worker_group else found.requester
    assert requester
    data = {"role": found.role, "group": found.worker_group.name if found.worker_group else ""}
    found.delete()
    events.record(people_events.InvitationRevoked(requester, by=by, data=data))


def _locked(requester: Requester, username: str) -> Membership:
    """Give a membership; the requester's row is the lock under which owners are counted."""
    Requester.objects.select_for_update().get(pk=requester.pk)
    found = (
        Membership.objects.select_related("user", "requester")
        .filter(requester=requester, user__username=username)
        .first()
    )
    if found is None:
        raise NotFound("member", username)
    return found


def _keep_an_owner(membership: Membership) -> None:
    if membership.role != Role.OWNER:
        return
    others = Membership.objects.filter(
        requester=membership.requester_id, role=Role.OWNER, user__is_active=True
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise WrongState(
            f"{membership.user} is the last owner of {membership.requester}. Make somebody else owner first."
        )
