"""How a request's user is read: with their worker, whom nearly every page wants, in one query."""

from django.contrib.auth.backends import ModelBackend

from kempelen.domain.models import User


class WithWorker(ModelBackend):
    """Django's own way to log in; `user.worker` is there without another query."""

    def get_user(self, user_id: int) -> User | None:
        """Give the user of a session, unless they may not log in any more."""
        user = User.objects.select_related("worker").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
