"""Making and changing a project: the template beside its preview, and the properties of its HITs."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kempelen.domain import money
from kempelen.domain.actions import projects
from kempelen.domain.models import Membership, Project
from kempelen.web.content.frames import draft_frame
from kempelen.web.received import whole_number
from kempelen.web.requester import editor
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
    projects.update_project(project, by=request.user, based_on=based_on, **properties)
    after = project.template.current_version
    return f"; the template is now version {after.number}" if after.number != before.number else ""


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


def _show(request: RequesterRequest, form: ProjectForm, project: Project | None = None) -> HttpResponse:
    html = str(form["html"].value() or "")
    samples = editor.sample_rows(project)
    values = editor.typed_values(request) or (samples.rows[0] if samples else {})
    files = editor.files_of(project)
    language = str(form["language"].value())
    return respond(
        request,
        "requester/project_edit.html",
        status=422 if form.is_bound else 200,
        form=form,
        project=project,
        based_on=_based_on(request, form, project),
        frame=draft_frame(
            request, request.requester, project.permissions if project else [], project=project
        ),
        samples=samples,
        checks=editor.checks(html, values, language=language, has_seeds=True, files=files),
        files=sorted(files)[:MOST_FILES_SHOWN],
        file_count=len(files),
        costs=_costs(project),
        offers=True,
    )
