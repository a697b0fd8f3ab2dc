"""What was paid, as the figures take it from the payments."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import F, Q, Sum
from django.db.models.lookups import Exact

from kempelen.domain.models import Payment, Scope
from kempelen.domain.statistics import rows


def is_told(kind: str) -> bool:
    """Whether an event of this kind may tell of a bonus that is for no assignment."""
    return kind.startswith("Bonus")


def paid_for(assignment_pks: list[int]) -> dict[int, tuple[int, int]]:
    """Give the cents of reward and of bonuses that were paid for assignments, of those with any."""
    rewards, extras = _sums("reward", assignment_pks), _sums("bonus", assignment_pks)
    return {pk: (rewards.get(pk, 0), extras.get(pk, 0)) for pk in rewards.keys() | extras.keys()}


def _sums(kind: str, assignment_pks: list[int]) -> dict[int, int]:
    # With the kind written out: the indexes by assignment have one of one kind only.
    marks = ", ".join(["%s"] * len(assignment_pks))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT assignment_id, SUM(amount_cents) FROM {Payment._meta.db_table} "
            f"WHERE kind = '{kind}' AND assignment_id IN ({marks}) GROUP BY assignment_id",
            assignment_pks,
        )
        return {pk: int(cents) for pk, cents in cursor.fetchall()}


def count_of(pairs: Iterable[tuple[int, int]]) -> None:
    """Count what requesters have paid workers beside all assignments, by the primary keys of both."""
    sums = []
    for requester, worker in sorted(pairs):
        # Written so that the worker's index is taken: a requester may have paid a million rewards.
        of_requester = Q(Exact(F("requester") + 0, requester))
        paid = Payment.objects.filter(of_requester, worker=worker, assignment__isnull=True)
        sums.append((requester, worker, paid.aggregate(cents=Sum("amount_cents"))["cents"] or 0))
    rows.set_other_bonuses(Scope.REQUESTER, sums)


def count_all() -> None:
    """Count all bonuses that were for no assignment."""
    paid = Payment.objects.filter(assignment__isnull=True).order_by("requester", "worker")
    sums = paid.values_list("requester", "worker").annotate(Sum("amount_cents"))
    rows.set_other_bonuses(Scope.REQUESTER, sums)
