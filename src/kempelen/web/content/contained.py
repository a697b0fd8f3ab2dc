"""Answers that hold what requesters wrote: an opaque origin, framed by our pages only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

from kempelen.web.content.frames import SANDBOX

_HEADERS = {
    "Content-Security-Policy": f"sandbox {SANDBOX}; frame-ancestors 'self'",
    # The address holds the assignment's id, which is a capability; other sites learn the origin only.
    "Referrer-Policy": "origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    # Browsers refuse to open a sandboxed page alone that asks for any other.
    "Cross-Origin-Opener-Policy": "unsafe-none",
}


def contained(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send what the view makes as untrusted content (docs/internals/content.md)."""

    @wraps(view)
    def contained_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in _HEADERS.items():
            response[name] = value
        return response

    return xframe_options_exempt(contained_view)
