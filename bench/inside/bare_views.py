"""A view that knows who asks, and does nothing."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bench.inside.bare_key import KEY

_PAGE = b"<!doctype html><title>Bare</title>" + b"<p>Nothing at all to see here.</p>\n" * 200


def log_in(user: Any) -> None:
    """Make a session for the user, under a key that the bench knows."""
    who = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    Session.objects.create(
        session_key=KEY,
        session_data=SessionStore().encode(who),
        expire_date=timezone.now() + timedelta(days=1),
    )


def bare(request: HttpRequest) -> HttpResponse:
    """Answer a page of seven kilobytes to whoever is logged in."""
    return HttpResponse(_PAGE, status=200 if request.user.is_authenticated else 403)
