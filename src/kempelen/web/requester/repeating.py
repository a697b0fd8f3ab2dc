"""Asking again for what a batch did not get."""

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kempelen.domain.actions import batches, repeating
from kempelen.domain.errors import WrongState
from kempelen.domain.models import Batch, Membership
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.progress import standing_of
from kempelen.web.ui.respond import respond


class RepeatForm(forms.Form):
    """What counts as unfinished, and what the new batch is called."""

    with_rejected = forms.BooleanField(
        label="Also ask again for each rejected assignment", required=False, initial=True
    )
    name = forms.CharField(label="Name of the new batch", max_length=200, required=False)


@requester_required(Membership.Role.EDITOR)
def repeat(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Say how much is unfinished; make an upload of it, to be looked over as any other."""
    batch = batches.batch_of(request.requester, number)
    if batch.state != Batch.State.PUBLISHED:
        raise WrongState(f"Batch “{batch.name}” is not published yet.")
    form = RepeatForm(
        request.POST if request.method == "POST" else None, initial={"name": f"{batch.name}, again"[:200]}
    )
    if form.is_valid():
        again = repeating.repeat(batch, by=request.user, **form.cleaned_data)
        return redirect("requester:batch", request.requester.slug, again.number)
    without, with_rejected = (repeating.missing(batch, with_rejected=flag) for flag in (False, True))
    return respond(
        request,
        "requester/repeat.html",
        status=422 if form.errors else 200,
        form=form,
        batch=batch,
        standing=standing_of(batch),
        is_over=repeating.is_over(batch),
        unfinished=without,
        rejected=with_rejected[1] - without[1],
    )
