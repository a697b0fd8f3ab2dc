"""Approving and rejecting an answer from the table of results."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kempelen.domain import feedback
from kempelen.domain.actions import assignments
from kempelen.domain.errors import InvalidParameter, NotFound
from kempelen.domain.models import Assignment, Membership
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.results import answers_of, shown
from kempelen.web.requester.work import Work, work_of
from kempelen.web.ui.respond import wants_fragment

REVIEWER = Membership.Role.REVIEWER


@require_POST
@requester_required(REVIEWER)
def approve(
    request: RequesterRequest, assignment_id: str, number: int = 0, group_id: str = ""
) -> HttpResponse:
    """Approve an answer, also one that was rejected; htmx gets the row, a browser without it the page."""
    work = work_of(request.requester, number=number, group_id=group_id)
    had = _answer(work, assignment_id)
    assignments.approve(
        request.requester,
        assignment_id,
        override_rejection=had.status == Assignment.Status.REJECTED,
        by=request.user,
    )
    return _row(request, work, assignment_id, f"The answer of {had.worker} is approved.")


@require_POST
@requester_required(REVIEWER)
def reject(
    request: RequesterRequest, assignment_id: str, number: int = 0, group_id: str = ""
) -> HttpResponse:
    """Reject an answer with a reason, which the worker reads."""
    work = work_of(request.requester, number=number, group_id=group_id)
    had = _answer(work, assignment_id)
    reason = request.POST.get("feedback", "").strip()
    problem = _problem_of(reason)
    if problem:
        return _row(request, work, assignment_id, problem, is_problem=True)
    assignments.reject(request.requester, assignment_id, feedback=reason, by=request.user)
    return _row(request, work, assignment_id, f"The answer of {had.worker} is rejected.")


def _problem_of(reason: str) -> str:
    if not reason:
        return "Say why you reject the answer: the worker reads it."
    try:
        feedback.check(reason)
    except InvalidParameter as refused:
        return str(refused)
    return ""


def _answer(work: Work, assignment_id: str) -> Assignment:
    found = answers_of(work).filter(public_id=assignment_id).first()
    if found is None:
        raise NotFound("assignment", assignment_id)
    return found


def _row(
    request: RequesterRequest, work: Work, assignment_id: str, message: str, *, is_problem: bool = False
) -> HttpResponse:
    if not wants_fragment(request):
        messages.add_message(request, messages.ERROR if is_problem else messages.SUCCESS, message)
        if request.POST.get("from") == "task":
            return redirect(work.in_task, request.requester.slug, work.key, assignment_id)
        return redirect(work.results, request.requester.slug, work.key)
    context = {
        "work": work,
        "shown": shown([_answer(work, assignment_id)])[0],
        "may_review": True,
        "problem": message if is_problem else "",
    }
    return render(request, "requester/results/_row.html", context, status=422 if is_problem else 200)
