"""UniqueRequestToken: what a client asks for twice with the same token is done once."""

from datetime import datetime, timedelta

from django.db import connection

from kempelen.domain import clock
from kempelen.domain.answers import storable
from kempelen.domain.errors import InvalidParameter, RepeatedRequest
from kempelen.domain.models import Requester, RequestToken

# For so long MTurk remembers a token (mturk-api.md §3.5); then the same one does the same again.
REMEMBERED = timedelta(hours=24)


def remember(requester: Requester, operation: str, token: str, result_id: str = "") -> None:
    """Take the token for this operation, or refuse with `RepeatedRequest`, which names the first result.

    Call it inside the transaction that does what was asked: if that fails, the token is as good as new.
    Of several requests at the same moment one goes on; the others wait for it and are refused.
    An empty token is none.
    """
    if not token:
        return
    if storable(token) != token:
        raise InvalidParameter("UniqueRequestToken", token)
    now = clock.now()
    if _is_new(requester, operation, token, result_id, now):
        return
    kept = RequestToken.objects.get(requester=requester, operation=operation, token=token)
    forgotten = RequestToken.objects.filter(pk=kept.pk, created_at__lte=now - REMEMBERED)
    if not forgotten.update(result_id=result_id, created_at=now):
        kept.refresh_from_db()
        raise RepeatedRequest(token, kept.result_id)


def forget_old() -> int:
    """Delete tokens that do not count any more; gives how many.

    A day later than need be, so that none goes while somebody who found it looks at it.
    """
    return RequestToken.objects.filter(created_at__lt=clock.now() - 2 * REMEMBERED).delete()[0]


def _is_new(requester: Requester, operation: str, token: str, result_id: str, now: datetime) -> bool:
    """Store the token, unless it is there; PostgreSQL waits for others who are about to store it."""
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [requester.pk, operation, token, result_id, at])
        return cursor.fetchone() is not None


_INSERT = (
    f"INSERT INTO {RequestToken._meta.db_table} (requester_id, operation, token, result_id, created_at) "
    "VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id"
)
