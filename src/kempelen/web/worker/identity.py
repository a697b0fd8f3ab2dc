"""Whose work a request is about: the user's worker, or that of an anonymous browser.

Nobody becomes a worker by looking.  The first accept makes one: for a user, theirs; for a browser
without a user, one that only the browser's cookie knows.  Logging in never merges the two, and a
browser whose cookies are cleared is a new worker.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kempelen.domain.actions import people
from kempelen.domain.models import HITGroup, Worker
from kempelen.domain.queries import access

COOKIE = "kempelen_worker"
COOKIE_LASTS_SECONDS = 365 * 24 * 3600
# Pages where nobody works: they ask for no worker, and so cost no query for one.
_PAGES_OF_OTHERS = frozenset({"content", "requester", "site_admin"})


class WorkerRequest(HttpRequest):
    """A request as `WorkerIdentity` hands it to a worker's page."""

    worker: Worker | None


class LoginNeeded(Exception):
    """The page is for people with an account, and this visitor has not logged in; `path` comes after."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class WorkerIdentity:
    """Middleware that sets `request.worker` on all pages but the requesters' and the tasks' own.

    None is somebody who has not accepted anything yet.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and hand the browser the secret of the worker that was made for it."""
        response = self.get_response(request)
        secret: str | None = getattr(request, "worker_secret", None)
        if secret is not None:
            response.set_cookie(
                cookie_name(),
                secret,
                max_age=COOKIE_LASTS_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
            )
        return response

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> None:
        """Find the worker for the view that was chosen."""
        match = request.resolver_match
        if match is None or match.app_name not in _PAGES_OF_OTHERS:
            setattr(request, "worker", worker_of_request(request))  # noqa: B010 (HttpRequest declares none)

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Send a visitor whom an account would let in to the log-in page, and from there back."""
        if isinstance(exception, LoginNeeded):
            return redirect_to_login(exception.path)
        return None


def cookie_name() -> str:
    """Give the cookie's name; behind TLS one that no host under the same domain can set for ours."""
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


def worker_of_request(request: HttpRequest) -> Worker | None:
    """Give the worker whose request this is, or None before the first accept; one query at most."""
    if request.user.is_authenticated:
        # The session's user comes with it (kempelen.web.account.backend).
        found: Worker | None = getattr(request.user, "worker", None)
        return found
    secret = request.COOKIES.get(cookie_name())
    return people.worker_of_browser(secret) if secret else None


def worker_for_accept(request: WorkerRequest, group: HITGroup) -> Worker:
    """Give the worker who accepts work of the group, made now if there is none; only for a POST.

    A visitor is asked to log in where the group asks for an account: no worker is made in vain.
    Each accept renews the browser's cookie, so that somebody who keeps working stays the same worker.
    """
    if request.user.is_authenticated:
        request.worker = request.worker or people.worker_of(request.user)
        return request.worker
    if not access.takes_anonymous(group):
        raise LoginNeeded(reverse("worker:group", args=[group.public_id]))
    worker, secret = request.worker, request.COOKIES.get(cookie_name(), "")
    if worker is None:
        worker, secret = people.new_anonymous_worker()
    request.worker = worker
    _hand_out(request, secret)
    return worker


def _hand_out(request: Any, secret: str) -> None:
    """Have `WorkerIdentity` set the cookie on whatever the answer will be."""
    request.worker_secret = secret
