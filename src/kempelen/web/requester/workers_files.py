"""Workers and bonuses as files, and files that change blocks and qualifications: looked at, then done."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from kempelen.domain.actions import workers_import
from kempelen.domain.errors import FileRefused, InvalidValue, RepeatedRequest
from kempelen.domain.ids import new_id
from kempelen.domain.models import WorkersChange
from kempelen.domain.queries import qualifications, workers, workers_file
from kempelen.domain.queries.workers import ChosenWorkers
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.workers import EDITOR
from kempelen.web.ui.respond import respond

_MOST_BYTES = 20_000_000
_SHOWN = 200


@require_safe
@requester_required()
def download(request: RequesterRequest) -> HttpResponseBase:
    """Send the workers whom the address asks for, in the columns of Amazon's site."""
    chosen = ChosenWorkers.from_query(request.GET)
    return _csv(workers_file.amazons(request.requester, chosen), "workers.csv")


@require_safe
@requester_required()
def bonuses(request: RequesterRequest) -> HttpResponseBase:
    """Send every bonus that was paid, for work or outside any HIT."""
    return _csv(workers_file.bonuses(request.requester), "bonuses.csv")


@require_safe
@requester_required()
def holders(request: RequesterRequest, type_id: str) -> HttpResponseBase:
    """Send who holds a qualification type of this requester's, and with which value."""
    kind = qualifications.own_type(request.requester, type_id)
    return _csv(workers_file.holders_of(kind), f"{slugify(kind.name) or 'qualification'}_workers.csv")


class UploadForm(forms.Form):
    """The file, or its text that was looked at before, and whose values a plain file has."""

    csv = forms.FileField(
        label="CSV file",
        error_messages={"required": "Choose a file."},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text="Nothing happens yet: first you see what would.",
    )
    qualification = forms.ChoiceField(
        label="Qualification type",
        required=False,
        help_text="For a file with the columns Worker ID and value alone.",
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, types: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qualification"].choices = [("", "The columns say it"), *types]  # type: ignore[attr-defined]
        self.fields["csv"].required = not self.data.get("text")

    def clean_csv(self) -> "UploadedFile[Any] | None":
        """Refuse a file that is too large."""
        file: UploadedFile[Any] | None = self.cleaned_data["csv"]
        if file and (file.size or 0) > _MOST_BYTES:
            raise forms.ValidationError("The file is larger than 20 MB; upload it in parts.")
        return file


@requester_required(EDITOR)
def upload(request: RequesterRequest) -> HttpResponseBase:
    """Show what a file would do, row by row; with `really`, do it."""
    types = list(workers.own_types(request.requester).values_list("public_id", "name"))
    if request.method != "POST":
        chosen = {"qualification": request.GET.get("type", "")}
        return _page(request, UploadForm(types=types, initial=chosen))
    form = UploadForm(request.POST, request.FILES, types=types)
    if not form.is_valid():
        return _page(request, form)
    type_id = form.cleaned_data["qualification"]
    try:
        table = _table(request, form, type_id)
        if request.POST.get("really"):
            return _do(request, table, type_id)
        plan = workers_import.plan(request.requester, table, type_id=type_id)
    except FileRefused as refused:
        return _page(request, form, problems=refused.problems)
    changing = [outcome for outcome in plan.outcomes if outcome.changes]
    return _page(
        request,
        form,
        plan=plan,
        counts=[(WorkersChange.Kind(kind).label, count) for kind, count in plan.counts.most_common()],
        shown=changing[:_SHOWN],
        left_out=max(0, len(changing) - _SHOWN),
        text=table.text(),
        type_id=type_id,
        token=new_id(),
    )


def _do(request: RequesterRequest, table: workers_import.Table, type_id: str) -> HttpResponseBase:
    token = request.POST.get("token", "")[:64].replace("\0", "")
    try:
        asked = workers_import.carry_out(
            request.requester, table, type_id=type_id, token=token, by=request.user
        )
        change_id = asked.public_id
    except RepeatedRequest as repeated:
        change_id = repeated.result_id
    except InvalidValue as refusal:
        messages.info(request, str(refusal))
        return redirect("requester:workers", request.requester.slug)
    return redirect("requester:workers_changed", request.requester.slug, change_id)


def _table(request: RequesterRequest, form: UploadForm, type_id: str) -> workers_import.Table:
    file, text = form.cleaned_data["csv"], form.cleaned_data["text"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workers.csv"
        path.write_bytes(file.read() if file else text.encode())
        name = (file.name if file else "") or "workers.csv"
        return workers_import.read(request.requester, path, file_name=name, type_id=type_id)


def _page(request: RequesterRequest, form: UploadForm, **context: Any) -> HttpResponse:
    is_wrong = bool(form.errors or context.get("problems"))
    response = respond(
        request, "requester/workers_import.html", status=422 if is_wrong else 200, form=form, **context
    )
    response["Cache-Control"] = "no-store"
    return response


class _Echo:
    def write(self, text: str) -> str:
        return text


def _csv(rows: Iterable[list[str]], name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8", headers=headers)


def _lines(rows: Iterable[list[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow(row)
