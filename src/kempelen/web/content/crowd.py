"""Crowd HTML Elements in task pages: the file that is served."""

import gzip
import hashlib
from functools import cache

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from kempelen.crowd import bundle

_YEAR = 365 * 24 * 3600


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """Send the file, for pages of any origin; at the address with its version it is kept for good."""
    version, body, packed = _file()
    tag = f'"{version}"'
    response: HttpResponse
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        response = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed, content_type="text/javascript; charset=utf-8")
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    is_named = request.GET.get("v") == version
    response["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if is_named else "public, no-cache"
    response["ETag"] = tag
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def script_url(request: HttpRequest) -> str:
    """Give the file's address on the host that is asked, with the version that it has now."""
    return request.build_absolute_uri(f"{reverse('content:crowd_elements')}?v={_file()[0]}")


@cache
def _file() -> tuple[str, bytes, bytes]:
    body = bundle.bundle().encode()
    return hashlib.sha256(body).hexdigest()[:16], body, gzip.compress(body, mtime=0)
