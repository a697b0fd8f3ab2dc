"""Users, as administrators see them: found, let in, kept out, closed."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kempelen.domain import sealing
from kempelen.domain.actions import accounts, api_tokens, people
from kempelen.domain.models import User
from kempelen.domain.queries import server
from kempelen.web.account.checking import password_needed
from kempelen.web.site_admin.access import AdministratorRequest, administrator_required
from kempelen.web.ui.respond import respond

PAGE = 50
SHOWS = (
    ("active", "May log in"),
    ("deactivated", "Deactivated"),
    ("administrators", "Administrators"),
    ("closed", "Closed"),
)
# In the session, sealed: the log-in link that was just made, and whose it is.
_MADE = "login_link_made"


@administrator_required
def index(request: AdministratorRequest) -> HttpResponseBase:
    """List users; `q` searches names, addresses and WorkerIds."""
    search, show = request.GET.get("q", "").strip()[:200], request.GET.get("show", "")
    return respond(
        request,
        "site_admin/users.html",
        fragment="site_admin/_users.html",
        page=Paginator(server.users(search, show), PAGE).get_page(request.GET.get("page")),
        search=search,
        show=show,
        shows=SHOWS,
    )


@administrator_required
def show(request: AdministratorRequest, username: str) -> HttpResponseBase:
    """Show a user, and what can be done."""
    user = accounts.user_of(username)
    response: HttpResponse = respond(
        request,
        "site_admin/user.html",
        shown=user,
        worker=getattr(user, "worker", None),
        memberships=user.memberships.select_related("requester").order_by("requester__name"),
        link=_just_made(request, user),
        tokens=api_tokens.working().filter(user=user).order_by("-pk"),
    )
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@administrator_required
@password_needed
def make_link(request: AdministratorRequest, username: str) -> HttpResponseBase:
    """Make a link that logs the user in, once, within a day; the next page shows it, once."""
    user = accounts.user_of(username)
    secret = people.login_link(user, by=request.user)
    base = settings.KEMPELEN_URL.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
    link = base + reverse("account:link", args=[secret])
    request.session[_MADE] = [user.pk, sealing.seal(link)]
    return redirect("site_admin:user", username)


@require_POST
@administrator_required
@password_needed
def set_active(request: AdministratorRequest, username: str) -> HttpResponseBase:
    """Let a user log in no more, or again."""
    user = accounts.user_of(username)
    if request.POST.get("active") == "1":
        accounts.reactivate(user, by=request.user)
        messages.success(request, f"{user} may log in again.")
    else:
        accounts.deactivate(user, by=request.user)
        messages.success(request, f"{user} is logged out everywhere and may not log in.")
    return redirect("site_admin:user", username)


@require_POST
@administrator_required
@password_needed
def set_administrator(request: AdministratorRequest, username: str) -> HttpResponseBase:
    """Let a user administer the server, or no more."""
    user = accounts.user_of(username)
    is_administrator = request.POST.get("administrator") == "1"
    accounts.set_administrator(user, is_administrator=is_administrator, by=request.user)
    now = "administers this server now" if is_administrator else "is no administrator any more"
    messages.success(request, f"{user} {now}.")
    return redirect("site_admin:users" if user == request.user else "site_admin:user", *_rest(request, user))


@require_POST
@administrator_required
@password_needed
def close(request: AdministratorRequest, username: str) -> HttpResponseBase:
    """Close an account for good; its work stays."""
    user = accounts.user_of(username)
    accounts.close(user, by=request.user)
    messages.success(request, f"The account of {username} is closed; its work stays.")
    return redirect("site_admin:users")


@require_POST
@administrator_required
@password_needed
def revoke_token(request: AdministratorRequest, username: str, number: int) -> HttpResponseBase:
    """Let an API token of a user never work again."""
    token = api_tokens.token_of(accounts.user_of(username), number)
    api_tokens.revoke(token, by=request.user)
    messages.success(request, f"The token …{token.ending} of {username} works no more.")
    return redirect("site_admin:user", username)


def _rest(request: AdministratorRequest, user: User) -> list[str]:
    return [] if user == request.user else [user.username]


def _just_made(request: AdministratorRequest, user: User) -> str:
    pk, sealed = request.session.pop(_MADE, (0, ""))
    try:
        return sealing.opened(sealed) if pk == user.pk else ""
    except sealing.CannotOpen:
        return ""
