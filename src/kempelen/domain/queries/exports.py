"""Files of results that are there by now."""

from datetime import timedelta

from kempelen.domain import clock
from kempelen.domain.models import Export, Requester, User

# Who has not come for a file by then knows of it, or will find it in the list.
_NEWS = timedelta(days=1)
_MOST = 3


def news_for(user: User, requester: Requester) -> list[Export]:
    """Give the newest files that the user asked for and has not fetched, of those made of late."""
    ready = Export.objects.filter(
        asked_by=user, requester=requester, state=Export.State.READY, told_at__isnull=True
    )
    return list(ready.filter(ready_at__gte=clock.now() - _NEWS).order_by("-ready_at")[:_MOST])
