"""Reviews of many answers: where to begin one by one, and what is done with a whole selection."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain import money
from kempelen.domain.actions import bulk_reviews
from kempelen.domain.errors import NotFound
from kempelen.domain.models import BulkReview, Decision, HITGroup, Membership
from kempelen.domain.queries import bulk_reviews as reads
from kempelen.domain.queries import decisions, selections
from kempelen.domain.queries.selections import Selection
from kempelen.web.requester import desk, failed
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.review import problem_of
from kempelen.web.requester.work import BatchWork, ProjectWork, Work, work_of
from kempelen.web.ui.respond import respond

REVIEWER = Membership.Role.REVIEWER
# More than a page of the table has are chosen by a filter.
MOST_CHOSEN = 1_000


@require_safe
@requester_required()
def begin(request: RequesterRequest, number: int = 0, group_id: str = "") -> HttpResponseBase:
    """Lead to the first answer of the selection that waits for review, or say that none does."""
    work = work_of(request.requester, number=number, group_id=group_id)
    group = _group(work)
    given = Selection.from_query(request.GET)
    query = given.as_query() | {"status": ",".join(given.statuses or desk.WAITING)}
    waiting = Selection.from_query(query | {"status": "submitted"})
    found = selections.page(waiting, work.of, after=request.GET.get("after", "")[:30], size=1)
    if found.pks:
        first = found.of(group.assignments.all())[0]
        path = desk.address_of(request, work, first.public_id).partition("?")[0]
        return redirect(f"{path}?{urlencode(query)}")
    return respond(
        request,
        "requester/review/none_left.html",
        work=work,
        **work.head_context(),
        selection=given,
        further=urlencode(query | {"after": found.next}) if found.is_cut else "",
        to_results=desk.address_of_results(request, work),
        newest=decisions.newest_of(request.user, request.requester, group),
        query=request.GET.urlencode(),
        may_review=request.membership.includes(REVIEWER),
    )


@requester_required(REVIEWER)
def index(
    request: RequesterRequest, number: int = 0, group_id: str = "", project: int = 0
) -> HttpResponseBase:
    """List the reviews of many answers; a POST plans one, of the answers chosen or of all of a filter."""
    work = work_of(request.requester, number=number, group_id=group_id, project=project)
    if request.method == "POST":
        return _plan(request, work)
    return respond(
        request,
        "requester/review/reviews.html",
        work=work,
        **work.head_context(),
        reviews=reads.newest(reviewed_by(work)),
    )


def _plan(request: RequesterRequest, work: Work) -> HttpResponseBase:
    kind, reason = request.POST.get("kind", ""), request.POST.get("reason", "").strip()
    amount = request.POST.get("amount", "")
    selection = Selection.from_query(request.POST)
    chosen = request.POST.getlist("chosen")[:MOST_CHOSEN]
    is_all = request.POST.get("which") == "all"
    if kind not in Decision.Kind.values:
        problem = "Choose what to do with the answers: approve, reject or pay a bonus."
    elif not is_all and not chosen:
        problem = "Choose answers first, by the boxes before them, or all of this filter."
    else:
        problem = problem_of(kind, reason, amount)
    if problem:
        messages.error(request, problem)
        results = desk.address_of_results(request, work).partition("?")[0]
        return redirect(f"{results}?{urlencode(selection.as_query())}")
    review = bulk_reviews.plan(
        request.requester,
        reviewed_by(work),
        kind,
        selection=selection.as_query() if is_all else None,
        chosen_ids=chosen,
        reason=reason,
        amount_cents=money.cents_of(amount) if kind == Decision.Kind.BONUS else None,
        by=request.user,
    )
    return redirect(work.bulk_review, request.requester.slug, work.key, review.public_id)


@require_safe
@requester_required(REVIEWER)
def show(
    request: RequesterRequest, review_id: str, number: int = 0, group_id: str = "", project: int = 0
) -> HttpResponse:
    """Show a plan to confirm, how far it is, or what came of it."""
    work, review = _review(request, review_id, number=number, group_id=group_id, project=project)
    after = request.GET.get("after", "")
    rows, counts = reads.rows(review, after=after), reads.Figures.of(review)
    return respond(
        request,
        "requester/review/review.html",
        fragment="requester/review/_review.html",
        work=work,
        **work.head_context(),
        review=review,
        counts=counts,
        failed_work=failed.shown(request, review),
        cost_without_repeated=counts.planned.not_repeated * (review.amount_cents or 0),
        earlier=reads.earlier_bonus(review),
        may_be_undone=bulk_reviews.may_be_undone(review),
        undone_until=reads.undone_until(review),
        rows=_with_work(rows[: reads.PAGE], work),
        after=reads.place_of(rows[reads.PAGE - 1]) if len(rows) > reads.PAGE else "",
        is_later=bool(after),
    )


@require_POST
@requester_required(REVIEWER)
def confirm(
    request: RequesterRequest, review_id: str, number: int = 0, group_id: str = "", project: int = 0
) -> HttpResponseBase:
    """Do what was planned."""
    work, review = _review(request, review_id, number=number, group_id=group_id, project=project)
    leaves_repeated = "leave_out" in request.POST
    bulk_reviews.confirm(review, leaves_repeated=leaves_repeated, by=request.user)
    return redirect(work.bulk_review, request.requester.slug, work.key, review_id)


@require_POST
@requester_required(REVIEWER)
def undo(
    request: RequesterRequest, review_id: str, number: int = 0, group_id: str = "", project: int = 0
) -> HttpResponseBase:
    """Take back what was done, within ten minutes."""
    work, review = _review(request, review_id, number=number, group_id=group_id, project=project)
    bulk_reviews.undo(review, by=request.user)
    return redirect(work.bulk_review, request.requester.slug, work.key, review_id)


@require_POST
@requester_required(REVIEWER)
def drop(
    request: RequesterRequest, review_id: str, number: int = 0, group_id: str = "", project: int = 0
) -> HttpResponseBase:
    """Forget a plan; nothing of it was done."""
    work, review = _review(request, review_id, number=number, group_id=group_id, project=project)
    bulk_reviews.drop(review)
    messages.success(request, "Nothing was decided.")
    return redirect(work.results, request.requester.slug, work.key)


def reviewed_by(work: Work) -> bulk_reviews.Reviewed:
    """Give what reviews of the work's answers are of; a batch that is not published has no answers."""
    if isinstance(work, ProjectWork):
        return work.project
    return _group(work)


def _review(request: RequesterRequest, review_id: str, **where: Any) -> tuple[Work, BulkReview]:
    work = work_of(request.requester, **where)
    return work, bulk_reviews.found(request.requester, reviewed_by(work), review_id)


def _with_work(rows: Sequence[Decision], work: Work) -> Sequence[Decision]:
    """Tell each row the work whose pages show its answer: of a project, that of its batch."""
    batches = work.batches_of([row.assignment for row in rows])
    for row in rows:
        batch = batches.get(row.assignment.group_id)
        row.work = BatchWork(batch) if batch else work  # type: ignore[attr-defined]
    return rows


def _group(work: Work) -> HITGroup:
    if work.group is None:
        raise NotFound("answer of", work.name)
    return work.group
