"""The work page: one task in its frame, a thin bar of ours, and what a worker can do with the assignment."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain import clock
from kempelen.domain.actions import assignments, claims, people
from kempelen.domain.errors import Refusal
from kempelen.domain.models import Assignment, HITGroup, Worker
from kempelen.domain.queries import drafts
from kempelen.web.content import fields
from kempelen.web.content.frames import work_frame
from kempelen.web.received import body_of
from kempelen.web.worker.doors import assignment_of
from kempelen.web.worker.identity import WorkerRequest

_LATE = (
    "The time for this HIT was over, and its place has gone to somebody else. "
    "Your answer is kept as a draft, but it does not count."
)


@require_safe
@never_cache
def work(request: WorkerRequest, assignment_id: str) -> HttpResponse:
    """Show the task of an assignment in hand; of another, what became of it."""
    assignment = assignment_of(request, assignment_id)
    context: dict[str, Any] = {"assignment": assignment, "hit": assignment.hit}
    if assignment.status != Assignment.Status.ACCEPTED:
        return render(request, "worker/_work_over.html", context)
    frame = context["frame"] = work_frame(request, assignment)
    context["accepts_next"] = wants_next(assignment.worker)
    context["keeps_drafts"] = not frame.is_elsewhere
    context["kept"] = drafts.to_go_on_with(assignment)
    context["now"] = clock.real_now()
    context["file_limit"] = settings.KEMPELEN_FILE_LIMIT
    return render(request, "worker/work.html", context)


@require_POST
def submit(request: WorkerRequest, assignment_id: str) -> JsonResponse:
    """Store the fields that the task sent (`{"fields": [[name, value], …]}`), once.

    A repeat is answered like the first; a refusal (kempelen.web.refusals) has a `message` too.  With null
    for fields it only asks how the assignment stands, which the work page does when the task sent its
    answer by MTurk's own way.
    """
    sent, worker = fields.from_json(body_of(request)), request.worker
    if sent is None or worker is None:
        return _standing(request, assignment_of(request, assignment_id))
    assignment = assignments.submit(assignment_id, fields.answers_of(sent), worker=worker).assignment
    assignment.worker = worker
    return _standing(request, assignment)


@require_POST
def return_assignment(request: WorkerRequest, assignment_id: str) -> HttpResponse:
    """Give the place back to others."""
    assignment = assignment_of(request, assignment_id)
    assignments.return_assignment(assignment.worker, assignment.public_id)
    messages.success(request, "Returned. Somebody else can do this HIT now.")
    return redirect("worker:group", assignment.group.public_id)


@require_POST
def skip_assignment(request: WorkerRequest, assignment_id: str) -> HttpResponse:
    """Put the HIT off until the end of its group, and go on with the next."""
    skipped = assignment_of(request, assignment_id)
    assignments.skip(skipped.worker, skipped.public_id)
    following = _accept_next(skipped.worker, skipped.group)
    if following is None:
        messages.info(request, "Skipped. There is no other HIT for you in this group now.")
        return redirect("worker:group", skipped.group.public_id)
    if following.hit_id == skipped.hit_id:
        messages.info(request, "This is the only HIT left for you in this group.")
    return redirect("worker:work", following.public_id)


@require_POST
def auto_accept(request: WorkerRequest) -> HttpResponse:
    """Remember whether the next HIT is to be accepted as soon as one is submitted."""
    if request.worker is not None:
        people.set_accepts_next(request.worker, accepts_next="accepts_next" in request.POST)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204)
    return redirect(_way_back(request))


def wants_next(worker: Worker) -> bool:
    """Tell whether the worker wants the next HIT at once: their own choice, else the server's default."""
    if worker.accepts_next is None:
        return bool(settings.KEMPELEN_NEXT_HIT_ON_SUBMIT)
    return worker.accepts_next


def _standing(request: HttpRequest, assignment: Assignment) -> JsonResponse:
    """Tell the work page what is true of the assignment, and where to go from it."""
    if assignment.status in Assignment.DONE:
        return _reply("submitted", "Submitted.", next_page=_next_page(request, assignment))
    group_page = reverse("worker:group", args=[assignment.group.public_id])
    if assignment.status == Assignment.Status.ABANDONED:
        return _reply("late", _LATE, next_page=group_page)
    if assignment.status == Assignment.Status.RETURNED:
        return _reply("refused", "You returned this HIT, so its answer is not taken.", next_page=group_page)
    return _reply("open", "")


def _next_page(request: HttpRequest, assignment: Assignment) -> str:
    """Give where a worker goes after submitting.

    A repeated request (the first answer was lost on its way) finds the HIT that the first accepted.
    """
    group = assignment.group
    if not wants_next(assignment.worker):
        messages.success(request, "Submitted.")
        return reverse("worker:preview_next", args=[group.public_id])
    following = _accept_next(assignment.worker, group)
    if following is not None:
        return reverse("worker:work", args=[following.public_id])
    messages.success(request, "Submitted. That was the last HIT for you in this group for now.")
    return reverse("worker:group", args=[group.public_id])


def _accept_next(worker: Worker, group: HITGroup) -> Assignment | None:
    try:
        return claims.accept_or_resume(worker, group)
    except Refusal:
        return None


def _reply(status: str, message: str, *, next_page: str = "") -> JsonResponse:
    return JsonResponse({"status": status, "message": message, "next": next_page})


def _way_back(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()})
    return referer if is_ours else reverse("worker:home")
