"""Telling the requester that a HIT is broken, or asking a question."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kempelen.domain.actions import messages as telling
from kempelen.domain.errors import Refusal
from kempelen.domain.models import HIT, Assignment, Message
from kempelen.web.ui.respond import respond, wants_fragment
from kempelen.web.worker import doors
from kempelen.web.worker.identity import WorkerRequest, worker_for_accept


class TellForm(forms.Form):
    """What a worker wants to say about a HIT."""

    kind = forms.ChoiceField(
        label="What is it about?",
        choices=Message.Kind.choices,
        initial=Message.Kind.BROKEN,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="Your message",
        max_length=telling.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The requester sees it with this HIT and your worker id, not your name.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: WorkerRequest, hit_id: str) -> HttpResponse:
    """Write to the requester about a HIT: as a page of its own, or by htmx in a dialog of the task's page."""
    hit = doors.hit_to_talk_about(request, hit_id)
    form = TellForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        worker = worker_for_accept(request, hit.group)
        try:
            telling.tell(worker, hit, kind=form.cleaned_data["kind"], text=form.cleaned_data["text"])
            return _told(request, hit)
        except Refusal as refused:
            # Beside what was written, which stays: a dialog would hide a message elsewhere on the page.
            form.add_error(None, str(refused))
    return respond(
        request,
        "worker/tell.html",
        fragment="worker/tell/_form.html",
        status=422 if form.is_bound else 200,
        form=form,
        hit=hit,
        group=hit.group,
    )


def _told(request: WorkerRequest, hit: HIT) -> HttpResponse:
    """Go back to the HIT if it is in the worker's hands, else to the messages; a dialog stays where it is."""
    if wants_fragment(request):
        return respond(request, "worker/tell/_sent.html", hit=hit, group=hit.group)
    messages.success(request, f"Sent to {hit.group.requester}. The reply will be among your messages.")
    mine = Assignment.objects.filter(
        worker=request.worker, hit=hit, status=Assignment.Status.ACCEPTED
    ).first()
    if mine is not None:
        return redirect("worker:work", mine.public_id)
    return redirect("worker:messages")
