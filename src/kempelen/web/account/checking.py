"""Whether a password is right, tried no oftener than allowed; and whether one was given lately."""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import auth
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from kempelen.domain import clock
from kempelen.domain.actions import logins
from kempelen.domain.models import User
from kempelen.web.account import known_browsers

View = Callable[..., HttpResponseBase]

_SESSION_KEY = "password_checked_at"
_LASTS_SECONDS = 30 * 60


class Outcome(Enum):
    """Why nobody was found."""

    BRAKED = "braked"


BRAKED = Outcome.BRAKED


def checked(request: HttpRequest, username: str, password: str) -> User | Outcome | None:
    """Give the user whose name and password these are; `BRAKED` where it was wrong too often."""
    address = address_of(request)
    about = User.objects.filter(username=username).first()
    attempt = logins.begin(username, address=address, known_browser=known_browsers.name_of(request, about))
    if attempt.is_braked:
        logins.failed(attempt, about, address=address)
        return BRAKED
    user = auth.authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        logins.failed(attempt, about, address=address)
        return None
    logins.succeeded(attempt, user, address=address)
    return user


def address_of(request: HttpRequest) -> str:
    """Give the visitor's address, as far as trusted proxies tell it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def note(request: HttpRequest) -> None:
    """Remember that whoever sits there has just shown who they are."""
    request.session[_SESSION_KEY] = clock.real_now().timestamp()


def is_fresh(session: SessionBase) -> bool:
    """Tell whether that was within the last half hour."""
    return 0 <= clock.real_now().timestamp() - float(session.get(_SESSION_KEY, 0)) < _LASTS_SECONDS


def password_needed(view: View) -> View:
    """Send who has not given the password lately to do so; they come back to where they were.

    A form that was sent is not sent again by itself: whoever comes back presses its button once more.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_fresh(request.session):
            return view(request, *args, **kwargs)
        came_from = (
            request.headers.get("Referer", "") if request.method == "POST" else request.get_full_path()
        )
        return redirect(f"{reverse('account:reauthenticate')}?{urlencode({'next': came_from})}")

    return guarded
