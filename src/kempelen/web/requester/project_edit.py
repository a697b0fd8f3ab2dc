"""Making and changing a project: the template beside its preview, and the properties of its HITs."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kempelen.domain import money
from kempelen.domain.actions import project_conflicts, projects
from kempelen.domain.actions.project_conflicts import ChangedMeanwhile, Conflict
from kempelen.domain.models import Membership, Project
from kempelen.web.content.frames import draft_frame
from kempelen.web.received import whole_number
from kempelen.web.requester import editor, project_conflict
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.forms import actions_may_refuse
from kempelen.web.requester.project_form import FIELD_NAMES, ProjectForm, initial_of, initial_of_new
from kempelen.web.ui.respond import respond

EDITOR = Membership.Role.EDITOR
MOST_FILES_SHOWN = 50


@requester_required(EDITOR)
def new(request: RequesterRequest) -> HttpResponseBase:
    """Make a project, beginning with a small template that works."""
    if request.method != "POST":
        return _show(request, ProjectForm(initial=initial_of_new(), requester=request.requester))
    form = ProjectForm(request.POST, request.FILES, requester=request.requester)
    if form.is_valid():
        with actions_may_refuse(form, FIELD_NAMES):
            project = projects.create_project(request.requester, by=request.user, **form.properties())
            messages.success(request, f"Project “{project.name}” is made.")
            return _go_on(request, project)
    return _show(request, form)


@requester_required(EDITOR)
def edit(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Change a project; HTML that differs becomes a new version of the template."""
    project = projects.project_of(request.requester, number)
    if request.method != "POST":
        form = ProjectForm(initial=initial_of(project), requester=request.requester, project=project)
        return _show(request, form, project)
    form = ProjectForm(request.POST, request.FILES, requester=request.requester, project=project)
    try:
        return _saved(request, project, form)
    except ChangedMeanwhile as refused:
        return _tell(request, project, form, refused.conflicts)


def _saved(request: RequesterRequest, project: Project, form: ProjectForm) -> HttpResponseBase:
    if form.is_valid():
        with actions_may_refuse(form, FIELD_NAMES):
            version = _save(request, project, form)
            messages.success(request, f"“{project.name}” is saved{version}.")
            return _go_on(request, project)
    return _show(request, form, project)


def _save(request: RequesterRequest, project: Project, form: ProjectForm) -> str:
    """Save what the form says; gives what became of the template, in words."""
    properties = form.properties()
    before = project.template.current_version
    # A form sends line ends as \n; a template with others is no new version for that alone.
    if properties["html"] == before.html.replace("\r\n", "\n"):
        del properties["html"]
    based_on = whole_number(request.POST.get("based_on", ""), default=0) or None
    seen = project_conflict.seen_in(request.POST.get("seen", ""))
    projects.update_project(project, by=request.user, based_on=based_on, seen=seen, **properties)
    after = project.template.current_version
    return f"; the template is now version {after.number}" if after.number != before.number else ""


def _tell(
    request: RequesterRequest, project: Project, form: ProjectForm, conflicts: Sequence[Conflict]
) -> HttpResponse:
    """Show what differs; what was typed stays, and saved again it takes the place of what others saved."""
    project = projects.project_of(request.requester, project.number)
    again = project_conflict.form_after(form, conflicts, project=project)
    return _show(
        request,
        again,
        project,
        differences=project_conflict.differences(form, conflicts, requester=request.requester),
        other=project_conflicts.last_saved_by(project),
    )


def _seen(request: RequesterRequest, form: ProjectForm, project: Project | None) -> str:
    """Give the properties that the form began with: those of now, unless something is wrong in it."""
    if project is None:
        return ""
    return request.POST.get("seen", "") if form.is_bound else project_conflict.seen_of(project)


def _based_on(request: RequesterRequest, form: ProjectForm, project: Project | None) -> int | None:
    """Give the version that the page's template is written from: the newest, once that has been told."""
    if project is None:
        return None
    newest = project.template.current_version.number
    began = whole_number(request.POST.get("based_on", ""), default=newest)
    return newest if "html" in form.errors else began


def _costs(project: Project | None) -> list[tuple[int, int]]:
    """Give numbers of rows, and what so many cost."""
    places, reward = (project.max_assignments, project.reward_cents) if project else (1, 0)
    return [(rows, money.cost_of(rows, places, reward)) for rows in (1, 100, 1_000)]


def _go_on(request: RequesterRequest, project: Project) -> HttpResponseBase:
    page = "requester:batch_new" if "and_publish" in request.POST else "requester:project"
    return redirect(page, request.requester.slug, project.number)


def _show(
    request: RequesterRequest, form: ProjectForm, project: Project | None = None, **told: Any
) -> HttpResponse:
    html = str(form["html"].value() or "")
    samples = editor.sample_rows(project)
    values = editor.typed_values(request) or (samples.rows[0] if samples else {})
    files = editor.files_of(project)
    language = str(form["language"].value())
    return respond(
        request,
        "requester/project_edit.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        project=project,
        based_on=_based_on(request, form, project),
        seen=_seen(request, form, project),
        frame=draft_frame(
            request, request.requester, project.permissions if project else [], project=project
        ),
        samples=samples,
        checks=editor.checks(html, values, language=language, has_seeds=True, files=files),
        files=sorted(files)[:MOST_FILES_SHOWN],
        file_count=len(files),
        costs=_costs(project),
        offers=True,
        **told,
    )
