"""Files of results that are made in the background: asked for, watched, fetched, removed."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain import stored_files
from kempelen.domain.actions import exports
from kempelen.domain.models import Export, Membership
from kempelen.domain.queries.result_files import MEDIA_TYPES
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.downloads import file_asked_for, sent
from kempelen.web.requester.work import work_of
from kempelen.web.ui.respond import respond

PAGE = 25
_FORMS = {form.value: form for form in Export.Form}


@require_POST
@requester_required()
def ask(request: RequesterRequest, number: int = 0, group_id: str = "", project: int = 0) -> HttpResponseBase:
    """Send a small file at once; have a large one made, and show the page where it will be."""
    work = work_of(request.requester, number=number, group_id=group_id, project=project)
    form = _FORMS.get(request.POST.get("form", ""))
    if form is None or not work.is_published:
        raise Http404
    file = file_asked_for(request, work, form)
    if not work.is_large:
        return sent(file)
    exports.ask(file, by=request.user)
    messages.success(request, "The file is being made. You can leave this page meanwhile.")
    return redirect("requester:exports", request.requester.slug)


@require_safe
@requester_required()
def index(request: RequesterRequest) -> HttpResponse:
    """List the requester's files, newest first; the part that moves is fetched alone."""
    found, after = _listed(request), request.GET.get("after", "")
    is_later = after.isdecimal() and len(after) < 18
    if is_later:
        found = found.filter(pk__lt=int(after))
    page = list(found[: PAGE + 1])
    return respond(
        request,
        "requester/exports.html",
        fragment="requester/exports/_list.html",
        exports=page[:PAGE],
        after=page[PAGE - 1].pk if len(page) > PAGE else "",
        is_later=is_later,
        is_moving=any(export.state == Export.State.WAITING for export in page),
        kept_days=exports.KEPT.days,
        may_edit=request.membership.includes(Membership.Role.EDITOR),
    )


@require_safe
@requester_required()
def download(request: RequesterRequest, export_id: str) -> HttpResponseBase:
    """Send a file that is ready; of any other there is nothing to see."""
    export = exports.found(request.requester, export_id)
    if export.state != Export.State.READY:
        raise Http404
    try:
        content = stored_files.storage().open(export.storage_key)
    except FileNotFoundError as error:
        raise Http404 from error
    if export.asked_by_id == request.user.pk:
        exports.told(export)
    media_type = MEDIA_TYPES[Export.Form(export.form)]
    response = FileResponse(content, as_attachment=True, filename=export.file_name, content_type=media_type)
    response.block_size = stored_files.CHUNK_BYTES
    response["Content-Length"] = str(export.size)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@requester_required()
def remove(request: RequesterRequest, export_id: str) -> HttpResponseBase:
    """Remove a file: who asked for it may, and editors may."""
    export = exports.found(request.requester, export_id)
    if export.asked_by_id != request.user.pk and not request.membership.includes(Membership.Role.EDITOR):
        messages.error(request, "Only who asked for a file, or an editor, may remove it.")
    else:
        exports.remove(request.requester, export_id)
        messages.success(request, f"{export.file_name} is removed.")
    return redirect("requester:exports", request.requester.slug)


def _listed(request: RequesterRequest) -> QuerySet[Export]:
    listed = Export.objects.filter(requester=request.requester)
    related = ("asked_by", "batch", "project", "group__hit_type")
    return listed.select_related(*related).order_by("-pk")
