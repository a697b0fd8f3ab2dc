"""Asking again for what a batch did not get."""

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from kempelen.domain.actions import batches, repeating
from kempelen.domain.errors import WrongState
from kempelen.domain.models import Batch, Membership
from kempelen.web.received import whole_number
from kempelen.web.requester import failed
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.progress import standing_of
from kempelen.web.ui.respond import respond, wants_fragment


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
        made = repeating.ask_for(batch, by=request.user, **form.cleaned_data)
        if isinstance(made, Batch):
            return redirect("requester:batch", request.requester.slug, made.number)
        here = reverse("requester:batch_again", args=[request.requester.slug, number])
        return redirect(f"{here}?job={made.pk}")
    asked = whole_number(request.GET.get("job", ""), default=0)
    if again := repeating.made_by(batch, asked):
        return _led_to(request, again)
    return respond(
        request,
        "requester/repeat.html",
        fragment="requester/batch/_being_repeated.html",
        status=422 if form.errors else 200,
        form=form,
        batch=batch,
        job=repeating.being_made(batch),
        failed_work=failed.shown(request, batch),
        standing=standing_of(batch),
        is_over=repeating.is_over(batch),
        lacks=repeating.shortfall(batch),
    )


def _led_to(request: RequesterRequest, again: Batch) -> HttpResponseBase:
    """Lead to the new batch; the part that is polled has the page go there."""
    address = reverse("requester:batch", args=[request.requester.slug, again.number])
    if wants_fragment(request):
        return HttpResponse(headers={"HX-Redirect": address, "Cache-Control": "no-store"})
    return redirect(address)
