"""Whose key signed a call, and what it may do."""

from dataclasses import dataclass

from kempelen.domain.models import AccessKey, Membership, Requester, User


@dataclass(frozen=True)
class Caller:
    """Who calls: a member of a requester, by one of their access keys."""

    key: AccessKey

    @property
    def membership(self) -> Membership:
        """The user's role in the requester."""
        return self.key.membership

    @property
    def requester(self) -> Requester:
        """The requester in whose name everything is done, and whose things alone can be seen."""
        return self.key.membership.requester

    @property
    def user(self) -> User:
        """The user to whom the key belongs."""
        return self.key.membership.user
