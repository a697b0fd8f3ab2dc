"""The way in: which requester to work for, and making a new one."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kempelen.domain.actions import people
from kempelen.domain.models import Membership, User
from kempelen.web.requester.forms import actions_may_refuse
from kempelen.web.ui.respond import respond


class RequesterForm(forms.Form):
    """What a new requester is called."""

    name = forms.CharField(
        max_length=100,
        help_text="Workers see this name beside the title of each HIT: your lab, institution or project.",
    )


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """List the requesters of this user, to change over; `?all=1` also to somebody who has just one.

    Else they go straight there.

    Who may make a new one is the setting KEMPELEN_NEW_REQUESTERS; everybody else is invited by an owner.
    """
    user = request.user
    assert isinstance(user, User)
    form = RequesterForm(request.POST or None) if _may_make_one(user) else None
    if request.method == "POST" and form is not None and form.is_valid():
        with actions_may_refuse(form):
            requester = people.create_requester(form.cleaned_data["name"], user)
            return redirect("requester:projects", requester.slug)
    memberships = list(user.memberships.select_related("requester").order_by("requester__name"))
    if len(memberships) == 1 and request.method == "GET" and "all" not in request.GET:
        return redirect("requester:projects", memberships[0].requester.slug)
    return respond(request, "requester/choose.html", memberships=memberships, form=form)


def _may_make_one(user: User) -> bool:
    who = settings.KEMPELEN_NEW_REQUESTERS
    if user.is_superuser or who == "everybody":
        return True
    return who == "owners" and user.memberships.filter(role=Membership.Role.OWNER).exists()
