"""What browsers are told that a page may do, in their own words: for servers of any kind, without Django."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256

# The same flags stand in the frame's attribute; in the policy they hold for a page that is opened alone.
_FLAGS = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads"
# Of every answer that holds what requesters wrote.
CONTENT_HEADERS = {
    # The address holds the assignment's id, which is a capability; other sites learn the origin only.
    "Referrer-Policy": "origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    # Browsers refuse to open a sandboxed page alone that asks for any other.
    "Cross-Origin-Opener-Policy": "unsafe-none",
}
# What no page may ask a browser for, but where a project says so (domain.models.Permission).
_REFUSED = (
    "autoplay",
    "camera",
    "display-capture",
    "fullscreen",
    "geolocation",
    "hid",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)


def sandbox_flags(content_origin: str) -> str:
    """Give what a task may do: with an origin of its own that is not ours, it may have that origin."""
    return f"{_FLAGS} allow-same-origin" if content_origin else _FLAGS


def content_policy(framed_by: str, flags: str, limits: Iterable[str] = ()) -> str:
    """Give the policy of a page that holds what requesters wrote, and may be limited further."""
    return "; ".join([f"sandbox {flags}; frame-ancestors {framed_by}", *limits])


def form_limits(submit_to: str, *, runtime: str, style: str) -> list[str]:
    """Give what a QuestionForm's page is limited to: media from anywhere, answers and files to us.

    No script of a requester's is in it, and none could run: the policy knows only the hash of ours.
    """
    return [
        "default-src 'none'",
        f"script-src '{_hash(runtime)}'",
        f"style-src '{_hash(style)}'",
        *(f"{kind}-src http: https:" for kind in ("img", "media", "object", "frame")),
        f"connect-src 'self' {submit_to}",
        f"form-action 'self' {submit_to}",
        "base-uri 'none'",
    ]


def permissions_policy(granted: Mapping[str, str]) -> str:
    """Give the header that refuses everything but what is granted, and to whom."""
    return ", ".join(f"{name}={granted.get(name, '()')}" for name in _REFUSED)


@cache
def _hash(source: str) -> str:
    return "sha256-" + b64encode(sha256(source.encode()).digest()).decode()
