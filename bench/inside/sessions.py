"""Being logged in without a log-in page, in any Django project."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY


def session_of(user: Any) -> str:
    """Make a session for the user; gives the key that a browser's cookie has."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.update(held_by(user))
    store.create()
    return str(store.session_key)


def held_by(user: Any) -> dict[str, str]:
    """What a session holds of who is logged in."""
    return {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
