"""A brake on guessing passwords: per address and name, and kept by each process for itself."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

FAILURES_ALLOWED = 10
FORGOTTEN_AFTER_SECONDS = 15 * 60


def is_braked(request: HttpRequest, name: str) -> bool:
    """Tell whether this address has failed too often with this name."""
    return bool(cache.get(_key(request, name), 0) >= FAILURES_ALLOWED)


def count_failure(request: HttpRequest, name: str) -> None:
    """Remember a failure for a while; the first one starts the time."""
    key = _key(request, name)
    if not cache.add(key, 1, FORGOTTEN_AFTER_SECONDS):
        cache.incr(key)


def forget(request: HttpRequest, name: str) -> None:
    """Forget the failures, since the right password came."""
    cache.delete(_key(request, name))


def _key(request: HttpRequest, name: str) -> str:
    who = f"{request.META.get('REMOTE_ADDR', '')} {name.lower()}"
    return f"login-failures-{hashlib.sha256(who.encode()).hexdigest()}"
