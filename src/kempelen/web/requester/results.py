"""The answers of a batch, of a HIT group that programs fill, or of a whole project, as a table."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from kempelen.domain.models import Assignment, Membership
from kempelen.domain.queries import conversations, selections
from kempelen.domain.queries.payments import with_bonuses
from kempelen.domain.queries.selections import Selection
from kempelen.web.content import frames
from kempelen.web.requester import answer_columns
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.answers import ShownAnswer
from kempelen.web.requester.work import BatchWork, ProjectWork, Work, work_of
from kempelen.web.ui.respond import respond

PAGE = 50
STATUSES = (
    ("submitted", "Waiting for review"),
    ("approved", "Approved"),
    ("rejected", "Rejected"),
    ("approved,rejected", "Approved or rejected"),
    ("pending", "Being worked on"),
)
SORTS = (
    ("", "By HIT"),
    ("-submitted", "Newest first"),
    ("submitted", "Oldest first"),
    ("time", "Quickest first"),
    ("-time", "Slowest first"),
    ("worker", "By worker"),
)
_MOST_SEARCHED = 10**12


@requester_required()
def index(request: RequesterRequest, number: int = 0, group_id: str = "", project: int = 0) -> HttpResponse:
    """Show the answers that are chosen, a page at a time; addresses are `Selection.as_query`."""
    work = work_of(request.requester, number=number, group_id=group_id, project=project)
    selection = Selection.from_query(request.GET)
    after, before = request.GET.get("after", "")[:30], request.GET.get("before", "")[:30]
    found = selections.page(selection, work.of, after=after, before=before, size=PAGE)
    answers = shown(found.of(answers_of(work)), work)
    # All its groups have one origin: the requester's.
    for group in work.groups_of([answer.assignment for answer in answers])[:1]:
        frames.allow_review_frames(request, group)
    return respond(
        request,
        "requester/results.html",
        fragment="requester/results/_list.html",
        work=work,
        **work.head_context(),
        **filters_of(selection),
        **answer_columns.choice(request, answers),
        **answer_columns.row_context(request, answers, names_batch=isinstance(work, ProjectWork)),
        answers=answers,
        after=found.next,
        before=found.previous,
        is_later=bool(after or before),
        is_cut=found.is_cut,
        searched=_searched(request) + found.searched,
        may_review=request.membership.includes(Membership.Role.REVIEWER),
    )


def filters_of(selection: Selection) -> dict[str, Any]:
    """Give what the form of filters (`requester/results/filters.html`) shows."""
    return {
        "selection": selection,
        "chosen_status": ",".join(selection.statuses),
        "chosen_query": urlencode(selection.as_query()),
        "statuses": STATUSES,
        "sorts": SORTS,
        "known_sorts": [name for name, _ in SORTS],
    }


def shown(answers: Sequence[Assignment], work: Work | None = None) -> list[ShownAnswer]:
    """Give the answers as rows, each with the number of messages about its HIT, and its batch's work."""
    messages = conversations.counted_by_hit(answer.hit_id for answer in answers)
    batches = work.batches_of(answers) if work is not None else {}
    return [
        ShownAnswer(
            answer,
            messages.get(answer.hit_id, 0),
            BatchWork(batches[answer.group_id]) if answer.group_id in batches else work,
        )
        for answer in answers
    ]


def answers_of(work: Work) -> QuerySet[Assignment]:
    """Give the work's assignments with what a row of the table shows, in the order of its HITs."""
    return with_bonuses(
        Assignment.objects.filter(group__in=work.group_pks())
        .select_related("hit", "worker")
        .prefetch_related("earlier_answers")
        .order_by("group", "hit", "pk")
    )


def _searched(request: HttpRequest) -> int:
    """Give how many answers were looked at on the pages before, as the address says."""
    told = request.GET.get("searched", "")
    return min(int(told), _MOST_SEARCHED) if told.isdecimal() and len(told) < 13 else 0
