"""Which host names serve task pages: our own, or one for each requester (docs/internals/content.md).

Templates that share an origin can read each other, so that each requester has a host of its own.  Those
hosts serve task pages and static files only, and our own host then serves no task page.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase

from kempelen.domain.questions import external

_PAGES = "kempelen.web.content.host_urls"


def origin_of(requester_id: str) -> str:
    """Give the origin of a requester's task pages; empty where they come from our own."""
    pattern: str = settings.KEMPELEN_CONTENT_ORIGIN
    return pattern.replace("*", requester_id.lower(), 1)


def is_content_host(request: HttpRequest) -> bool:
    """Tell whether the request asks a host that is for task pages."""
    return bool(settings.KEMPELEN_CONTENT_ORIGIN) and _is_for_tasks(_host_name(request.get_host()))


def is_ours(request: HttpRequest, url: str) -> bool:
    """Tell whether an address is one of ours, whose cookies and storage are no task's.

    A host is ours with all its ports, except on a loopback address, where other programs are developed.
    """
    if _is_for_tasks(urlsplit(url).hostname or ""):
        return True
    for own in filter(None, (request.build_absolute_uri("/"), settings.KEMPELEN_URL)):
        host = urlsplit(own).hostname or ""
        is_same_host = host == urlsplit(url).hostname
        if is_same_host and (
            external.origin_of(own) == external.origin_of(url) or not external.is_loopback_name(host)
        ):
            return True
    return False


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


def _is_for_tasks(host: str) -> bool:
    if not settings.KEMPELEN_CONTENT_ORIGIN:
        return False
    domain = urlsplit(settings.KEMPELEN_CONTENT_ORIGIN).hostname or ""
    return host.endswith(domain.removeprefix("*"))


def _host_name(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").rstrip(".")
