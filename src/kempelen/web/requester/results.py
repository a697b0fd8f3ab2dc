"""The answers of a batch, or of a HIT group that programs fill, as a table."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import HttpResponse

from kempelen.domain.models import Assignment, Membership
from kempelen.domain.queries import conversations
from kempelen.domain.queries.payments import with_bonuses
from kempelen.web.content import frames
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.answers import ShownAnswer
from kempelen.web.requester.work import Work, work_of
from kempelen.web.ui.respond import respond

PAGE = 50
STATUSES = {
    "submitted": ("Waiting for review", [Assignment.Status.SUBMITTED]),
    "approved": ("Approved", [Assignment.Status.APPROVED]),
    "rejected": ("Rejected", [Assignment.Status.REJECTED]),
    "pending": ("Being worked on", [Assignment.Status.ACCEPTED]),
}


@requester_required()
def index(request: RequesterRequest, number: int = 0, group_id: str = "") -> HttpResponse:
    """Show the answers in the order of the HITs, a page at a time; `q` finds a worker, HIT or row."""
    work = work_of(request.requester, number=number, group_id=group_id)
    search, status = request.GET.get("q", "").strip()[:200], request.GET.get("status", "")
    found = _found(answers_of(work), search, status)
    after = request.GET.get("after", "")
    page = list(_later_than(found, after)[: PAGE + 1])
    if work.group is not None:
        frames.allow_review_frames(request, work.group)
    return respond(
        request,
        "requester/results.html",
        fragment="requester/results/_list.html",
        work=work,
        **work.head_context(),
        answers=shown(page[:PAGE]),
        after=page[PAGE - 1].public_id if len(page) > PAGE else "",
        is_later=bool(after),
        search=search,
        chosen_status=status,
        statuses=[(name, label) for name, (label, _) in STATUSES.items()],
        may_review=request.membership.includes(Membership.Role.REVIEWER),
    )


def shown(answers: Sequence[Assignment]) -> list[ShownAnswer]:
    """Give the answers as rows, each with the number of messages about its HIT."""
    messages = conversations.counted_by_hit(answer.hit_id for answer in answers)
    return [ShownAnswer(answer, messages.get(answer.hit_id, 0)) for answer in answers]


def answers_of(work: Work) -> QuerySet[Assignment]:
    """Give the work's assignments with what a row of the table shows, in the order of its HITs."""
    return with_bonuses(
        Assignment.objects.filter(group=work.group)
        .select_related("hit", "worker")
        .prefetch_related("earlier_answers")
        .order_by("hit", "pk")
    )


def _found(answers: QuerySet[Assignment], search: str, status: str) -> QuerySet[Assignment]:
    """Keep what was asked for; without a status, everything that was submitted."""
    statuses = STATUSES[status][1] if status in STATUSES else list(Assignment.DONE)
    answers = answers.filter(status__in=statuses)
    if search.isdecimal() and len(search) < 10:
        return answers.filter(hit__row_number=int(search))
    if search:
        return answers.filter(
            Q(worker__public_id__istartswith=search) | Q(hit__public_id=search) | Q(public_id=search)
        )
    return answers


def _later_than(answers: QuerySet[Assignment], public_id: str) -> QuerySet[Assignment]:
    last = answers.filter(public_id=public_id).values_list("hit", "pk").first() if public_id else None
    if last is None:
        return answers
    return answers.filter(Q(hit=last[0], pk__gt=last[1]) | Q(hit__gt=last[0]))
