"""Who may open a requester's pages: its members, each as far as their role reaches.

The requester is always the one in the URL, so that people can work for two in two tabs.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kempelen.domain.models import Membership, Requester, User

P = ParamSpec("P")
Role = Membership.Role


class RequesterRequest(HttpRequest):
    """A request that `requester_required` has let through."""

    requester: Requester
    membership: Membership
    user: User


View = Callable[Concatenate[RequesterRequest, P], HttpResponseBase]


def requester_required(role: Role = Role.VIEWER) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Let members of the requester named by the URL's `slug` in, if their role includes this one.

    The view gets `request.requester` and `request.membership` in place of the slug.  Visitors are sent to
    log in; strangers hear 404, as they do where there is no such requester, so that names stay private;
    members of a lower role get a page that says so.
    """

    def decorate(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            membership = membership_of(request.user, slug)
            if membership is None:
                raise Http404
            admitted = cast(RequesterRequest, request)
            admitted.requester, admitted.membership = membership.requester, membership
            if not membership.includes(role):
                return too_low(admitted, role)
            return view(admitted, *args, **kwargs)

        return guarded

    return decorate


def membership_of(user: User, slug: str) -> Membership | None:
    """Give the user's membership in the requester of this slug, with the requester."""
    return Membership.objects.select_related("requester").filter(user=user, requester__slug=slug).first()


def too_low(request: RequesterRequest, role: Role) -> HttpResponse:
    """Give the page that says which role something takes, and who could give it."""
    owners = User.objects.filter(memberships__requester=request.requester, memberships__role=Role.OWNER)
    context = {"needed": role.label.lower(), "owners": owners, "membership": request.membership}
    return render(request, "requester/forbidden.html", context, status=403)
