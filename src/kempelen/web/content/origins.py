"""Which host names serve task pages: our own, or one for each requester (docs/internals/content.md).

Templates that share an origin can read each other, so that each requester has a host of its own.  Those
hosts serve task pages and static files only, and our own host then serves no task page.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase

_PAGES = "kempelen.web.content.host_urls"


def origin_of(requester_id: str) -> str:
    """Give the origin of a requester's task pages; empty where they come from our own."""
    pattern: str = settings.KEMPELEN_CONTENT_ORIGIN
    return pattern.replace("*", requester_id.lower(), 1)


def is_content_host(request: HttpRequest) -> bool:
    """Tell whether the request asks a host that is for task pages."""
    if not settings.KEMPELEN_CONTENT_ORIGIN:
        return False
    domain = urlsplit(settings.KEMPELEN_CONTENT_ORIGIN).hostname or ""
    return _host_name(request.get_host()).endswith(domain.removeprefix("*"))


def check_host(request: HttpRequest, requester_id: str) -> None:
    """Refuse (404) to show a requester's task page on any host but its own."""
    own = origin_of(requester_id)
    if own and _host_name(request.get_host()) != urlsplit(own).hostname:
        raise Http404("This task page has another host.")


class ContentHosts:
    """Let the hosts of task pages answer for nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if is_content_host(request):
            # A service worker would see what the editor posts for its previews, and outlive the task.
            if "Service-Worker" in request.headers:
                return HttpResponseForbidden("No service workers here.", content_type="text/plain")
            request.urlconf = _PAGES
        return self.get_response(request)


def _host_name(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").rstrip(".")
