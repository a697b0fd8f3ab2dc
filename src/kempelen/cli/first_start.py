"""What a server makes for itself when it has no users yet."""

from django.db import transaction

from kempelen.domain.actions import accounts, people
from kempelen.domain.models import User

OWNER = "owner"
REQUESTER = "My requester"


def owner_to_welcome() -> User | None:
    """The owner of the first requester, who also administers the server, made on the first start.

    Nothing once somebody has logged in.
    """
    if User.objects.filter(last_login__isnull=False).exists():
        return None
    return User.objects.filter(username=OWNER).first() or _make_owner()


@transaction.atomic
def _make_owner() -> User | None:
    if User.objects.exists():
        return None
    owner = people.create_user(OWNER)
    people.create_requester(REQUESTER, owner)
    accounts.set_administrator(owner, is_administrator=True)
    return owner
