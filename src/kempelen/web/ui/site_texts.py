"""What whoever runs the server adds to its pages: elements of the head, and a notice to visitors.

Both are files that settings name, read again when they change.  They are the administrator's own words,
inserted as they are; the pages' policy lets nothing in them run.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST

COOKIE = "kempelen_notice"
_LASTS_SECONDS = 365 * 24 * 3600


def head() -> SafeString:
    """Give the elements for every page's head."""
    return mark_safe(_text(settings.KEMPELEN_HEAD_FILE))


def notice_for(request: HttpRequest) -> SafeString:
    """Give the notice, unless there is none or this browser's visitor has pressed OK under this very one."""
    text = _text(settings.KEMPELEN_NOTICE_FILE)
    is_seen = not text or request.COOKIES.get(COOKIE) == _digest(text)
    return mark_safe("" if is_seen else text)


@require_POST
def dismiss_notice(request: HttpRequest) -> HttpResponse:
    """Show the notice no more in this browser, and go back to the page that it stood on."""
    back = request.POST.get("next", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(back if is_ours else "worker:home")
    response.set_cookie(
        COOKIE,
        _digest(_text(settings.KEMPELEN_NOTICE_FILE)),
        max_age=_LASTS_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _text(file: str) -> str:
    if not file:
        return ""
    path = Path(file)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError):
        # It was there when the server started; pages go on without it.
        return ""


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> str:
    return path.read_text(encoding="utf-8").strip()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
