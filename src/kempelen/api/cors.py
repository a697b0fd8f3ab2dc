"""Scripts of other pages that call the API: browsers ask first, and only named origins are let in.

Whoever holds a key may use it from anywhere; this decides only in which pages a browser shows the answers.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_LASTS_SECONDS = "3600"
# What SDKs read beside the body.
_EXPOSED = "x-amzn-RequestId,x-amzn-ErrorType,Date"
_ASKED = "Access-Control-Request-Headers"


def is_preflight(request: HttpRequest) -> bool:
    """Tell whether a browser asks if an origin that is let in may call."""
    return (
        request.method == "OPTIONS"
        and request.headers.get("Access-Control-Request-Method") == "POST"
        and bool(_origin_of(request))
    )


def preflight(request: HttpRequest) -> HttpResponse:
    """Tell the browser that the script may call, with whichever headers its SDK signs."""
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = "POST"
    response["Access-Control-Allow-Headers"] = _plain(request.headers.get(_ASKED, ""))
    response["Access-Control-Max-Age"] = _LASTS_SECONDS
    return allowing(request, response)


def allowing(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give the response, readable for the script that asked if its origin is let in."""
    if settings.KEMPELEN_API_CORS_ORIGINS:
        response["Vary"] = "Origin"
    if origin := _origin_of(request):
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Expose-Headers"] = _EXPOSED
    return response


def _origin_of(request: HttpRequest) -> str:
    """Give the origin of the page that asks, if it is let in."""
    allowed: list[str] = settings.KEMPELEN_API_CORS_ORIGINS
    origin = _plain(request.headers.get("Origin", ""))
    return origin if origin and ("*" in allowed or origin.lower() in allowed) else ""


def _plain(value: str) -> str:
    """Give what a header may be answered with; nothing of a value that no browser sends."""
    return value if value.isascii() and value.isprintable() else ""
