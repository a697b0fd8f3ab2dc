"""Reviewing one by one: where an answer stands in the selection, what comes next, what was decided last."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from kempelen.domain import clock
from kempelen.domain.models import Assignment, Decision, GroupProgress, User
from kempelen.domain.queries import decisions, selections
from kempelen.domain.queries.selections import Selection
from kempelen.web.requester.access import RequesterRequest
from kempelen.web.requester.work import Work
from kempelen.web.ui import words

# More are not counted: whoever has so many left need not know exactly.
MOST_COUNTED = 1_000
WAITING = ("submitted",)


def selection_of(request: HttpRequest) -> Selection:
    """Give the selection that the address names."""
    return Selection.from_query(request.GET)


def wants_json(request: HttpRequest) -> bool:
    """Tell whether our script asks, which turns the page itself."""
    return "application/json" in request.headers.get("Accept", "")


def address_of(request: RequesterRequest, work: Work, assignment_id: str) -> str:
    """Give the page of an answer, in the same selection."""
    return _with_query(request, reverse(work.in_task, args=[request.requester.slug, work.key, assignment_id]))


def address_of_results(request: RequesterRequest, work: Work) -> str:
    """Give the table, with the same selection."""
    return _with_query(request, reverse(work.results, args=[request.requester.slug, work.key]))


def address_of_first(request: RequesterRequest, work: Work) -> str:
    """Give the way to the first answer of the selection that waits for review."""
    return _with_query(request, reverse(work.review, args=[request.requester.slug, work.key]))


def address_after(request: RequesterRequest, work: Work, answer: Assignment, *, stays: bool = False) -> str:
    """Give where to go after an answer: to the next of the selection, or to those that were passed over."""
    if stays:
        return address_of(request, work, answer.public_id)
    following = selections.neighbours(selection_of(request), work.of, answer).next
    return address_of(request, work, following) if following else address_of_first(request, work)


def bar(request: RequesterRequest, work: Work) -> str:
    """Give the line above the answers as it is now: how many are left, and what can be undone."""
    return render_to_string("requester/review/_bar.html", bar_context(request, work), request)


def bar_context(request: RequesterRequest, work: Work) -> dict[str, Any]:
    """Give what the line above the answers shows."""
    left, has_more = count_left(work, selection_of(request))
    return {
        "work": work,
        "left": left,
        "has_more": has_more,
        "total": 0 if selection_of(request).is_narrowed else _total(work, left),
        "newest": decisions.newest_of(request.user, request.requester, work.group),
        "query": request.GET.urlencode(),
    }


def count_left(work: Work, selection: Selection) -> tuple[int, bool]:
    """Count what waits for review in the selection, up to a bound; tells whether there is more."""
    waiting = Selection.from_query(selection.as_query() | {"status": "submitted", "sort": ""})
    found = waiting.reader(work.of).find(None, MOST_COUNTED + 1)
    count = min(len(found.places), MOST_COUNTED)
    return count, len(found.places) > count or found.stopped_at is not None


def last_undoable(answer: Assignment) -> Decision | None:
    """Give what was decided last about the answer, if it can still be undone."""
    last = decisions.last_of([answer]).get(answer.pk)
    return last.decision if last is not None and last.may_be_undone else None


def what_happened(answer: Assignment, user: User) -> str:
    """Say how an answer came to be as it is: who decided, and when."""
    last = decisions.last_of([answer]).get(answer.pk)
    is_theirs = last is not None and _STATUS.get(last.decision.kind) == answer.status
    if last is None or not is_theirs or last.decision.decided_at is None:
        return f"This answer is {_WORDS[answer.status]} by now."
    who = "You have" if last.by == user else f"{last.by or 'Somebody'} has"
    when = words.relative(last.decision.decided_at, clock.now())
    said = f"{who} {_WORDS[answer.status]} this answer {when}"
    return f"{said}: “{answer.feedback}”." if answer.feedback else f"{said}."


def _total(work: Work, left: int) -> int:
    """Give how many answers there are, as counted a moment ago."""
    counted = GroupProgress.objects.filter(group=work.group).values_list("unreviewed", "reviewed").first()
    return max(sum(counted), left) if counted else 0


def _with_query(request: HttpRequest, address: str) -> str:
    query = urlencode(selection_of(request).as_query())
    return f"{address}?{query}" if query else address


_STATUS = {"approve": "Approved", "reject": "Rejected"}
_WORDS = {
    "Accepted": "being worked on",
    "Submitted": "waiting for its review",
    "Approved": "approved",
    "Rejected": "rejected",
    "Returned": "returned",
    "Abandoned": "abandoned",
}
