"""Logging in and out, signing up, and the account page."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kempelen.domain.actions import logins, people
from kempelen.domain.models import Invitation, User, Worker
from kempelen.web.account import checking, known_browsers, next_page
from kempelen.web.account.forms import DetailsForm, LoginForm, PasswordForm, SignUpForm
from kempelen.web.ui.forms import refusals_on
from kempelen.web.ui.respond import respond

_BACKEND = "kempelen.web.account.backend.WithWorker"
# How many accounts with one address are tried: each costs a hash, which takes time on purpose.
_MOST_OF_ONE_ADDRESS = 3
_BRAKED = "That was wrong too often. Wait a quarter of an hour, or ask for a log-in link."
_WRONG = "This name and password do not belong together. Capital letters count in the password."


class UserRequest(HttpRequest):
    """A request that `login_required` has let through."""

    user: User


@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Let in whoever knows the password; the name may be an e-mail address."""
    form = LoginForm(request.POST or None)
    if form.is_valid():
        user = _checked(request, form)
        if user is not None:
            return _let_in(request, user)
    elif isinstance(request.user, User):
        return redirect(next_page.for_user(request, request.user))
    return respond(
        request,
        "account/login.html",
        status=422 if form.errors else 200,
        form=form,
        next=next_page.asked_for(request),
    )


def _checked(request: HttpRequest, form: LoginForm) -> User | None:
    password = form.cleaned_data["password"]
    user: User | checking.Outcome | None = None
    for name in _usernames(form.cleaned_data["name"].strip()):
        user = checking.checked(request, name, password)
        if isinstance(user, User):
            return user
    form.add_error(None, _BRAKED if user is checking.BRAKED else _WRONG)
    return None


def _usernames(name: str) -> list[str]:
    """Give the users whose name (in any case) or e-mail address this is, oldest accounts first.

    Addresses are not proved, and a name may look like one: who takes somebody else's must not keep them out.
    """
    is_it = Q(username__iexact=name)
    if "@" in name:
        is_it |= Q(email__iexact=name)
    found = User.objects.filter(is_it, closed_at=None).order_by("pk").values_list("username", flat=True)
    return list(found[:_MOST_OF_ONE_ADDRESS]) or [name]


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    auth.login(request, user, backend=_BACKEND)
    checking.note(request)
    response = redirect(next_page.for_user(request, user))
    known_browsers.remember(request, response, user)
    return response


@login_required
@require_http_methods(["GET", "POST"])
def reauthenticate(request: UserRequest) -> HttpResponse:
    """Ask for the password once more before something that cannot be undone; then go on there.

    Who has none was let in by a link, and gets another from whoever runs the server.
    """
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        found = checking.checked(request, request.user.username, form.cleaned_data["password"])
        if isinstance(found, User):
            checking.note(request)
            return redirect(next_page.for_user(request, request.user))
        form.add_error("password", _BRAKED if found is checking.BRAKED else "This is not your password.")
    status = 422 if form.errors else 200
    return respond(
        request, "account/reauthenticate.html", status=status, form=form, next=next_page.asked_for(request)
    )


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End this browser's session."""
    auth.logout(request)
    messages.info(request, "You are logged out.")
    return redirect(settings.LOGOUT_REDIRECT_URL)


@require_http_methods(["GET", "POST"])
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Let in whoever holds a log-in link, once.

    Opening it does not use it up: scanners of mail open links, and any page may hold one as a picture.
    """
    if request.method == "POST":
        user = people.use_login_link(token)
        logins.with_link(user, address=checking.address_of(request))
        return _let_in(request, user)
    return respond(request, "account/link.html", link_user=people.user_of_login_link(token))


@require_http_methods(["GET", "POST"])
def signup(request: HttpRequest) -> HttpResponse:
    """Make an account, where the server lets everybody do so."""
    if settings.KEMPELEN_SIGNUP != "open":
        return respond(request, "account/signup_closed.html", status=403)
    if isinstance(request.user, User):
        return redirect(next_page.for_user(request, request.user))
    return _sign_up(request)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Follow an invitation: with a new account, or with the one that is logged in."""
    invited = people.invitation(token)
    if isinstance(request.user, User):
        return _join(request, request.user, token, invited)
    if settings.KEMPELEN_SIGNUP == "closed":
        return respond(request, "account/signup_closed.html", status=403, invitation=invited)
    return _sign_up(request, token, invited)


def _join(request: HttpRequest, user: User, token: str, invited: Invitation) -> HttpResponse:
    if request.method != "POST":
        return respond(request, "account/join.html", invitation=invited)
    people.accept_invitation(user, token)
    messages.success(request, "You have joined.")
    return redirect(next_page.for_user(request, user))


def _sign_up(request: HttpRequest, token: str = "", invited: Invitation | None = None) -> HttpResponse:
    form = SignUpForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            user = people.sign_up(**form.cleaned_data, invitation=token)
            messages.success(request, f"Welcome, {user}. This is your account now.")
            return _let_in(request, user)
    return respond(
        request,
        "account/signup.html",
        status=422 if form.errors else 200,
        form=form,
        next=next_page.asked_for(request),
        invitation=invited,
    )


def _is_another_address(form: DetailsForm, user: User) -> bool:
    """Tell whether mails, also those that set a new password, would go elsewhere."""
    return bool(user.email) and form.cleaned_data["email"].lower() != user.email.lower()


@login_required
@require_http_methods(["GET", "POST"])
def account(request: UserRequest) -> HttpResponse:
    """Show and change who one is here."""
    user = request.user
    form = DetailsForm(request.POST or None, initial={"name": user.first_name, "email": user.email})
    if form.is_valid() and _is_another_address(form, user) and not checking.is_fresh(request.session):
        messages.info(request, "Give your password first; then change your e-mail address once more.")
        return redirect(f"{reverse('account:reauthenticate')}?{urlencode({'next': request.path})}")
    if form.is_valid():
        with refusals_on(form):
            people.change_details(user, **form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("account:account")
    return respond(
        request,
        "account/account.html",
        status=422 if form.errors else 200,
        form=form,
        memberships=user.memberships.select_related("requester").order_by("requester__name"),
        own_worker=Worker.objects.filter(user=user).first(),
    )
