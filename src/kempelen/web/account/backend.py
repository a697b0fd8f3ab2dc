"""How a request's user is read: with their worker, whom nearly every page wants, in one query."""

from django.contrib.auth.backends import ModelBackend

from kempelen.domain.models import User
from kempelen.domain.prepared import Prepared, Slot

_USER = Prepared(lambda: User.objects.select_related("worker").filter(pk=Slot("pk")))


class WithWorker(ModelBackend):
    """Django's own way to log in; `user.worker` is there without another query."""

    def get_user(self, user_id: int) -> User | None:
        """Give the user of a session, unless they may not log in any more."""
        user = _USER.first(pk=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
