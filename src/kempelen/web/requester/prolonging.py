"""A later end, more assignments, or an end now: for all HITs of a batch, or of an API-made group."""

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain.actions import prolonging
from kempelen.domain.errors import WrongState
from kempelen.domain.models import HITGroup, Membership
from kempelen.domain.queries import progress
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.moments import MomentField
from kempelen.web.requester.work import Work, work_of
from kempelen.web.ui.forms import refusals_on
from kempelen.web.ui.respond import respond

EDITOR = Membership.Role.EDITOR


class ExtendForm(forms.Form):
    """Until when, and how many more of each."""

    ends_at = MomentField(label="Let the HITs live until", required=False)
    more = forms.IntegerField(
        label="More assignments for each HIT",
        min_value=0,
        max_value=prolonging.MOST_ASSIGNMENTS,
        required=False,
        help_text="NumberOfAdditionalAssignments: so many further workers may do each HIT.",
    )


@requester_required(EDITOR)
def extend(request: RequesterRequest, number: int = 0, group_id: str = "") -> HttpResponseBase:
    """Ask until when and for how many more; a job changes the HITs."""
    work = work_of(request.requester, number=number, group_id=group_id)
    group = _group_of(work)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            prolonging.extend(
                group,
                ends_at=form.cleaned_data["ends_at"],
                more=form.cleaned_data["more"] or 0,
                by=request.user,
            )
            messages.success(request, "The HITs are being extended.")
            return redirect(work.page, request.requester.slug, work.key)
    figures = progress.of_group(group.pk)
    return respond(
        request,
        "requester/extend.html",
        status=422 if form.errors else 200,
        form=form,
        work=work,
        one_more_cents=figures.hits * group.hit_type.reward_cents,
        **{"group": group, "figures": figures, **work.head_context()},
    )


@require_POST
@requester_required(EDITOR)
def expire(request: RequesterRequest, number: int = 0, group_id: str = "") -> HttpResponseBase:
    """End all HITs now."""
    work = work_of(request.requester, number=number, group_id=group_id)
    prolonging.expire(_group_of(work), by=request.user)
    messages.success(request, "The HITs end now. What somebody has begun may be finished.")
    return redirect(work.page, request.requester.slug, work.key)


def _group_of(work: Work) -> HITGroup:
    if work.group is None or not work.is_published:
        raise WrongState(f"Batch “{work.name}” is not published yet.")
    return work.group
