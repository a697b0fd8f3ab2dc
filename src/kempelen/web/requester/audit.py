"""Who did what in a requester, for its owners."""

from django.http.response import HttpResponseBase
from django.urls import reverse

from kempelen.domain.models import Membership
from kempelen.web import audit_pages
from kempelen.web.requester.access import RequesterRequest, requester_required

_TOPICS = ("members", "workers", "work", "keys")


@requester_required(Membership.Role.OWNER)
def index(request: RequesterRequest) -> HttpResponseBase:
    """Show the log, newest first."""
    file_url = reverse("requester:audit_file", args=[request.requester.slug])
    return audit_pages.page(request, "requester/audit.html", request.requester, _TOPICS, file_url=file_url)


@requester_required(Membership.Role.OWNER)
def download(request: RequesterRequest) -> HttpResponseBase:
    """Send it as a CSV."""
    return audit_pages.file(request, request.requester)
