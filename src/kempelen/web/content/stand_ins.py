"""Local copies of what templates load from elsewhere, as they are served: for pages of any origin."""

import gzip
from functools import lru_cache
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from kempelen.stand_ins import fonts, libraries
from kempelen.stand_ins.libraries import TYPES

_YEAR = 365 * 24 * 3600
_PACKED = {".css", ".js", ".svg", ".ttf", ".eot"}


@require_safe
def file(request: HttpRequest, library: str, version: str, path: str) -> HttpResponse:
    """Send a library's file; at the address with its version it is kept for good."""
    suffix = path[path.rfind(".") :].lower()
    if suffix not in TYPES:
        raise Http404("No local copy has this address.")
    accepts_packed = suffix in _PACKED and "gzip" in request.headers.get("Accept-Encoding", "")
    body = _sheet_of_fonts(request) if (library, path) == (libraries.OWN, fonts.FILE) else None
    if body is None:
        body = _packed(library, path) if accepts_packed else libraries.read(library, path)
    elif accepts_packed:
        body = gzip.compress(body, mtime=0)
    if body is None:
        raise Http404("No local copy has this address.")
    response = HttpResponse(body, content_type=TYPES[suffix])
    if accepts_packed:
        response["Content-Encoding"] = "gzip"
    is_named = version == libraries.version_of(library)
    response["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if is_named else "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    # Alone in a window, a picture of somebody's making runs nothing of ours.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def address(request: HttpRequest) -> str:
    """Give the folder of all local copies on the host that is asked, with a slash at its end."""
    asked = reverse("content:stand_in", args=[libraries.OWN, "any", "x.js"])
    return request.build_absolute_uri(asked.removesuffix(f"{libraries.OWN}/any/x.js"))


def _sheet_of_fonts(request: HttpRequest) -> bytes:
    return fonts.style_sheet(unquote(request.META["QUERY_STRING"].replace("+", "%20"))).encode()


@lru_cache(maxsize=64)
def _packed(library: str, path: str) -> bytes | None:
    """Pack a file when it is first asked for; some thirty are ever asked for, of a few dozen KB each."""
    body = libraries.read(library, path)
    return None if body is None else gzip.compress(body, mtime=0)
