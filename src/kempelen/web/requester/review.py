"""Deciding about one answer: approve, reject, pay a bonus, and undo; from the table or one by one."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kempelen.domain import feedback, money
from kempelen.domain.actions import decisions, payments
from kempelen.domain.errors import InvalidParameter, NotFound, RepeatedRequest, WrongState
from kempelen.domain.models import Assignment, Decision, Membership
from kempelen.domain.money import NotAnAmount
from kempelen.web.requester import answer_columns, desk
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.results import answers_of, shown
from kempelen.web.requester.work import Work, work_of
from kempelen.web.ui.respond import wants_fragment

REVIEWER = Membership.Role.REVIEWER
Kind = Decision.Kind
_DONE = {
    Kind.APPROVE: "The answer of {worker} is approved.",
    Kind.REJECT: "The answer of {worker} is rejected.",
    Kind.BONUS: "{worker} gets the bonus.",
}
_MISSING = {
    Kind.REJECT: "Say why you reject the answer: the worker reads it.",
    Kind.BONUS: "Say what the bonus is for: the worker reads it.",
}


@require_POST
@requester_required(REVIEWER)
def approve(
    request: RequesterRequest, assignment_id: str, number: int = 0, group_id: str = ""
) -> HttpResponse:
    """Approve an answer, also one that was rejected if that is what the member saw."""
    work = work_of(request.requester, number=number, group_id=group_id)
    return _decide(request, work, assignment_id, Kind.APPROVE)


@require_POST
@requester_required(REVIEWER)
def reject(
    request: RequesterRequest, assignment_id: str, number: int = 0, group_id: str = ""
) -> HttpResponse:
    """Reject an answer with a reason, which the worker reads."""
    work = work_of(request.requester, number=number, group_id=group_id)
    return _decide(request, work, assignment_id, Kind.REJECT)


@require_POST
@requester_required(REVIEWER)
def bonus(request: RequesterRequest, assignment_id: str, number: int = 0, group_id: str = "") -> HttpResponse:
    """Pay the worker more for an answer, whatever its review said."""
    work = work_of(request.requester, number=number, group_id=group_id)
    return _decide(request, work, assignment_id, Kind.BONUS)


@require_POST
@requester_required(REVIEWER)
def undo(request: RequesterRequest, assignment_id: str, number: int = 0, group_id: str = "") -> HttpResponse:
    """Take back what was decided last about the answer, within ten minutes."""
    work = work_of(request.requester, number=number, group_id=group_id)
    had = _answer(work, assignment_id)
    decided_at = request.POST.get("decided", "")
    decisions.undo(request.requester, assignment_id, decided_at=decided_at, by=request.user)
    message = f"Taken back. This is the answer of {had.worker} again."
    if desk.wants_json(request):
        url = desk.address_of(request, work, assignment_id)
        return JsonResponse({"message": message, "next": url, "bar": desk.bar(request, work)})
    return _answered(request, work, assignment_id, message, stays=True)


def _decide(request: RequesterRequest, work: Work, assignment_id: str, kind: Kind) -> HttpResponse:
    had = _answer(work, assignment_id)
    _check_seen(request, had)
    reason, amount = request.POST.get("feedback", "").strip(), request.POST.get("amount", "")
    if problem := problem_of(kind, reason, amount):
        return _refused(request, work, assignment_id, problem)
    message = _DONE[kind].format(worker=had.worker)
    try:
        decisions.decide(
            request.requester,
            assignment_id,
            kind,
            reason=reason,
            amount_cents=money.cents_of(amount) if kind == Kind.BONUS else None,
            overrides=had.status == Assignment.Status.REJECTED,
            token=request.POST.get("token", "")[:64],
            by=request.user,
        )
    except RepeatedRequest:
        message = "This bonus was paid already; nothing was paid twice."
    if desk.wants_json(request):
        url = desk.address_after(request, work, had, stays=kind == Kind.BONUS)
        return JsonResponse({"message": message, "next": url, "bar": desk.bar(request, work)})
    return _answered(request, work, assignment_id, message, stays=kind == Kind.BONUS)


def problem_of(kind: str, reason: str, amount: str) -> str:
    """Tell what is wrong with what was filled in; empty if nothing is."""
    if kind != Kind.APPROVE and not reason:
        return _MISSING[Kind(kind)]
    try:
        feedback.check(reason)
        if kind == Kind.BONUS:
            payments.check_amount(money.cents_of(amount))
    except (InvalidParameter, NotAnAmount) as refused:
        return str(refused)
    return ""


def _check_seen(request: RequesterRequest, had: Assignment) -> None:
    """Refuse, and say who was quicker, if the answer is not as the member saw it."""
    seen = request.POST.get("seen", "")
    if seen and seen != had.status:
        raise WrongState(f"{desk.what_happened(had, request.user)} Nothing was changed.")


def _answer(work: Work, assignment_id: str) -> Assignment:
    found = answers_of(work).filter(public_id=assignment_id).first()
    if found is None:
        raise NotFound("assignment", assignment_id)
    return found


def _refused(request: RequesterRequest, work: Work, assignment_id: str, problem: str) -> HttpResponse:
    if desk.wants_json(request):
        return JsonResponse({"message": problem}, status=422)
    if wants_fragment(request):
        return _row(request, work, assignment_id, problem=problem)
    messages.error(request, problem)
    return redirect(_way_back(request, work, assignment_id, stays=True))


def _answered(
    request: RequesterRequest, work: Work, assignment_id: str, message: str, *, stays: bool
) -> HttpResponse:
    if wants_fragment(request):
        return _row(request, work, assignment_id)
    messages.success(request, message)
    return redirect(_way_back(request, work, assignment_id, stays=stays))


def _way_back(request: RequesterRequest, work: Work, assignment_id: str, *, stays: bool) -> str:
    if request.POST.get("from") != "task":
        return desk.address_of_results(request, work)
    return desk.address_after(request, work, _answer(work, assignment_id), stays=stays)


def _row(request: RequesterRequest, work: Work, assignment_id: str, *, problem: str = "") -> HttpResponse:
    answer = _answer(work, assignment_id)
    row = shown([answer], work)[0]
    context = {
        "work": work,
        "shown": row,
        **answer_columns.row_context(request, [row]),
        "may_review": True,
        "last": desk.last_undoable(answer),
        "problem": problem,
    }
    return render(request, "requester/results/_row.html", context, status=422 if problem else 200)
