"""Publishing an upload at a time, by itself."""

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain.actions import batches, scheduling
from kempelen.domain.models import Membership
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.moments import MomentField
from kempelen.web.ui.forms import refusals_on
from kempelen.web.ui.words import exact

EDITOR = Membership.Role.EDITOR


class ScheduleForm(forms.Form):
    """When."""

    publish_at = MomentField(label="Publish at")


@require_POST
@requester_required(EDITOR)
def schedule(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Have the batch published at a time."""
    batch = batches.batch_of(request.requester, number)
    form = ScheduleForm(request.POST)
    if form.is_valid():
        at = form.cleaned_data["publish_at"]
        with refusals_on(form):
            scheduling.schedule(batch, at, by=request.user)
            messages.success(request, f"It is published on {exact(at)}, by itself.")
    if form.errors:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("requester:batch", request.requester.slug, number)


@require_POST
@requester_required(EDITOR)
def unschedule(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Leave it unpublished."""
    scheduling.unschedule(batches.batch_of(request.requester, number), by=request.user)
    messages.success(request, "It is not published by itself any more.")
    return redirect("requester:batch", request.requester.slug, number)
