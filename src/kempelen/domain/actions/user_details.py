"""Users as programs of administrators make and change them: everything of one in one transaction."""

from collections.abc import Iterable
from typing import TypedDict

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from kempelen.domain import events, people_events
from kempelen.domain.actions import accounts, members, people, worker_groups
from kempelen.domain.errors import InvalidValue, WrongState
from kempelen.domain.models import Membership, Requester, User, WorkerGroup


class Details(TypedDict, total=False):
    """What there is to say of a user; `is_staff` is whether they prepare work in a requester."""

    username: str
    first_name: str
    last_name: str
    email: str
    password: str
    is_active: bool
    is_staff: bool
    is_superuser: bool


@transaction.atomic
def create(
    details: Details, *, groups: Iterable[WorkerGroup] = (), home: Requester | None = None, by: User
) -> User:
    """Make a user who is a worker, in these groups; one who is staff becomes an editor of `home`."""
    user = people.create_user(
        details["username"], email=details.get("email", ""), password=details["password"], by=by
    )
    worker = people.worker_of(user)
    rest: Details = {**details}
    for known in ("username", "email", "password"):
        rest.pop(known, None)  # type: ignore[misc]
    change(user, rest, home=home, by=by)
    for group in groups:
        worker_groups.change_members(group, add=[worker], by=by)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def change(
    user: User,
    details: Details,
    *,
    groups: Iterable[WorkerGroup] | None = None,
    among: QuerySet[WorkerGroup] | None = None,
    home: Requester | None = None,
    by: User,
) -> User:
    """Change what is given, or refuse with `InvalidValue`, which names it.

    The worker is then in exactly these groups, of those `among` which somebody may choose.
    """
    if user.closed_at is not None:
        raise WrongState("This account is closed for good.")
    _set_texts(user, details)
    if "password" in details:
        _set_password(user, details["password"], by=by)
    if "is_superuser" in details:
        accounts.set_administrator(user, is_administrator=details["is_superuser"], by=by)
    if "is_staff" in details:
        _set_staff(user, details["is_staff"], home, by=by)
    if "is_active" in details:
        (accounts.reactivate if details["is_active"] else accounts.deactivate)(user, by=by)
    if groups is not None and among is not None:
        _set_groups(user, groups, among, by=by)
    return User.objects.get(pk=user.pk)


def _set_groups(user: User, groups: Iterable[WorkerGroup], among: QuerySet[WorkerGroup], *, by: User) -> None:
    worker = people.worker_of(user)
    wanted = {group.pk: group for group in groups}
    for group in among.filter(members=worker).exclude(pk__in=list(wanted)):
        worker_groups.change_members(group, remove=[worker], by=by)
    for group in wanted.values():
        worker_groups.change_members(group, add=[worker], by=by)


def _set_texts(user: User, details: Details) -> None:
    given = {name: str(text) for name, text in details.items() if name in _TEXTS}
    if not given:
        return
    for name, text in given.items():
        setattr(user, name, text.strip())
    user.email = User.objects.normalize_email(user.email)
    if "username" in given:
        people.refuse_taken_name(user.username, of=user)
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as problem:
        field, (message, *_) = next(iter(problem.message_dict.items()))
        raise InvalidValue(field, message) from problem
    people.save_named(user, fields=list(given))


_TEXTS = ("username", "first_name", "last_name", "email")


def _set_password(user: User, password: str, *, by: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise InvalidValue("password", " ".join(problem.messages)) from problem
    user.set_password(password)
    user.save(update_fields=["password"])
    events.record(people_events.PasswordChanged(user, by=by))


def _set_staff(user: User, is_staff: bool, home: Requester | None, *, by: User) -> None:
    """Make the user a member of a requester, or take them out of it; the last owner stays."""
    if is_staff == is_member(user):
        return
    if home is None:
        raise InvalidValue("is_staff", "Say in which requester, by the address: /r/NAME/api/.")
    if is_staff:
        people.add_member(home, user, role=Membership.Role.EDITOR, by=by)
    elif home.memberships.filter(user=user).exists():
        members.remove(home, user.username, by=by)


def is_member(user: User) -> bool:
    """Tell whether the user prepares work in some requester."""
    return user.memberships.exists()
