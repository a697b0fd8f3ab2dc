"""From a CSV to a published batch: upload, look at rows and cost, publish or discard."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain.actions import batches, projects, terms
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.errors import FileRefused
from kempelen.domain.models import Batch, Membership
from kempelen.web.requester import editor, failed, looking_over, scheduling
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.respond import respond

EDITOR = Membership.Role.EDITOR


class FileForm(forms.Form):
    """A file of rows."""

    file = forms.FileField(
        label="CSV file or JSON Lines",
        max_length=1000,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,.jsonl,.ndjson,.manifest,.json"}),
        help_text="The first row of a CSV names the columns; each further row becomes a HIT. Of JSON Lines, "
        "such as Ground Truth’s manifests, each line does. UTF-8 or UTF-16; commas, semicolons or tabs.",
    )


class UploadForm(FileForm):
    """A file of rows, and what the batch is called."""

    name = forms.CharField(
        label="Batch name",
        max_length=200,
        required=False,
        help_text="Only you see it. Left empty, it is the file’s name.",
    )


@requester_required(EDITOR)
def upload(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Take a CSV for a project; one with problems is listed place by place, and nothing is kept."""
    project = projects.project_of(request.requester, number)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    version = project.template.current_version
    problems: list[tuple[str, str]] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = batches.upload(
                project, file, file_name=file.name, name=form.cleaned_data["name"], by=request.user
            )
            return redirect("requester:batch", request.requester.slug, batch.number)
        except FileRefused as refused:
            problems = problems_of(refused)
    return respond(
        request,
        "requester/batch_new.html",
        status=422 if is_sent else 200,
        form=form,
        project=project,
        problems=problems,
        file_name=form.cleaned_data["file"].name if problems else "",
        checks=editor.checks(version.html, {}, language=version.language, files=editor.files_of(project)),
    )


@require_POST
@requester_required(EDITOR)
def publish(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Begin to publish; a job goes on with it, and the batch's page shows how far it is."""
    batch = batches.batch_of(request.requester, number)
    batches.publish(batch, by=request.user)
    return redirect("requester:batch", request.requester.slug, number)


@require_POST
@requester_required(EDITOR)
def discard(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Delete an upload that was not published."""
    batch = batches.batch_of(request.requester, number)
    batches.discard(batch, by=request.user)
    messages.success(request, f"“{batch.name}” is discarded; nothing of it was published.")
    return redirect("requester:project", request.requester.slug, batch.project.number)


def show_upload(request: RequesterRequest, batch: Batch) -> HttpResponse:
    """Show an upload before it is published: a row rendered, columns, warnings and cost."""
    asked, agreed = batch.csv_facts.get("asked_total"), terms.of(batch)
    return looking_over.show(
        request,
        batch,
        batch,
        assignments=asked or batch.row_count * agreed.max_assignments,
        agreed=agreed,
        asks_differently=bool(asked),
        newer_version=_newer_version(batch),
        failed_work=failed.shown(request, batch),
        schedule_form=scheduling.ScheduleForm(),
    )


def _newer_version(batch: Batch) -> int | None:
    """Give the number of the template's current version if the upload has an older one."""
    current = batch.project.template.current_version
    return current.number if current.pk != batch.template_version_id else None


def problems_of(refused: FileRefused) -> list[tuple[str, str]]:
    """Give each problem as its place (“row 3, column price”) and what is wrong there."""
    found = refused.__cause__
    if not isinstance(found, CsvProblems):
        return [_parted(problem) for problem in refused.problems]
    problems = [_parted(str(problem), message=problem.message) for problem in found.problems]
    more = f"Reading stopped after {len(problems)} problems; there may be more."
    return [*problems, ("", more)] if found.has_more else problems


def _parted(problem: str, *, message: str = "") -> tuple[str, str]:
    """Part “place: message”; where the message is known, a colon in the place does no harm."""
    if message:
        return problem.removesuffix(message).removesuffix(": "), message
    place, colon, rest = problem.partition(": ")
    return (place, rest) if colon else ("", problem)
