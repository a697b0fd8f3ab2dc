"""Where people go once they are logged in."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kempelen.domain.models import User

PARAMETER = "next"


def asked_for(request: HttpRequest) -> str:
    """Give the page that `next` names if it is one of ours, else nothing."""
    url = request.POST.get(PARAMETER) or request.GET.get(PARAMETER) or ""
    is_ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # Without a slash it would be taken for the name of a page.
    return url if is_ours and "/" in url else ""


def for_user(request: HttpRequest, user: User) -> str:
    """Give the page that was asked for; else a member's requesters, or the work there is."""
    is_member = user.memberships.exists()
    return asked_for(request) or reverse("requester:index" if is_member else "worker:home")
