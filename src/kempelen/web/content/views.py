"""Task pages: a HIT's, an assignment's, and a requester's unsaved template with a row of values."""

import json
from functools import cache, lru_cache
from pathlib import Path

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain.batches import templates
from kempelen.domain.models import HIT, Assignment, User
from kempelen.web.content import frames, pages, tokens
from kempelen.web.content.contained import contained

_SOURCES = Path(__file__).parents[1] / "static" / "kempelen" / "content"


@require_safe
@contained
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the task page that the token names."""
    try:
        shown = tokens.read(token)
    except BadSignature:
        return _say(request, "This page has been open for too long. Reload it.", status=410)
    if shown.mode == "preview":
        hit = get_object_or_404(HIT.objects.select_related("template_version"), public_id=shown.public_id)
        return _template_page(request, hit, frames.preview_task(request, hit))
    assignment = get_object_or_404(
        Assignment.objects.select_related("worker", "hit__template_version"), public_id=shown.public_id
    )
    if shown.mode == "work" and assignment.status not in (
        Assignment.Status.ACCEPTED,
        Assignment.Status.ABANDONED,
    ):
        return _say(request, f"This HIT is no longer yours to do: it is {assignment.status.lower()}.")
    return _template_page(request, assignment.hit, frames.assignment_task(request, assignment, shown.mode))


@require_POST
@contained
def draft(request: HttpRequest) -> HttpResponse:
    """Show a template that is not saved (`html`), filled with a row (`values`, a JSON object).

    For requesters' members: what anybody could have shown under our name would be an open door.
    """
    user = request.user
    if not isinstance(user, User) or not user.memberships.exists():
        raise Http404
    task = pages.Task("preview", "", submit_to=frames.submit_to(request))
    return _filled_page(request, request.POST.get("html", ""), _row(request.POST.get("values", "")), task)


def _row(text: str) -> dict[str, str]:
    try:
        values = json.loads(text or "{}")
    except ValueError:
        return {}
    return {name: str(value) for name, value in values.items()} if isinstance(values, dict) else {}


def _template_page(request: HttpRequest, hit: HIT, task: pages.Task) -> HttpResponse:
    if hit.template_version is None:
        return _say(request, "This HIT’s question is of a kind that this server does not show yet.")
    return _filled_page(request, hit.template_version.html, hit.inputs or {}, task)


def _filled_page(request: HttpRequest, html: str, row: dict[str, str], task: pages.Task) -> HttpResponse:
    if pages.uses_crowd_elements(html):
        return _say(request, title="Crowd HTML Elements are not shown yet", message=_CROWD_MESSAGE)
    return HttpResponse(pages.page(_compiled(html).fill(row), task, _ours(request)))


_CROWD_MESSAGE = (
    "This task’s template is made with Crowd HTML Elements (<crowd-form> and its kin), which this server "
    "does not show yet. Workers: please return the HIT. Requesters: use plain HTML form fields instead."
)


def _ours(request: HttpRequest) -> pages.Ours:
    return pages.Ours(
        runtime=_source("runtime.js"),
        external_hit=_source("externalHIT_v1.js"),
        style=_source("page.css"),
        external_hit_url=request.build_absolute_uri(static("kempelen/content/externalHIT_v1.js")),
    )


@lru_cache(maxsize=32)
def _compiled(html: str) -> templates.CompiledTemplate:
    return templates.compile_template(html)


@cache
def _source(name: str) -> str:
    return (_SOURCES / name).read_text(encoding="utf-8")


def _say(
    request: HttpRequest, message: str, *, title: str = "Nothing to do here", status: int = 200
) -> HttpResponse:
    """Show a sentence where a task would be, never a blank frame."""
    return render(request, "content/message.html", {"title": title, "message": message}, status=status)
