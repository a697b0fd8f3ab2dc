"""Bonuses that would be paid a second time: answers that had one for the same reason, or within a day.

A plan marks them, so that whoever confirms it decides about them.  What such a bonus comes to after the plan
was looked at was not confirmed by anybody, and is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.db.models import Q

from kempelen.domain import answers, clock
from kempelen.domain.actions.verdicts import Obstacle
from kempelen.domain.models import BulkReview, Decision, Payment

RECENT = timedelta(days=1)
MARK = Obstacle.REPEATED
# What a review's figures call whether its repeated bonuses are left out, and the newest of the earlier ones.
LEAVES_OUT, NEWEST = "leaves_repeated", "newest_bonus"


def earlier(assignment_pks: Iterable[int], *, reason: str) -> Mapping[int, Payment]:
    """Give the newest bonus that each of these answers had for this reason, or within the last day."""
    same = Q(reason=answers.storable(reason)) | Q(paid_at__gt=clock.now() - RECENT)
    bonuses = Payment.objects.filter(same, kind=Payment.Kind.BONUS, assignment__in=list(assignment_pks))
    return {bonus.assignment_id: bonus for bonus in bonuses.order_by("pk") if bonus.assignment_id}


def mark(review: BulkReview, page: Sequence[Decision]) -> int:
    """Mark the decisions of a page of its plan that repeat a bonus, and note the newest; gives how many."""
    planned = [its for its in page if its.state == Decision.State.PLANNED]
    if review.kind != Decision.Kind.BONUS or not planned:
        return 0
    had = earlier([its.assignment_id for its in planned], reason=review.reason)
    for its in planned:
        its.why = MARK if its.assignment_id in had else ""
    if had:
        newest = max(had.values(), key=lambda bonus: bonus.paid_at)
        _note(review, newest)
    return len(had)


def left_out(review: BulkReview, page: Sequence[Decision]) -> Mapping[int, Obstacle]:
    """Give the answers that get no bonus: marked ones if that was confirmed, and what came meanwhile."""
    if review.kind != Decision.Kind.BONUS:
        return {}
    marked = {its.assignment_id for its in page if its.why == MARK}
    had = earlier([its.assignment_id for its in page], reason=review.reason)
    leaves = marked if review.figures.get(LEAVES_OUT) else set()
    return dict.fromkeys(leaves | (had.keys() - marked), MARK)


def _note(review: BulkReview, bonus: Payment) -> None:
    known = review.figures.get(NEWEST)
    if known is None or known["at"] < bonus.paid_at.isoformat():
        review.figures[NEWEST] = {
            "at": bonus.paid_at.isoformat(),
            "cents": bonus.amount_cents,
            "reason": bonus.reason[:1024],
        }
