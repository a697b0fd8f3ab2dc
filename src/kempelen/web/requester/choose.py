"""The way in: which requester to work for, and making a new one."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kempelen.domain.actions import people
from kempelen.domain.models import User
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
    """List the requesters of this user; somebody who has just one goes straight there.

    Only a superuser may make a new one here: everybody else is invited by an owner.
    """
    user = request.user
    assert isinstance(user, User)
    form = RequesterForm(request.POST or None) if user.is_superuser else None
    if request.method == "POST" and form is not None and form.is_valid():
        with actions_may_refuse(form):
            requester = people.create_requester(form.cleaned_data["name"], user)
            return redirect("requester:projects", requester.slug)
    memberships = list(user.memberships.select_related("requester").order_by("requester__name"))
    if len(memberships) == 1 and form is None:
        return redirect("requester:projects", memberships[0].requester.slug)
    return respond(request, "requester/choose.html", memberships=memberships, form=form)
