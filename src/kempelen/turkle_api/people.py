"""Users and groups as Turkle's clients know them: our accounts with their workers, and worker groups.

Requesters know workers by their WorkerIds, and so do their tokens: of somebody who is no colleague they read
the WorkerId for a name, and nothing else.  Administrators' tokens read what there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from rest_framework.exceptions import ValidationError

from kempelen.domain.actions import people
from kempelen.domain.models import Membership, User, Worker, WorkerGroup
from kempelen.turkle_api.callers import Caller


def users_known_to(caller: Caller) -> QuerySet[User]:
    """Give the users whom the caller may know of, by id."""
    users = User.objects.filter(closed_at=None).select_related("worker").order_by("pk")
    if caller.is_administrator and not caller.slug:
        return users
    colleagues = Membership.objects.filter(caller.reaches()).values("user")
    in_groups = Worker.objects.filter(caller.reaches("groups__requester"), user__isnull=False).values("user")
    known = Q(pk__in=colleagues) | Q(pk__in=in_groups)
    return users.filter(known if caller.is_administrator else known | Q(pk=caller.user.pk))


def user_called(caller: Caller, name: str) -> User | None:
    """Give the user of this name, or of this WorkerId: who knows that may put somebody into groups."""
    by_id = Worker.objects.filter(public_id=name, user__isnull=False).values("user")
    found = User.objects.filter(pk__in=by_id, closed_at=None).select_related("worker").first()
    if found is not None:
        return found
    return users_known_to(caller).filter(_named_for(caller)).filter(username=name).first()


def _named_for(caller: Caller) -> Q:
    """Give the condition that the caller knows the user by name."""
    if caller.is_administrator:
        return Q()
    return Q(pk=caller.user.pk) | Q(pk__in=Membership.objects.filter(caller.reaches()).values("user"))


def shown_users(caller: Caller, users: Sequence[User]) -> list[dict[str, Any]]:
    """Give the users as the API shows them to the caller; the same number of queries for any number."""
    pks = [user.pk for user in users]
    by_name = set(User.objects.filter(_named_for(caller), pk__in=pks).values_list("pk", flat=True))
    members = set(Membership.objects.filter(user__in=pks).values_list("user", flat=True))
    groups: defaultdict[int, list[int]] = defaultdict(list)
    rows = groups_of(caller).filter(members__user__in=pks).order_by("pk")
    for pk, user_pk in rows.values_list("pk", "members__user"):
        groups[user_pk].append(pk)
    return [
        _shown(
            user,
            is_known=user.pk in by_name,
            is_open=caller.is_administrator or user.pk == caller.user.pk,
            is_staff=user.is_superuser or user.pk in members,
            groups=groups[user.pk],
        )
        for user in users
    ]


def _shown(user: User, *, is_known: bool, is_open: bool, is_staff: bool, groups: list[int]) -> dict[str, Any]:
    worker = getattr(user, "worker", None)
    return {
        "id": user.pk,
        "username": user.username if is_known or worker is None else worker.public_id,
        "first_name": user.first_name if is_known else "",
        "last_name": user.last_name if is_known else "",
        "email": user.email if is_open else "",
        "is_active": user.is_active,
        "is_staff": is_staff if is_known else False,
        "is_superuser": user.is_superuser if is_known else False,
        "date_joined": user.date_joined,
        "groups": groups,
    }


def groups_of(caller: Caller) -> QuerySet[WorkerGroup]:
    """Give the worker groups that the caller reaches, by id."""
    return WorkerGroup.objects.filter(caller.reaches(), is_named=False).order_by("pk")


def shown_groups(groups: Sequence[WorkerGroup]) -> list[dict[str, Any]]:
    """Give the groups with the ids of those in them who have accounts; one query for all."""
    users: defaultdict[int, list[int]] = defaultdict(list)
    through = WorkerGroup.members.through.objects.filter(
        workergroup__in=[group.pk for group in groups], worker__user__isnull=False
    )
    for pk, user_pk in through.order_by("worker__user").values_list("workergroup", "worker__user"):
        users[pk].append(user_pk)
    return [{"id": group.pk, "name": group.name, "users": users[group.pk]} for group in groups]


def workers_of(caller: Caller, people_named: Iterable[int | str]) -> list[Worker]:
    """Give the workers of these users, or refuse with the first whom the caller does not know of.

    A number is a user's id; a text is a WorkerId, which may be of anybody with an account.
    """
    wanted = list(dict.fromkeys(people_named))
    by_pk = users_known_to(caller).in_bulk([one for one in wanted if isinstance(one, int)])
    ids = [one for one in wanted if isinstance(one, str)]
    by_id = Worker.objects.filter(user__isnull=False).in_bulk(ids, field_name="public_id")
    for one in wanted:
        if one not in by_pk and one not in by_id:
            raise ValidationError({"users": [f"User with id {one} does not exist"]})
    return [by_id[one] if isinstance(one, str) else people.worker_of(by_pk[one]) for one in wanted]


def groups_with(caller: Caller, group_pks: Iterable[int]) -> list[WorkerGroup]:
    """Give these groups, or refuse with the first that the caller does not reach."""
    wanted = list(dict.fromkeys(group_pks))
    found = groups_of(caller).in_bulk(wanted)
    for pk in wanted:
        if pk not in found:
            raise ValidationError({"groups": [f"Group with id {pk} does not exist"]})
    return [found[pk] for pk in wanted]
