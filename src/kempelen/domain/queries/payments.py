"""What was paid beside rewards."""

from django.db.models import Prefetch, QuerySet

from kempelen.domain.errors import NotFound
from kempelen.domain.models import HIT, Assignment, Payment, Requester


def with_bonuses(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Add to each assignment, as `bonuses`, what was paid beside its reward."""
    paid = Payment.objects.filter(kind=Payment.Kind.BONUS).order_by("pk")
    return assignments.prefetch_related(Prefetch("payments", queryset=paid, to_attr="bonuses"))


def bonuses(
    requester: Requester, *, hit_id: str = "", assignment_id: str = "", after: int = 0
) -> QuerySet[Payment]:
    """Give the bonuses paid for a HIT, or for one assignment, in the order in which they were paid.

    `after` is the pk of the last one seen.  A HIT or assignment that is not the requester's is `NotFound`.
    """
    paid = Payment.objects.filter(kind=Payment.Kind.BONUS, pk__gt=after)
    if hit_id:
        hit_pk = (
            HIT.objects.filter(requester=requester, public_id=hit_id).values_list("pk", flat=True).first()
        )
        if hit_pk is None:
            raise NotFound("HIT", hit_id)
        paid = paid.filter(hit=hit_pk)
    else:
        theirs = Assignment.objects.filter(
            hit__requester=requester, public_id=assignment_id, status__in=Assignment.DONE
        )
        pk = theirs.values_list("pk", flat=True).first()
        if pk is None:
            raise NotFound("assignment", assignment_id)
        paid = paid.filter(assignment=pk)
    return (
        paid.select_related("worker", "assignment")
        .defer("assignment__answers", "assignment__draft")
        .order_by("pk")
    )
