"""The access key that a signature names, with its member and requester, which every call asks for."""

from kempelen.domain.models import AccessKey
from kempelen.domain.prepared import Prepared, Slot

# Little of each, since every call reads it; whoever asks for more, as few operations do, gets it by a query.
_READ = ("public_id", "secret", "last_used_at", "membership__role", "membership__user__username")
_WORKING = Prepared(
    lambda: (
        AccessKey.objects.filter(
            public_id=Slot("public_id"), revoked_at=None, membership__user__is_active=True
        )
        .select_related("membership__requester", "membership__user")
        .only(*_READ, "membership__requester__public_id", "membership__requester__name")
    )
)


def working(public_id: str) -> AccessKey | None:
    """Give the key if it opens something now, with its membership's requester and user."""
    return _WORKING.first(public_id=public_id)
