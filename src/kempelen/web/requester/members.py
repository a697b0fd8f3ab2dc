"""Who belongs to a requester: roles, leaving, invitations by link or by mail; its name."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain.actions import members, people
from kempelen.domain.models import Membership
from kempelen.web.account import invitations
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.forms import refusals_on
from kempelen.web.ui.respond import respond

Role = Membership.Role
# In the order of roles, which their names' order is not.
_MAY = {
    Role.OWNER: "everything, also members and the log",
    Role.EDITOR: "make projects and publish, also manage worker groups",
    Role.REVIEWER: "approve, reject and answer workers",
    Role.VIEWER: "look and download",
}
_RANKS = list(Role.values)


class InviteForm(forms.Form):
    """Whom to invite as what."""

    role = forms.ChoiceField(choices=Role.choices, initial=Role.EDITOR)
    email = forms.EmailField(
        label="E-mail",
        required=False,
        help_text="The link is mailed there. Without an address you get it to pass on yourself.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class NameForm(forms.Form):
    """What the requester is called."""

    name = forms.CharField(max_length=100, help_text="Workers see it beside each HIT. Addresses stay.")


@requester_required()
def index(request: RequesterRequest) -> HttpResponseBase:
    """List the members and, for owners, the invitations that are open."""
    return _page(request, InviteForm())


@require_POST
@requester_required(Role.OWNER)
def invite(request: RequesterRequest) -> HttpResponseBase:
    """Make an invitation; its link is mailed, and shown on the next page, once."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    role, email = form.cleaned_data["role"], form.cleaned_data["email"]
    secret = people.invite(requester=request.requester, role=role, email=email, by=request.user)
    invitations.hand_out(request, secret, email=email, to_what=f"be {role} of {request.requester}")
    return redirect("requester:members", request.requester.slug)


@require_POST
@requester_required(Role.OWNER)
def change_role(request: RequesterRequest, username: str) -> HttpResponseBase:
    """Give a member another role."""
    changed = members.change_role(
        request.requester, username, role=request.POST.get("role", ""), by=request.user
    )
    messages.success(request, f"{changed.user} is {changed.get_role_display().lower()} now.")
    return redirect("requester:members", request.requester.slug)


@require_POST
@requester_required(Role.OWNER)
def remove(request: RequesterRequest, username: str) -> HttpResponseBase:
    """Take a member out."""
    gone = members.remove(request.requester, username, by=request.user)
    messages.success(request, f"{gone} is no member any more; their access keys work no more.")
    if gone == request.user:
        return redirect("requester:index")
    return redirect("requester:members", request.requester.slug)


@require_POST
@requester_required()
def leave(request: RequesterRequest) -> HttpResponseBase:
    """Be a member no longer."""
    members.remove(request.requester, request.user.username, by=request.user)
    messages.success(request, f"You have left {request.requester}.")
    return redirect("requester:index")


@require_POST
@requester_required(Role.OWNER)
def rename(request: RequesterRequest) -> HttpResponseBase:
    """Call the requester otherwise."""
    form = NameForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            members.rename(request.requester, form.cleaned_data["name"], by=request.user)
    if form.errors:
        messages.error(request, form.errors["name"].as_text())
    else:
        messages.success(request, f"It is called “{request.requester.name}” now.")
    return redirect("requester:members", request.requester.slug)


@require_POST
@requester_required(Role.OWNER)
def revoke_invitation(request: RequesterRequest, digest: str) -> HttpResponseBase:
    """Let an invitation never work again."""
    members.revoke(members.open_invitations(request.requester), digest, by=request.user)
    messages.success(request, "The invitation works no more.")
    return redirect("requester:members", request.requester.slug)


def _page(request: RequesterRequest, form: InviteForm) -> HttpResponseBase:
    is_owner = request.membership.includes(Role.OWNER)
    response: HttpResponse = respond(
        request,
        "requester/members.html",
        status=422 if form.errors else 200,
        members=_by_role(request),
        invitations=members.open_invitations(request.requester) if is_owner else (),
        made=invitations.just_made(request) if is_owner and not form.errors else None,
        form=form,
        name_form=NameForm(initial={"name": request.requester.name}),
        roles=Role.choices,
        rights=[(role.label, may) for role, may in _MAY.items()],
        is_owner=is_owner,
        sends_mail=invitations.can_mail(),
    )
    response["Cache-Control"] = "no-store"
    return response


def _by_role(request: RequesterRequest) -> list[Membership]:
    found = request.requester.memberships.select_related("user").order_by("user__username")
    return sorted(found, key=lambda member: _RANKS.index(member.role))
