"""Users and worker groups from a CSV: upload, look at what would happen, do it."""

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from kempelen.domain.actions import people_import
from kempelen.domain.errors import FileRefused
from kempelen.domain.models import Membership
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.respond import respond

EDITOR = Membership.Role.EDITOR
_MOST_BYTES = 2_000_000
_PREVIEWED = 20


class ImportForm(forms.Form):
    """The file, or its text that was looked at before."""

    csv = forms.FileField(
        label="CSV file",
        error_messages={"required": "Choose a file."},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text="Nothing happens yet: first you see what would.",
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["csv"].required = not self.data.get("text")

    def clean_csv(self) -> "UploadedFile[Any] | None":
        """Refuse a file that is too large."""
        file: UploadedFile[Any] | None = self.cleaned_data["csv"]
        if file and (file.size or 0) > _MOST_BYTES:
            raise forms.ValidationError("The file is larger than 2 MB; import it in parts.")
        return file


@requester_required(EDITOR)
def index(request: RequesterRequest) -> HttpResponseBase:
    """Show what a file would do; with `really`, do it and show the new people's log-in links, once."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if not form.is_valid():
        return _page(request, form)
    file = form.cleaned_data["csv"]
    try:
        table = _table(file, form.cleaned_data["text"])
        if request.POST.get("really"):
            made = people_import.carry_out(request.requester, table, _rights(request), by=request.user)
            return _page(request, ImportForm(), done=True, made=_with_links(request, made))
        plan = people_import.plan(request.requester, table, _rights(request))
    except FileRefused as refused:
        return _page(request, form, problems=refused.problems)
    return _page(
        request,
        form,
        table=table,
        plan=plan,
        previewed=plan.new_users[:_PREVIEWED],
        text=_text_of(table),
        without_password=sum(1 for values in plan.new_users if not values["password"]),
    )


def _rights(request: RequesterRequest) -> people_import.Rights:
    is_administrator = request.user.is_superuser
    is_owner = request.membership.includes(Membership.Role.OWNER)
    return people_import.Rights(
        may_make_users=is_administrator or (is_owner and settings.KEMPELEN_SIGNUP != "closed"),
        may_name_users=is_administrator,
    )


def _table(file: "UploadedFile[Any] | None", text: str) -> people_import.Table:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_bytes(file.read() if file else text.encode())
        return people_import.read(path, file_name=(file.name if file else "") or "people.csv")


def _text_of(table: people_import.Table) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, people_import.COLUMNS)
    writer.writeheader()
    writer.writerows(values for _, values in table.rows)
    return text.getvalue()


def _with_links(request: RequesterRequest, made: list[people_import.Imported]) -> list[tuple[str, str, str]]:
    base = settings.KEMPELEN_URL.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
    return [
        (its.username, its.worker_id, base + reverse("account:link", args=[its.secret]) if its.secret else "")
        for its in made
    ]


def _page(request: RequesterRequest, form: ImportForm, **context: Any) -> HttpResponseBase:
    is_wrong = bool(form.errors or context.get("problems"))
    response: HttpResponse = respond(
        request,
        "requester/people_import.html",
        status=422 if is_wrong else 200,
        form=form,
        rights=_rights(request),
        **context,
    )
    response["Cache-Control"] = "no-store"
    return response
