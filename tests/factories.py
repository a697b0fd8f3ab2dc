"""Makes what tests start from, through the domain's own actions; everything has a default."""

from itertools import count

from kempelen.domain.actions import people
from kempelen.domain.models import Membership, Requester, User, Worker

_numbers = count(1)


def a_requester(name: str = "Ada", *, owner: User | None = None) -> Requester:
    """A requester and its owner, who has the same name."""
    return people.create_requester(name, owner or a_user(name))


def a_worker(name: str = "Cleo") -> Worker:
    """A worker with an account."""
    return people.worker_of(a_user(name))


def an_anonymous_worker() -> Worker:
    """A worker whom only a browser's cookie knows."""
    return people.new_anonymous_worker()[0]


def a_user(name: str = "Somebody") -> User:
    """A user of this name, or with a number after it if there is one already."""
    taken = User.objects.filter(username__iexact=name).exists()
    return people.create_user(f"{name}{next(_numbers)}" if taken else name)


def owner_of(requester: Requester) -> User:
    """The user who owns the requester."""
    return requester.memberships.get(role=Membership.Role.OWNER).user
