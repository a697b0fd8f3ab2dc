"""Answers that hold what requesters wrote: an origin that is not ours, framed by our pages only."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt

from kempelen.web.content import origins
from kempelen.web.policies import CONTENT_HEADERS, content_policy, permissions_policy, sandbox_flags

Answer = TypeVar("Answer", bound=HttpResponseBase)


def allow_frame(response: HttpResponse, *, around: str, permissions: Iterable[str]) -> HttpResponse:
    """Let the page of ours with this origin frame the task, and the task ask for these permissions."""
    response.framed_by = around or "'self'"  # type: ignore[attr-defined]
    response.permissions = list(permissions)  # type: ignore[attr-defined]
    return response


def limit(response: HttpResponse, directives: Iterable[str]) -> HttpResponse:
    """Let a page that is all of our own writing do no more than these directives of its policy allow."""
    response.limits = list(directives)  # type: ignore[attr-defined]
    return response


def contained(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Send what the view makes as untrusted content (docs/internals/content.md)."""

    @wraps(view)
    def contained_view(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        response = view(request, *args, **kwargs)
        is_elsewhere = origins.is_content_host(request)
        # A sentence of ours may be shown around by any page: it has no button.
        framed_by = getattr(response, "framed_by", "*" if is_elsewhere else "'self'")
        flags = sandbox_flags("elsewhere" if is_elsewhere else "")
        policy = content_policy(framed_by, flags, getattr(response, "limits", []))
        response["Content-Security-Policy"] = policy
        response["Permissions-Policy"] = permissions_policy(
            dict.fromkeys(getattr(response, "permissions", []), "*")
        )
        for name, value in CONTENT_HEADERS.items():
            response.setdefault(name, value)
        return response

    return xframe_options_exempt(contained_view)
