"""Who appears in tests: Ada and Ben ask, Cleo and Dan work, Eve has no rights.

`ada` and `ben` are requesters (their owners' users are `owner_of(ada)`), `cleo` and `dan` are workers
(their users are `cleo.user`), `eve` is a user who is neither.
"""

import pytest

from kempelen.domain.actions import people
from kempelen.domain.models import Requester, User, Worker
from tests.factories import a_requester, a_worker


@pytest.fixture
def ada(db: None) -> Requester:
    """A requester, owned by Ada."""
    return a_requester("Ada")


@pytest.fixture
def ben(db: None) -> Requester:
    """Another requester, owned by Ben, who must not see anything of Ada's."""
    return a_requester("Ben")


@pytest.fixture
def cleo(db: None) -> Worker:
    """A worker with an account."""
    return a_worker("Cleo")


@pytest.fixture
def dan(db: None) -> Worker:
    """Another worker with an account."""
    return a_worker("Dan")


@pytest.fixture
def eve(db: None) -> User:
    """A user who belongs to no requester and does no work."""
    return people.create_user("Eve")
