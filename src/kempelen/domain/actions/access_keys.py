"""Access keys, with which a member's programs sign their calls: made, found, revoked.

A key may do what its membership's role may, and works as long as the membership and its user do.
"""

import contextlib
import secrets
import string
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from kempelen.domain import clock, events, sealing
from kempelen.domain.models import AccessKey, Membership, User
from kempelen.domain.queries import keys

_SIGNS = string.ascii_letters + string.digits
# As long as AWS's; about 238 bits.
_SECRET_LENGTH = 40
# How exactly the last use is known: a write for every call would cost more than most calls.
_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def create(membership: Membership, *, by: User | None = None) -> tuple[AccessKey, str]:
    """Make a key for a member; gives it with its secret, which people are shown this once."""
    secret = "".join(secrets.choice(_SIGNS) for _ in range(_SECRET_LENGTH))
    key = AccessKey.objects.create(membership=membership, secret=sealing.seal(secret), created_at=clock.now())
    events.record(events.AccessKeyCreated(membership.requester, by=by, data={"access_key": key.public_id}))
    return key, secret


def one_to_show(membership: Membership) -> tuple[AccessKey, str]:
    """Give the member's newest working key with its secret, or a new one if none can be opened.

    For the server's own commands: whoever runs them can read the database and its secret key anyway.
    """
    for key in working().filter(membership=membership).order_by("-pk"):
        with contextlib.suppress(sealing.CannotOpen):
            return key, secret_of(key)
    return create(membership)


@transaction.atomic
def revoke(key: AccessKey, *, by: User | None = None) -> None:
    """Let the key never work again; a second time changes nothing."""
    revoked = AccessKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=clock.now())
    if revoked:
        requester = key.membership.requester
        events.record(events.AccessKeyRevoked(requester, by=by, data={"access_key": key.public_id}))


def working() -> QuerySet[AccessKey]:
    """Give the keys that open something now, with their members and requesters."""
    found = AccessKey.objects.filter(revoked_at=None, membership__user__is_active=True)
    return found.select_related("membership__requester", "membership__user")


def to_verify(public_id: str) -> AccessKey | None:
    """Give the key that a signature names, if it works, with its member and requester."""
    return keys.working(public_id)


def secret_of(key: AccessKey) -> str:
    """Give the key's secret, or refuse as `sealing.CannotOpen` if the server's own secret key was lost."""
    return sealing.opened(key.secret)


def seen_by(membership: Membership) -> QuerySet[AccessKey]:
    """Give the requester's keys that the member may know of and revoke: their own, or all for an owner."""
    found = AccessKey.objects.filter(membership__requester=membership.requester_id)
    if not membership.includes(Membership.Role.OWNER):
        found = found.filter(membership=membership)
    return found.select_related("membership__requester", "membership__user").order_by("-pk")


def note_used(key: AccessKey, *, at: datetime) -> None:
    """Remember that the key was used, to the minute; `at` is the world's time, as signatures are.

    A secret that an earlier secret key of the server had sealed is sealed anew.
    """
    if key.last_used_at is not None and at - key.last_used_at < _NOTED_EVERY:
        return
    not_yet = Q(last_used_at=None) | Q(last_used_at__lte=at - _NOTED_EVERY)
    same = AccessKey.objects.filter(not_yet, pk=key.pk)
    if sealing.is_current(key.secret):
        same.update(last_used_at=at)
    else:
        same.update(last_used_at=at, secret=sealing.seal(secret_of(key)))
