"""What our own pages tell browsers to refuse: code that is not ours, frames around them, guessed types."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kempelen.web.policies import permissions_policy

_HEADER = "Content-Security-Policy"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action {forms}; frame-ancestors 'none'; base-uri 'none'; frame-src {frames}"
)
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")


@dataclass
class _Widened:
    """What this one page may do beyond the policy of all."""

    frames: list[str] = field(default_factory=lambda: ["'self'"])
    forms: list[str] = field(default_factory=lambda: ["'self'"])
    permissions: dict[str, str] = field(default_factory=dict)


def allow_frames_of(response: HttpResponseBase, url: str) -> None:
    """Let this page show a frame from the URL's origin, as an ExternalQuestion needs."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    # Whatever is not plainly an origin could smuggle further directives into the header.
    if _ORIGIN.fullmatch(origin):
        response.frame_origins = [*getattr(response, "frame_origins", []), origin]  # type: ignore[attr-defined]


def allow_frame(
    request: HttpRequest, origin: str, permissions: Sequence[str], *, is_posted_to: bool = False
) -> None:
    """Let the page that answers this request show a task's frame, which may have these permissions.

    The origin is that of a host for task pages, or empty for our own.  A frame may only have what the
    page around it may have too, and an opaque origin has no name that the header could give.
    """
    widened = _widened(request)
    if origin:
        widened.frames.append(origin)
    if origin and is_posted_to:
        widened.forms.append(origin)
    widened.permissions |= dict.fromkeys(permissions, f'(self "{origin}")' if origin else "*")


def _has_an_origin(policy: str) -> bool:
    """Tell whether a page has the origin of its address: one in a sandbox has none to keep apart."""
    return "sandbox" not in policy or "allow-same-origin" in policy


class ContentSecurityPolicy:
    """Give every page of ours the strict policy; a response with one of its own (task content) keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, with the headers."""
        response = self.get_response(request)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if settings.KEMPELEN_CONTENT_ORIGIN and _has_an_origin(response.headers.get(_HEADER, "")):
            # The hosts of task pages may be of our site: this asks for a process of its own for each.
            response.headers.setdefault("Origin-Agent-Cluster", "?1")
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        if _HEADER not in response.headers:
            self._refuse(request, response)
        return response

    def _refuse(self, request: HttpRequest, response: HttpResponseBase) -> None:
        widened = _widened(request)
        frames = " ".join([*widened.frames, *getattr(response, "frame_origins", [])])
        response.headers[_HEADER] = _POLICY.format(frames=frames, forms=" ".join(widened.forms))
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", permissions_policy(widened.permissions))
        # Task pages, whose origin is not ours, load our static files; nobody else's page loads the others.
        is_static = request.path.startswith(settings.STATIC_URL)
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if is_static else "same-origin"
        )


def _widened(request: HttpRequest) -> _Widened:
    found: _Widened | None = getattr(request, "widened", None)
    if found is None:
        found = _Widened()
        setattr(request, "widened", found)  # noqa: B010 (HttpRequest declares none)
    return found
