"""Browsers in which a user has logged in before: strangers' failures elsewhere do not brake them."""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from kempelen.domain.models import User

COOKIE = "kempelen_known"
_SALT = "kempelen.known-browser"
_LASTS_SECONDS = 180 * 24 * 3600
_MOST_USERS = 5


def name_of(request: HttpRequest, user: User | None) -> str:
    """Give what the browser is known by, if this user has logged in here before; else nothing."""
    browser, users = _read(request)
    return browser if user is not None and user.pk in users else ""


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the browser be known for this user from now on."""
    browser, users = _read(request)
    users = [user.pk, *(pk for pk in users if pk != user.pk)][:_MOST_USERS]
    response.set_cookie(
        COOKIE,
        signing.dumps([browser or secrets.token_urlsafe(16), users], salt=_SALT),
        max_age=_LASTS_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
    )


def _read(request: HttpRequest) -> tuple[str, list[int]]:
    try:
        cookie = request.COOKIES.get(COOKIE, "")
        browser, users = signing.loads(cookie, salt=_SALT, max_age=_LASTS_SECONDS)
    except signing.BadSignature:
        return "", []
    return str(browser), list(users)
