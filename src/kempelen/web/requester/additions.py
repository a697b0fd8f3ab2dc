"""Adding rows to a published batch: upload, look over, add."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain.actions import additions, batches
from kempelen.domain.errors import FileRefused, WrongState
from kempelen.domain.models import Batch, Membership
from kempelen.web.requester import looking_over, publish
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.respond import respond

EDITOR = Membership.Role.EDITOR


@requester_required(EDITOR)
def upload(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Take a file of more rows; one with problems is listed place by place, and nothing is kept."""
    batch = batches.batch_of(request.requester, number)
    if batch.hit_group is None or batch.cancelled_at:
        raise WrongState(f"Batch “{batch.name}” takes no rows: it is not given out.")
    is_sent = request.method == "POST"
    form = publish.FileForm(request.POST, request.FILES) if is_sent else publish.FileForm()
    problems: list[tuple[str, str]] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            addition = additions.upload(batch, file, file_name=file.name, by=request.user)
            return redirect("requester:addition", request.requester.slug, number, addition.number)
        except FileRefused as refused:
            problems = publish.problems_of(refused)
    return respond(
        request,
        "requester/rows_new.html",
        status=422 if is_sent else 200,
        form=form,
        batch=batch,
        problems=problems,
        file_name=form.cleaned_data["file"].name if problems else "",
    )


@requester_required()
def show(request: RequesterRequest, number: int, addition: int) -> HttpResponseBase:
    """Show the rows before they are added."""
    batch = batches.batch_of(request.requester, number)
    rows = additions.addition_of(batch, addition)
    if rows.state != Batch.State.UPLOADED:
        return redirect("requester:batch", request.requester.slug, number)
    return looking_over.show(
        request, batch, rows, assignments=rows.row_count * batch.max_assignments, addition=rows
    )


@require_POST
@requester_required(EDITOR)
def add(request: RequesterRequest, number: int, addition: int) -> HttpResponseBase:
    """Begin to add the rows; a job goes on with it, and the batch's page shows how far it is."""
    batch = batches.batch_of(request.requester, number)
    additions.publish(additions.addition_of(batch, addition), by=request.user)
    return redirect("requester:batch", request.requester.slug, number)


@require_POST
@requester_required(EDITOR)
def discard(request: RequesterRequest, number: int, addition: int) -> HttpResponseBase:
    """Delete rows that were not added."""
    rows = additions.addition_of(batches.batch_of(request.requester, number), addition)
    additions.discard(rows)
    messages.success(request, f"“{rows.file_name}” is discarded; nothing of it was added.")
    return redirect("requester:batch", request.requester.slug, number)
