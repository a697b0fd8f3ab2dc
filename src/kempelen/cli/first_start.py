"""What a server makes for itself when it has no users yet."""

from django.db import transaction

from kempelen.domain.actions import people
from kempelen.domain.models import Requester, User

OWNER = "owner"
REQUESTER = "My requester"


@transaction.atomic
def make_owner() -> User | None:
    """Make the first requester and its owner, who administers the server; nothing if there are users."""
    if User.objects.exists():
        return None
    owner = people.create_user(OWNER)
    User.objects.filter(pk=owner.pk).update(is_staff=True, is_superuser=True)
    people.create_requester(REQUESTER, owner)
    return owner


def first_requester() -> Requester | None:
    """The requester that commands mean when they are told none."""
    return Requester.objects.order_by("pk").first()
