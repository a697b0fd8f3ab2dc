"""Sessions in the database, as Django keeps them, found by a query that is made once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from kempelen.domain import clock
from kempelen.domain.prepared import Prepared, Slot

_SESSION = Prepared(
    lambda: Session.objects.filter(session_key=Slot("key"), expire_date__gt=Slot("now")).values_list(
        "session_data", flat=True
    )
)


class SessionStore(db.SessionStore):
    """Django's own; its name goes into the signature, so that older sessions stay valid."""

    def load(self) -> dict[str, Any]:
        """Give what the session holds; nothing for one that is over."""
        data = _SESSION.first(key=self.session_key, now=clock.real_now())
        if data is not None:
            return dict(self.decode(data))
        self._session_key = None
        return {}
