"""Versions of a project's template: all of them, what one changed, and an older one made current again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models.functions import Length
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain.actions import project_copies, projects
from kempelen.domain.batches import versions
from kempelen.domain.models import Membership, Project, TemplateVersion
from kempelen.web.received import whole_number
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.respond import respond

EDITOR = Membership.Role.EDITOR
PAGE = 50
# To compare with: more is no list to choose from.
MOST_OFFERED = 500


@requester_required()
def index(request: RequesterRequest, number: int) -> HttpResponse:
    """List the versions, newest first, and how many batches were uploaded for each."""
    project = projects.project_of(request.requester, number)
    own = project.template.versions.annotate(size=Length("html")).defer("html").select_related("created_by")
    page = Paginator(own.order_by("-number"), PAGE).get_page(request.GET.get("page"))
    return respond(
        request,
        "requester/project_versions.html",
        project=project,
        page=page,
        newest=project.template.current_version.number,
        may_edit=request.membership.includes(EDITOR),
    )


@requester_required()
def show(request: RequesterRequest, number: int, version: int) -> HttpResponse:
    """Show what a version changed against the one before, or against another (`against`), and its HTML."""
    project = projects.project_of(request.requester, number)
    shown = project_copies.version_of(project, version)
    newest_first = project.template.versions.exclude(pk=shown.pk).order_by("-number")
    others = list(newest_first.values_list("number", flat=True)[:MOST_OFFERED])
    against = _against(request, project, shown, others)
    comparison = versions.compare(against.html, shown.html) if against else None
    return respond(
        request,
        "requester/project_version.html",
        project=project,
        version=shown,
        against=against,
        comparison=comparison,
        is_other_language=against is not None and against.language != shown.language,
        others=others,
        is_current=not others or shown.number > others[0],
        may_edit=request.membership.includes(EDITOR),
    )


@require_POST
@requester_required(EDITOR)
def restore(request: RequesterRequest, number: int, version: int) -> HttpResponseBase:
    """Make an older version the newest one; nothing is lost, since the others stay."""
    project = projects.project_of(request.requester, number)
    restored = project_copies.restore(project, version, by=request.user)
    if restored.number == version:
        said = f"Version {version} is the current one already."
    else:
        said = f"Version {version} is back, as version {restored.number}. New batches use it."
    messages.success(request, said)
    return redirect("requester:project_version", request.requester.slug, number, restored.number)


def _against(
    request: RequesterRequest, project: Project, shown: TemplateVersion, others: list[int]
) -> TemplateVersion | None:
    """Give the version to compare with: the one that was asked for, else the one before, if there is any."""
    asked = whole_number(request.GET.get("against", ""), default=0)
    chosen = asked if asked in others else shown.number - 1
    return project_copies.version_of(project, chosen) if chosen else None
