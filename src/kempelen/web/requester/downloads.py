"""The answers of a batch as files."""

from django.http import Http404
from django.http.response import HttpResponseBase

from kempelen.web.requester.access import RequesterRequest, requester_required


@requester_required()
def download(request: RequesterRequest, number: int, form: str) -> HttpResponseBase:
    """Send all answers that are in by now as a file."""
    raise Http404
