"""One thing for many workers: chosen, looked at with their number, done; and how far it is."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain.actions import workers_changes
from kempelen.domain.errors import InvalidValue, RepeatedRequest
from kempelen.domain.ids import new_id
from kempelen.domain.models import WorkerRecord, WorkersChange
from kempelen.domain.queries.workers import ChosenWorkers
from kempelen.web.requester import failed
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.worker_forms import ChangeForm
from kempelen.web.requester.workers import REVIEWER, choices, kinds_for
from kempelen.web.ui.forms import refusals_on
from kempelen.web.ui.respond import respond

_MOST_CHOSEN = 500
_SHOWN = 12


@require_POST
@requester_required(REVIEWER)
def change(request: RequesterRequest) -> HttpResponseBase:
    """Show whom it is about and ask for what it needs; with `really`, do it.

    The workers are those ticked (`worker`), or with `whom=all` all whom the filter in the address finds.
    """
    kind = request.POST.get("kind", "")
    if kind not in dict(kinds_for(request)):
        raise InvalidValue("kind", "Choose what to do with the workers.")
    pks, ids = _meant(request)
    if not pks:
        raise InvalidValue("workers", "Nobody was chosen: tick workers, or choose all.")
    is_same_number = request.POST.get("count") == str(len(pks))
    form = ChangeForm(request.POST if request.POST.get("really") else None, kind=kind, **choices(request))
    if request.POST.get("really") and form.is_valid() and is_same_number:
        with refusals_on(form):
            given = workers_changes.checked(request.requester, kind, form.cleaned_data)
            return _do(request, kind, pks, given)
    return respond(
        request,
        "requester/workers_change.html",
        status=422 if form.errors else 200,
        form=form,
        kind=kind,
        label=dict(kinds_for(request))[kind],
        count=len(pks),
        is_another_number=bool(request.POST.get("really")) and not is_same_number,
        shown=ids[:_SHOWN],
        chosen_ids=() if request.POST.get("whom") == "all" else ids,
        query=urlencode(ChosenWorkers.from_query(request.GET).as_query()),
        token=request.POST.get("token", "")[:64] or new_id(),
    )


def _meant(request: RequesterRequest) -> tuple[list[int], list[str]]:
    """Give the primary keys and the ids of the workers; only this requester's own, in a fixed order."""
    if request.POST.get("whom") == "all":
        records = ChosenWorkers.from_query(request.GET).records(request.requester)
    else:
        ids = [one for one in request.POST.getlist("worker")[:_MOST_CHOSEN] if "\0" not in one]
        records = WorkerRecord.objects.filter(requester=request.requester, worker__public_id__in=ids)
    rows = records.order_by("pk").values_list("worker", "worker__public_id")
    found = list(rows[: workers_changes.MOST_WORKERS + 1])
    return [pk for pk, _ in found], [worker_id for _, worker_id in found]


def _do(request: RequesterRequest, kind: str, pks: list[int], given: dict[str, Any]) -> HttpResponse:
    token = request.POST.get("token", "")[:64].replace("\0", "")
    try:
        asked = workers_changes.ask_for(request.requester, kind, pks, given, token=token, by=request.user)
        change_id = asked.public_id
    except RepeatedRequest as repeated:
        change_id = repeated.result_id
    return redirect("requester:workers_changed", request.requester.slug, change_id)


@require_safe
@requester_required()
def changed(request: RequesterRequest, change_id: str) -> HttpResponseBase:
    """Show how far a change is, and for whom it was refused."""
    asked = workers_changes.found(request.requester, change_id)
    return respond(
        request,
        "requester/workers_changed.html",
        fragment="requester/workers/_changed.html",
        change=asked,
        label=WorkersChange.Kind(asked.kind).label,
        failed_work=failed.shown(request, asked),
        not_done=asked.total - asked.done,
        succeeded=asked.done - asked.refused,
        refusals_left_out=max(0, asked.refused - len(asked.refusals)),
    )
