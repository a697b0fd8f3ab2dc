"""The API's addresses, `/api/…` and, for one requester, `/r/SLUG/api/…`.

Calls are answered ahead of all that pages need: they come with a token, never with cookies, so that there is
no session and no forged form.  What answers them is loaded by the first call: many servers get none.
"""

import logging
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import get_resolver

log = logging.getLogger("kempelen.turkle_api")

URLS = "kempelen.turkle_api.urls"
_ADDRESS = re.compile(r"/(?:r/(?P<slug>[\w-]+)/)?api(?P<rest>/.*)", re.DOTALL)
# All of a body lies in memory, more than once while it is read.
BODY_LIMIT = 32 * 10**6


class _Refused(Exception):
    """A call that is not looked at any further."""

    def __init__(self, detail: str, *, status: int) -> None:
        super().__init__(detail)
        self.status = status


class TurkleCalls:
    """Answer the calls of the API; every other request goes on to the pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        address = _ADDRESS.fullmatch(request.path_info)
        # Hosts of task pages have addresses of their own.
        if address is None or getattr(request, "urlconf", None) is not None:
            return self.get_response(request)
        response = _answer(request, slug=address["slug"] or "", rest=address["rest"])
        response["Cache-Control"] = "no-store"
        # What was refused is the caller's to know, and no line of our log.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response


def _answer(request: HttpRequest, *, slug: str, rest: str) -> HttpResponseBase:
    try:
        _check(request)
        # Whether an address ends with a slash is no reason to send a program elsewhere.
        found = get_resolver(URLS).resolve(rest if rest.endswith("/") else f"{rest}/")
        request.requester_slug = slug  # type: ignore[attr-defined]
        response: Any = found.func(request, *found.args, **found.kwargs)
        return response.render() if hasattr(response, "render") else response  # type: ignore[no-any-return]
    except _Refused as refused:
        return JsonResponse({"detail": str(refused)}, status=refused.status)
    except Http404:
        return JsonResponse({"detail": "Not found."}, status=404)
    except Exception:
        log.exception("%s %s failed", request.method, request.path_info)
        return JsonResponse({"detail": "The server failed; its log says why."}, status=500)


def _check(request: HttpRequest) -> None:
    """Refuse what no view is to see."""
    try:
        request.get_host()
    except DisallowedHost as error:
        raise _Refused("This server has no such host name.", status=400) from error
    if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        raise _Refused("A request with a NUL in it.", status=400)
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > BODY_LIMIT:
        raise _Refused(f"At most {BODY_LIMIT // 10**6} MB are taken at once.", status=413)
