"""A requester's qualification types as its pages list them: newest first, with how many hold and wait."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import BooleanField, Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from kempelen.domain.models import Qualification, QualificationRequest, QualificationType, Requester

# Nobody counts further by eye, and to count ten thousand for each line would take its time.
MOST_COUNTED = 1_000
_END = datetime.max.replace(year=9000, tzinfo=UTC)
_STATUS = QualificationType.Status
STATUSES = {
    "": (_STATUS.ACTIVE, _STATUS.INACTIVE),
    "active": (_STATUS.ACTIVE,),
    "inactive": (_STATUS.INACTIVE,),
    "deleted": (_STATUS.DISPOSED,),
}


def types_of(
    requester: Requester, *, search: str = "", status: str = "", after: int | None = None, size: int
) -> list[QualificationType]:
    """Give a page of the requester's types from after this primary key, newest first.

    Each has `has_test` and `has_key`, and `holder_count` and `waiting_count`, which end at `MOST_COUNTED`.
    The documents themselves are left out.  `status` is a key of `STATUSES`.
    """
    kinds = QualificationType.objects.filter(
        requester=requester, status__in=STATUSES.get(status, STATUSES[""])
    )
    for word in search.split()[:10]:
        kinds = kinds.filter(
            Q(name__icontains=word)
            | Q(keywords__icontains=word)
            | Q(description__icontains=word)
            | Q(public_id__iexact=word)
        )
    if after is not None:
        kinds = kinds.filter(pk__lt=after)
    return list(counted(kinds.order_by("-pk")).defer("test", "answer_key")[:size])


def counted(kinds: QuerySet[QualificationType]) -> QuerySet[QualificationType]:
    """Give the types with what `types_of` says of each."""
    held = Qualification.objects.filter(status=Qualification.Status.GRANTED)
    pending = QualificationRequest.Status.PENDING.value
    waits = QualificationRequest.objects.filter(status=pending)
    return kinds.annotate(
        has_test=_is(~Q(test="")),
        has_key=_is(~Q(answer_key="")),
        holder_count=_count(held, "pk", 2**62),
        waiting_count=_count(waits, "submitted_at", _END),
    )


def waiting_count(requester: Requester) -> int:
    """Give how many requests wait for the requester's answer, no further than `MOST_COUNTED`."""
    waits = QualificationRequest.objects.filter(
        qualification_type__requester=requester, status=QualificationRequest.Status.PENDING
    )
    return waits.order_by()[:MOST_COUNTED].count()


def _is(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _count(rows: "QuerySet[Qualification] | QuerySet[QualificationRequest]", key: str, end: Any) -> Coalesce:
    """Count the rows up to the limit, in the order of their index; more are not looked at.

    `end` is beyond every key: where there are fewer, all count.
    """
    in_order = rows.filter(qualification_type=OuterRef(OuterRef("pk"))).order_by(key)
    last = Subquery(in_order.values(key)[MOST_COUNTED - 1 : MOST_COUNTED])
    its = {"qualification_type": OuterRef("pk"), f"{key}__lte": Coalesce(last, Value(end))}
    few = rows.filter(**its).order_by()
    number = few.values("qualification_type").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)
