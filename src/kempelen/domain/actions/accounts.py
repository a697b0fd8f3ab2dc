"""Accounts: letting somebody log in or not, naming administrators, and closing an account for good."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from kempelen.domain import clock, events, ids, people_events
from kempelen.domain.errors import NotFound, WrongState
from kempelen.domain.models import (
    Delivery,
    Invitation,
    LoginLink,
    Membership,
    Requester,
    Transport,
    User,
    Worker,
)

_OWNER = Membership.Role.OWNER


def user_of(username: str) -> User:
    """Give the user of this name whose account is not closed, or refuse with `NotFound`."""
    found = User.objects.filter(username=username, closed_at=None).first()
    if found is None:
        raise NotFound("user", username)
    return found


@transaction.atomic
def close(user: User, *, by: User | None = None) -> None:
    """Close an account for good: name, address and password go, memberships, keys and sessions end.

    What the user has done stays: answers under the WorkerId, which names nobody any more; projects with their
    requesters; lines of the audit log, which say that it was one and the same.  Refused for the last owner of
    a requester, unless an administrator does it, and for the last administrator.
    """
    user = _locked(user)
    if user.closed_at is not None:
        return
    _keep_an_administrator(user)
    alone = _owned_alone(user)
    if alone and (by is None or by == user):
        names = ", ".join(requester.name for requester in alone)
        raise WrongState(f"You are the last owner of {names}. Make somebody else owner first.")
    for membership in user.memberships.select_related("requester"):
        data = {"role": membership.role}
        events.record(people_events.MemberLeft(membership.requester, by=user, data=data))
    user.memberships.all().delete()
    _forget_address(user)
    LoginLink.objects.filter(user=user).delete()
    user.api_tokens.all().delete()
    Worker.objects.filter(user=user).update(
        user=None, country="", subdivision="", is_adult=False, language="", accepts_next=None
    )
    _make_nobody(user)
    events.record(people_events.AccountClosed(user, by=by))


@transaction.atomic
def deactivate(user: User, *, by: User) -> None:
    """Let a user log in no more, and their access keys open nothing; the reverse is `reactivate`.

    Log-in links that are not used yet are gone for good.
    """
    user = _locked(user)
    if not user.is_active:
        return
    if user == by:
        raise WrongState("You cannot deactivate yourself.")
    _keep_an_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    LoginLink.objects.filter(user=user).delete()
    events.record(people_events.UserDeactivated(user, by=by))


@transaction.atomic
def reactivate(user: User, *, by: User) -> None:
    """Let a user log in again."""
    user = _locked(user)
    if user.is_active or user.closed_at is not None:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    events.record(people_events.UserReactivated(user, by=by))


@transaction.atomic
def set_administrator(user: User, *, is_administrator: bool, by: User | None = None) -> None:
    """Let a user administer the server, or no more; the last administrator stays one."""
    user = _locked(user)
    if user.is_superuser == is_administrator:
        return
    if not is_administrator:
        _keep_an_administrator(user)
    elif not user.is_active:
        raise WrongState(f"{user} may not log in.")
    user.is_superuser = is_administrator
    user.save(update_fields=["is_superuser"])
    kind = people_events.AdministratorNamed if is_administrator else people_events.AdministratorDismissed
    events.record(kind(user, by=by))


def _locked(user: User) -> User:
    """Give the user, whose row is locked, and those of all administrators: under them the last one is found.

    In the order of ids, so that two who change each other at once wait and do not block each other for good.
    """
    rows = User.objects.filter(Q(pk=user.pk) | Q(is_superuser=True)).order_by("pk")
    return next(row for row in rows.select_for_update() if row.pk == user.pk)


def _owned_alone(user: User) -> list[Requester]:
    """Give the requesters whose last owner the user is; their rows are locked, under which owners count."""
    mine = Requester.objects.filter(memberships__user=user, memberships__role=_OWNER)
    locked = Requester.objects.select_for_update().filter(pk__in=mine.values("pk")).order_by("pk")
    others = Membership.objects.filter(role=_OWNER, user__is_active=True).exclude(user=user)
    return [requester for requester in locked if not others.filter(requester=requester).exists()]


def _keep_an_administrator(user: User) -> None:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise WrongState(f"{user} is the last administrator. Make somebody else administrator first.")


def _forget_address(user: User) -> None:
    """Take the address out of mails and invitations, unless another account has it too."""
    if not user.email or User.objects.filter(email__iexact=user.email).exclude(pk=user.pk).exists():
        return
    Delivery.objects.filter(transport=Transport.EMAIL, destination__iexact=user.email).delete()
    Invitation.objects.filter(email__iexact=user.email).update(email="")


def _make_nobody(user: User) -> None:
    user.username = _free_name(f"closed-{ids.new_id()[1:9].lower()}" for _ in range(100))
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_superuser = user.is_staff = False
    user.closed_at = clock.now()
    # Sessions hold a digest of the password: with another one they are over.
    user.set_unusable_password()
    user.save()


def _free_name(names: Iterable[str]) -> str:
    return next(name for name in names if not User.objects.filter(username=name).exists())
