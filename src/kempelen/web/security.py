"""What our own pages tell browsers to refuse: code that is not ours, frames around them, guessed types."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase

_HEADER = "Content-Security-Policy"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; frame-src {frames}"
)
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def allow_frames_of(response: HttpResponseBase, url: str) -> None:
    """Let this page show a frame from the URL's origin, as an ExternalQuestion needs."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    # Whatever is not plainly an origin could smuggle further directives into the header.
    if _ORIGIN.fullmatch(origin):
        response.frame_origins = [*getattr(response, "frame_origins", []), origin]  # type: ignore[attr-defined]


class ContentSecurityPolicy:
    """Give every page of ours the strict policy; a response with one of its own (task content) keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, with the headers."""
        response = self.get_response(request)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if _HEADER in response.headers:
            return response
        frames = " ".join(["'self'", *getattr(response, "frame_origins", [])])
        response.headers[_HEADER] = _POLICY.format(frames=frames)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        return response
