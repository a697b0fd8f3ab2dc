"""Requesters, as administrators see them: how large, by whom owned; an owner where one is missing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain.actions import accounts, people
from kempelen.domain.errors import NotFound
from kempelen.domain.models import Membership, Requester
from kempelen.domain.queries import server
from kempelen.web.account.checking import password_needed
from kempelen.web.site_admin.access import AdministratorRequest, administrator_required
from kempelen.web.ui.respond import respond

PAGE = 50


@administrator_required
def index(request: AdministratorRequest) -> HttpResponseBase:
    """List the requesters."""
    search = request.GET.get("q", "").strip()[:200]
    page = Paginator(server.requesters(search), PAGE).get_page(request.GET.get("page"))
    return respond(
        request,
        "site_admin/requesters.html",
        fragment="site_admin/_requesters.html",
        page=page,
        search=search,
    )


@require_POST
@administrator_required
@password_needed
def add_owner(request: AdministratorRequest, slug: str) -> HttpResponseBase:
    """Make a user an owner, which the log shows to all owners; for requesters whose last one is gone."""
    requester = Requester.objects.filter(slug=slug).first()
    if requester is None:
        raise NotFound("requester", slug)
    user = accounts.user_of(request.POST.get("username", "").strip())
    people.add_member(requester, user, role=Membership.Role.OWNER, by=request.user)
    messages.success(request, f"{user} owns {requester} now.")
    return redirect("site_admin:requesters")
