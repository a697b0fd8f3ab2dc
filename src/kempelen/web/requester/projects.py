"""Projects: the list, and what there is to know about one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain import money
from kempelen.domain.actions import audiences, project_copies, project_files, projects, stopping
from kempelen.domain.models import Batch, Membership, Permission, Project, Requester
from kempelen.domain.queries import conversations, requirements
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.respond import respond

PAGE = 25
ORDERS = {"name": "name", "reward": "reward_cents", "batches": "batch_count", "changed": "updated_at"}
DEFAULT_ORDER = "-changed"


@requester_required()
def home(request: RequesterRequest) -> HttpResponseBase:
    """Lead to the projects: `/r/<slug>/` is what people type."""
    return redirect("requester:projects", request.requester.slug)


@requester_required()
def index(request: RequesterRequest) -> HttpResponse:
    """List the projects; `q` searches, `archived=1` shows those put out of sight."""
    search, is_archived = request.GET.get("q", "").strip()[:200], request.GET.get("archived") == "1"
    own = Project.objects.filter(requester=request.requester)
    found = _found(own.filter(is_archived=is_archived), search)
    page = Paginator(_ordered(found, request.GET.get("sort", "")), PAGE).get_page(request.GET.get("page"))
    return respond(
        request,
        "requester/projects.html",
        fragment="requester/projects/_list.html",
        page=page,
        search=search,
        is_archived=is_archived,
        archived_count=own.filter(is_archived=True).count(),
        default_order=DEFAULT_ORDER,
        may_edit=request.membership.includes(Membership.Role.EDITOR),
    )


@requester_required()
def show(request: RequesterRequest, number: int) -> HttpResponse:
    """Show a project: its properties, batches and the versions of its template."""
    project = projects.project_of(request.requester, number)
    versions = project.template.versions.select_related("created_by").order_by("-number")
    return respond(
        request,
        "requester/project.html",
        project=project,
        row_cost_cents=money.cost_of(1, project.max_assignments, project.reward_cents),
        groups=audiences.chosen_groups(project),
        named_count=audiences.named_workers(project).count(),
        required=requirements.in_words(project.qualification_requirements),
        permissions=[label for value, label in Permission.choices if value in project.permissions],
        files=list(project_files.files_of(project).values_list("path", flat=True)[:6]),
        file_count=project_files.files_of(project).count(),
        batches=_batches_of(request.requester, project)[:10],
        batch_count=project.batches.count(),
        versions=versions[:5],
        version_count=versions.count(),
        may_edit=request.membership.includes(Membership.Role.EDITOR),
    )


@require_POST
@requester_required(Membership.Role.EDITOR)
def copy(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Make another project of the same, which is then edited."""
    project = projects.project_of(request.requester, number)
    made = project_copies.copy(project, by=request.user)
    messages.success(request, f"“{made.name}” is made. Give it a name of its own, and change what differs.")
    return redirect("requester:project_edit", request.requester.slug, made.number)


@require_POST
@requester_required(Membership.Role.EDITOR)
def archive(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Put a project out of sight, or back in the list."""
    project = projects.project_of(request.requester, number)
    is_archived = request.POST.get("archived") == "1"
    if is_archived:
        projects.archive(project, is_archived=True, by=request.user)
    else:
        # Programs may have stopped its batches with it.
        stopping.go_on(project, by=request.user)
    done = "is archived; its batches go on" if is_archived else "is back in the list"
    messages.success(request, f"“{project.name}” {done}.")
    return redirect("requester:project", request.requester.slug, project.number)


def _found(projects_of_requester: QuerySet[Project], search: str) -> QuerySet[Project]:
    for word in search.split():
        projects_of_requester = projects_of_requester.filter(
            Q(name__icontains=word) | Q(title__icontains=word) | Q(keywords__icontains=word)
        )
    return projects_of_requester


def _ordered(found: QuerySet[Project], sort: str) -> QuerySet[Project]:
    sort = sort if sort.removeprefix("-") in ORDERS else DEFAULT_ORDER
    sign, key = "-" if sort.startswith("-") else "", sort.removeprefix("-")
    counted = found.annotate(batch_count=Count("batches"), last_published_at=Max("batches__published_at"))
    return counted.order_by(f"{sign}{ORDERS[key]}", "-pk")


def _batches_of(requester: Requester, project: Project) -> QuerySet[Batch]:
    return (
        conversations.with_waiting(Batch.objects.filter(requester=requester, project=project))
        .select_related("hit_group", "created_by")
        .order_by("-number")
    )
