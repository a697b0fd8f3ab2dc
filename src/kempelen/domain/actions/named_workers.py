"""Many workers at once, each with a way in: a crowd for a rehearsal, or a class."""

from collections.abc import Sequence

from django.db import transaction

from kempelen.domain.actions import people
from kempelen.domain.errors import InvalidValue
from kempelen.domain.models import User, Worker

MOST_AT_ONCE = 500


@transaction.atomic
def make(names: Sequence[str], *, by: User | None = None) -> list[tuple[Worker, str]]:
    """Make a user who is a worker of each name, all or none; gives each with the secret of a log-in link.

    Refuses names that are taken, and more than `MOST_AT_ONCE`.
    """
    if not 0 < len(names) <= MOST_AT_ONCE:
        raise InvalidValue("names", f"Name between 1 and {MOST_AT_ONCE} workers.")
    users = [people.create_user(name, by=by) for name in names]
    return [(people.worker_of(user), people.login_link(user, by=by)) for user in users]
