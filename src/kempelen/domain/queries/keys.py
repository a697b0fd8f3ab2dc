"""The access key that a signature names, with its member and requester, which every call asks for."""

from kempelen.domain.models import AccessKey
from kempelen.domain.prepared import Prepared, Slot

_WORKING = Prepared(
    lambda: AccessKey.objects.filter(
        public_id=Slot("public_id"), revoked_at=None, membership__user__is_active=True
    ).select_related("membership__requester", "membership__user")
)


def working(public_id: str) -> AccessKey | None:
    """Give the key if it opens something now, with its membership's requester and user."""
    return _WORKING.first(public_id=public_id)
