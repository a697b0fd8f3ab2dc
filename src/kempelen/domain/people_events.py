"""What has happened to members, groups, users and their log-ins: all of it belongs into the audit log.

People are named by primary keys in `data`, so that closing an account takes the name out of the log too.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from kempelen.domain.events import Happening, RequesterHappening
from kempelen.domain.models import Event, User, Worker


class RequesterRenamed(RequesterHappening):
    """The requester is called otherwise; `data` has both names."""


class MemberJoined(RequesterHappening):
    """A user became a member of the requester: `data["user"]`, `data["role"]`."""


class MemberInvited(RequesterHappening):
    """Somebody was invited to become a member; `data["role"]`."""


class WorkersInvited(RequesterHappening):
    """People were invited to a worker group: `data["group"]`, `data["uses"]`."""


class InvitationRevoked(RequesterHappening):
    """An invitation works no more."""


class RoleChanged(RequesterHappening):
    """A member's role is another one: `data["user"]`, `data["role"]`, `data["was"]`."""


class MemberRemoved(RequesterHappening):
    """A member was taken out, with their access keys: `data["user"]`, `data["role"]`."""


class MemberLeft(RequesterHappening):
    """A member left, with their access keys: `data["role"]`."""


class WorkerGroupCreated(RequesterHappening):
    """A worker group was made: `data["group"]`."""


class WorkerGroupRenamed(RequesterHappening):
    """A worker group is called otherwise: `data["group"]`, `data["was"]`."""


class WorkerGroupDeleted(RequesterHappening):
    """A worker group is gone; its workers and their work stay: `data["group"]`, `data["members"]`."""


class WorkerGroupMembersChanged(RequesterHappening):
    """Workers were put in or taken out: `data["group"]`, `data["added"]`, `data["removed"]` (counts)."""


class WorkerBlocked(RequesterHappening):
    """A worker may not see or do the requester's HITs any more; `data` names the worker and says why."""


class WorkerUnblocked(RequesterHappening):
    """A worker may see and do the requester's HITs again; `data` names the worker."""


@dataclass(frozen=True)
class BonusPaidOutside(RequesterHappening):
    """A worker was paid a bonus that belongs to no HIT: `data` has `worker`, `cents` and `reason`."""

    worker: Worker | None = None

    def row(self) -> Event:
        """Give the row, with the worker."""
        row = super().row()
        row.worker_pk = self.worker.pk if self.worker else None
        return row


class WorkersChanged(RequesterHappening):
    """Something was done with many workers at once: `data["kind"]`, and how many `data["workers"]`."""


class PeopleImported(RequesterHappening):
    """Users and groups came from a CSV: `data["users"]`, `data["groups"]` (counts)."""


class TurkleImported(RequesterHappening):
    """A Turkle database was brought in: `data["users"]`, `data["batches"]`, `data["answers"]` (counts)."""


class ResultsExported(RequesterHappening):
    """A member asked for a large file of results: `data["file"]`."""


class WorkReviewed(RequesterHappening):
    """Many answers were approved or rejected at once: `data["approved"]`, `data["rejected"]` (counts)."""


@dataclass(frozen=True)
class UserHappening(Happening):
    """Something that happened to a user's account; `by` is who did it, if not the user.

    What only others do (`is_done_by_others`) and nobody is named for, a command on the server has done.
    """

    user: User
    by: User | None = None
    data: dict[str, Any] = field(default_factory=dict)

    is_audited = True
    is_done_by_others: ClassVar[bool] = False

    def row(self) -> Event:
        """Give the row; `data["user"]` is whom it happened to."""
        by = self.by or (None if self.is_done_by_others else self.user)
        data = {"user": self.user.pk, **self.data}
        return Event(kind=type(self).__name__, user_pk=by.pk if by else None, data=data)


class UserCreated(UserHappening):
    """An account was made."""


class LoggedIn(UserHappening):
    """A user logged in: `data["with"]` (password or link), `data["from"]` (address)."""


class PasswordChanged(UserHappening):
    """A user has another password."""


class LoginLinkMade(UserHappening):
    """A link was made that logs the user in, once."""

    is_done_by_others = True


class ApiTokenMade(UserHappening):
    """A token was made that acts for the user: its last signs in `data["token"]`, `data["scope"]`."""


class ApiTokenRevoked(UserHappening):
    """A token works no more: its last signs in `data["token"]`, `data["scope"]`."""


class UserDeactivated(UserHappening):
    """A user may not log in any more."""

    is_done_by_others = True


class UserReactivated(UserHappening):
    """A user may log in again."""

    is_done_by_others = True


class AdministratorNamed(UserHappening):
    """A user administers the whole server from now on."""

    is_done_by_others = True


class AdministratorDismissed(UserHappening):
    """A user does not administer the server any more."""

    is_done_by_others = True


class AccountClosed(UserHappening):
    """An account's name, address and password are gone; its work stays."""


@dataclass(frozen=True)
class LoginFailed(Happening):
    """Somebody failed to log in; the name that was typed is not kept, since it may be a password.

    `user` is whose account it was about, if there is one of that name.
    """

    user: User | None
    data: dict[str, Any] = field(default_factory=dict)

    is_audited = True

    def row(self) -> Event:
        """Give the row; nobody is known to have done it."""
        about = {"user": self.user.pk} if self.user else {}
        return Event(kind=type(self).__name__, data=about | self.data)
