"""API tokens: with which programs made for Turkle act for the user; made, seen once, revoked."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from kempelen.domain import clock, sealing
from kempelen.domain.actions import api_tokens
from kempelen.domain.models import ApiToken
from kempelen.web.account.checking import password_needed
from kempelen.web.account.views import UserRequest
from kempelen.web.ui.forms import refusals_on
from kempelen.web.ui.respond import respond

# In the session, sealed: the key that was just made, and when.
_MADE = "api_token_made"
_SHOWN_FOR_SECONDS = 60
_DAYS = (("30", "30 days"), ("90", "90 days"), ("365", "a year"), ("0", "until it is revoked"))


class TokenForm(forms.Form):
    """What a token is for, and how long it works."""

    name = forms.CharField(
        label="What it is for", max_length=100, required=False, help_text="Such as “nightly results”."
    )
    days = forms.ChoiceField(
        label="How long it works",
        choices=_DAYS,
        initial="90",
        widget=forms.Select(attrs={"class": "input select-fit"}),
    )
    is_administrator = forms.BooleanField(
        label="Everything on this server",
        required=False,
        help_text="For programs that look after the server: all users, all requesters, all answers.",
    )


@login_required
@require_http_methods(["GET", "HEAD"])
def index(request: UserRequest) -> HttpResponseBase:
    """List the user's tokens; the key of one that was just made is here once."""
    return _list(request, TokenForm(), key=_just_made(request))


@login_required
@require_POST
@password_needed
def create(request: UserRequest) -> HttpResponseBase:
    """Make a token; the next page has its key, once, and loading that anew makes no other."""
    form = TokenForm(request.POST)
    if form.is_valid():
        days, is_administrator = int(form.cleaned_data["days"]), form.cleaned_data["is_administrator"]
        with refusals_on(form):
            _, key = api_tokens.create(
                request.user,
                scope=ApiToken.Scope.ADMINISTRATOR if is_administrator else ApiToken.Scope.USER,
                name=form.cleaned_data["name"],
                expires_at=clock.real_now() + timedelta(days=days) if days else None,
            )
            request.session[_MADE] = [sealing.seal(key), clock.real_now().timestamp()]
            return redirect("account:tokens")
    return _list(request, form)


@login_required
@require_POST
def revoke(request: UserRequest, number: int) -> HttpResponseBase:
    """Let a token never work again."""
    token = api_tokens.token_of(request.user, number)
    api_tokens.revoke(token, by=request.user)
    messages.success(request, f"The token …{token.ending} works no more.")
    return redirect("account:tokens")


def _list(request: UserRequest, form: TokenForm, *, key: str = "") -> HttpResponseBase:
    if not request.user.is_superuser:
        del form.fields["is_administrator"]
    response: HttpResponse = respond(
        request,
        "account/tokens.html",
        status=422 if form.errors else 200,
        form=form,
        tokens=api_tokens.working().filter(user=request.user).order_by("-pk"),
        key=key,
        address=settings.KEMPELEN_URL or request.build_absolute_uri("/").rstrip("/"),
    )
    response["Cache-Control"] = "no-store"
    return response


def _just_made(request: UserRequest) -> str:
    """Give the key that the user has just made, the first time only."""
    sealed, at = request.session.pop(_MADE, ("", 0.0))
    if not sealed or not 0 <= clock.real_now().timestamp() - at <= _SHOWN_FOR_SECONDS:
        return ""
    try:
        return sealing.opened(sealed)
    except sealing.CannotOpen:
        return ""
