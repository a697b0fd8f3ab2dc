"""The files of a project: what its template loads by relative addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen.domain import file_paths
from kempelen.domain.actions import project_files, projects
from kempelen.domain.errors import Refusal
from kempelen.domain.models import Membership, Project, ProjectFile
from kempelen.web.content.frames import DraftFrame, draft_frame
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui import words
from kempelen.web.ui.respond import respond

EDITOR = Membership.Role.EDITOR
PAGE = 100
_LARGEST_PICTURE = 2_000_000


@dataclass(frozen=True)
class Line:
    """A file as the list shows it: with its address, a picture of it where that is small, its use."""

    file: ProjectFile
    url: str
    picture_url: str
    is_used: bool


@requester_required()
def index(request: RequesterRequest, number: int) -> HttpResponse:
    """List the project's files; `q` searches their paths."""
    return _show(request, projects.project_of(request.requester, number))


@require_POST
@requester_required(EDITOR)
def upload(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Take files (`file`, each with its `path` if that is more than its name) into a folder.

    Those that cannot be taken are said one by one; the others are kept all the same.
    """
    project = projects.project_of(request.requester, number)
    files, paths = request.FILES.getlist("file"), request.POST.getlist("path")
    folder = request.POST.get("folder", "").strip().strip("/\\")
    count, problems = 0, list[str]()
    for index, file in enumerate(files):
        said = paths[index] if index < len(paths) and paths[index] else file.name or ""
        try:
            project_files.put(project, file, path=f"{folder}/{said}" if folder else said, by=request.user)
            count += 1
        except Refusal as refusal:
            problems.append(str(refusal))
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"saved": count, "problems": problems}, status=422 if problems else 200)
    if problems or not files:
        return _show(request, project, problems=problems or ["Choose at least one file."], saved=count)
    messages.success(request, f"{_counted(count)} saved.")
    return redirect("requester:project_files", request.requester.slug, number)


@require_POST
@requester_required(EDITOR)
def remove(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Remove the chosen files (`path`)."""
    project = projects.project_of(request.requester, number)
    count = project_files.remove(project, request.POST.getlist("path"), by=request.user)
    messages.success(request, f"{_counted(count)} removed.")
    return redirect("requester:project_files", request.requester.slug, number)


def _show(
    request: RequesterRequest, project: Project, *, problems: list[str] | None = None, saved: int = 0
) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:200]
    own = project_files.files_of(project)
    found = own.filter(path__icontains=search) if search else own
    page = Paginator(found.select_related("created_by"), PAGE).get_page(request.GET.get("page"))
    frame = draft_frame(request, request.requester, [], project=project)
    html = project.template.current_version.html
    return respond(
        request,
        "requester/project_files.html",
        fragment="requester/projects/_files.html",
        status=422 if problems else 200,
        project=project,
        page=page,
        lines=list(_lines(page, frame, html)),
        search=search,
        problems=problems or [],
        saved=saved,
        accept=",".join(f".{ending}" for ending in file_paths.ENDINGS),
        limit_megabytes=settings.KEMPELEN_UPLOAD_LIMIT // 10**6,
        may_edit=request.membership.includes(EDITOR),
    )


def _lines(files: Iterable[ProjectFile], frame: DraftFrame, html: str) -> Iterator[Line]:
    # Where tasks have hosts of their own, our pages may not load anything from there.
    has_pictures = not settings.KEMPELEN_CONTENT_ORIGIN
    for file in files:
        url = frame.file_url(file.path)
        is_picture = file.media_type.startswith("image/") and file.size <= _LARGEST_PICTURE
        yield Line(file, url, url if has_pictures and is_picture else "", _is_named(file.path, html))


def _counted(count: int) -> str:
    return "1 file is" if count == 1 else f"{words.number(count)} files are"


def _is_named(path: str, html: str) -> bool:
    """Tell whether the template names the file, as far as its text shows."""
    return path in html or path.replace(" ", "%20") in html
