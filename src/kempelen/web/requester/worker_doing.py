"""What members do about one worker: notes, blocks, messages, bonuses, qualifications, groups."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain.actions import blocks, notices, payments, qualifications, worker_groups, worker_notes
from kempelen.domain.errors import NotFound, OutOfRange, RepeatedRequest
from kempelen.domain.models import Worker
from kempelen.domain.queries import worker_page, workers
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.worker import EDITOR, REVIEWER, page
from kempelen.web.requester.worker_forms import (
    BonusForm,
    GrantForm,
    IntoGroupForm,
    MessageForm,
    NoteForm,
    ReasonForm,
)
from kempelen.web.ui import words
from kempelen.web.ui.forms import refusals_on


@require_POST
@requester_required(REVIEWER)
def note(request: RequesterRequest, worker_id: str) -> HttpResponseBase:
    """Note something about the worker."""
    worker, form = workers.found(request.requester, worker_id), NoteForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            worker_notes.add(request.requester, worker, form.cleaned_data["text"], by=request.user)
            return _back(request, worker, "Noted.")
    return page(request, worker, note_form=form)


@require_POST
@requester_required(REVIEWER)
def note_change(request: RequesterRequest, worker_id: str, note_pk: int) -> HttpResponseBase:
    """Put other words in place of a note's."""
    worker = workers.found(request.requester, worker_id)
    worker_notes.change(request.requester, note_pk, request.POST.get("text", ""), by=request.membership)
    return _back(request, worker, "The note is changed.")


@require_POST
@requester_required(REVIEWER)
def note_delete(request: RequesterRequest, worker_id: str, note_pk: int) -> HttpResponseBase:
    """Delete a note."""
    worker = workers.found(request.requester, worker_id)
    worker_notes.delete(request.requester, note_pk, by=request.membership)
    return _back(request, worker, "The note is deleted.")


@require_POST
@requester_required(EDITOR)
def block(request: RequesterRequest, worker_id: str) -> HttpResponseBase:
    """Keep the worker from this requester's HITs."""
    worker, form = workers.found(request.requester, worker_id), ReasonForm(request.POST)
    if form.is_valid():
        blocks.block(request.requester, worker.public_id, reason=form.cleaned_data["reason"], by=request.user)
        return _back(request, worker, "Blocked. What the worker has begun may still be finished.")
    return page(request, worker, block_form=form)


@require_POST
@requester_required(EDITOR)
def unblock(request: RequesterRequest, worker_id: str) -> HttpResponseBase:
    """Let the worker see and do this requester's HITs again."""
    worker = workers.found(request.requester, worker_id)
    blocks.unblock(request.requester, worker.public_id, by=request.user)
    messages.success(request, "The worker may work for you again.")
    # Who was nothing but blocked has no page any more.
    try:
        workers.found(request.requester, worker_id)
    except NotFound:
        return redirect("requester:workers", request.requester.slug)
    return redirect("requester:worker", request.requester.slug, worker.public_id)


@require_POST
@requester_required(REVIEWER)
def tell(request: RequesterRequest, worker_id: str) -> HttpResponseBase:
    """Write to the worker, as NotifyWorkers does."""
    worker, form = workers.found(request.requester, worker_id), MessageForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            refused = notices.notify_workers(
                request.requester, [worker.public_id], by=request.user, **form.cleaned_data
            )
            if not refused:
                return _back(request, worker, "Sent. The worker finds it among their messages.")
            form.add_error(None, "You can write to workers whose work you have approved or rejected.")
    return page(request, worker, message_form=form)


@require_POST
@requester_required(REVIEWER)
def bonus(request: RequesterRequest, worker_id: str) -> HttpResponseBase:
    """Pay a bonus that belongs to no HIT."""
    worker, form = workers.found(request.requester, worker_id), BonusForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            return _pay(request, worker, form)
    return page(request, worker, bonus_form=form)


def _pay(request: RequesterRequest, worker: Worker, form: BonusForm) -> HttpResponseBase:
    given = form.cleaned_data
    try:
        paid = payments.pay_outside(
            request.requester,
            worker.public_id,
            amount_cents=given["amount"],
            reason=given["reason"],
            token=given["token"],
            by=request.user,
        )
    except RepeatedRequest:
        return _back(request, worker, "This bonus was paid already; nothing was paid twice.")
    return _back(request, worker, f"A bonus of {words.money(paid.amount_cents)} is paid.")


@require_POST
@requester_required(EDITOR)
def qualify(request: RequesterRequest, worker_id: str) -> HttpResponseBase:
    """Grant a qualification, or another value of it."""
    worker = workers.found(request.requester, worker_id)
    form = GrantForm(request.POST, types=list(workers.own_types(request.requester)))
    if form.is_valid():
        given = form.cleaned_data
        try:
            qualifications.associate(
                request.requester,
                given["qualification"],
                worker.public_id,
                value=given["value"],
                sends_notification=given["tells"],
                by=request.user,
            )
        except OutOfRange as refusal:
            form.add_error("value", str(refusal))
        else:
            return _back(request, worker, f"Granted, with the value {given['value']}.")
    return page(request, worker, grant_form=form)


@require_POST
@requester_required(EDITOR)
def disqualify(request: RequesterRequest, worker_id: str, type_id: str) -> HttpResponseBase:
    """Take a qualification away; the worker reads the reason."""
    worker = workers.found(request.requester, worker_id)
    qualifications.disassociate(
        request.requester,
        type_id,
        worker.public_id,
        reason=request.POST.get("reason", "")[:2000],
        by=request.user,
    )
    return _back(request, worker, "The qualification is taken away.")


@require_POST
@requester_required(EDITOR)
def join(request: RequesterRequest, worker_id: str) -> HttpResponseBase:
    """Put the worker into a worker group."""
    worker = workers.found(request.requester, worker_id)
    form = IntoGroupForm(request.POST, groups=list(worker_groups.groups_of(request.requester)))
    if form.is_valid():
        if worker.user_id is None:
            form.add_error(None, "This worker has no account, so that nobody could let them in again.")
        else:
            group = worker_groups.group_of(request.requester, int(form.cleaned_data["group"]))
            worker_groups.change_members(group, add=[worker], by=request.user)
            return _back(request, worker, f"Put into “{group.name}”.")
    return page(request, worker, into_form=form)


@require_POST
@requester_required(EDITOR)
def leave(request: RequesterRequest, worker_id: str, pk: int) -> HttpResponseBase:
    """Take the worker out of a worker group."""
    worker = workers.found(request.requester, worker_id)
    group = worker_groups.group_of(request.requester, pk)
    worker_groups.change_members(group, remove=[worker], by=request.user)
    messages.success(request, f"Taken out of “{group.name}”.")
    if worker_page.record_of(request.requester, worker) is None:
        return redirect("requester:workers", request.requester.slug)
    return redirect("requester:worker", request.requester.slug, worker.public_id)


def _back(request: RequesterRequest, worker: Worker, said: str) -> HttpResponseBase:
    messages.success(request, said)
    return redirect("requester:worker", request.requester.slug, worker.public_id)
