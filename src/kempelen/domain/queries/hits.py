"""HITs and assignments as programs read them: page by page, in the order of an index."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from kempelen.domain.errors import NotFound
from kempelen.domain.models import HIT, Assignment, HITGroup, Requester

# The condition of an index, which SQLite uses only if it is written out.
_IN_REVIEW = RawSQL("status IN ('Reviewable', 'Reviewing')", (), output_field=BooleanField())


def found(requester: Requester, hit_id: str) -> HIT:
    """Give the requester's HIT, or refuse with `NotFound`; one that is being published is not there yet."""
    hit = (
        HIT.objects.filter(requester=requester, public_id=hit_id)
        .exclude(group__status=HITGroup.Status.HIDDEN)
        .select_related("hit_type", "group", "template_version__template")
        .first()
    )
    if hit is None:
        raise NotFound("HIT", hit_id)
    return hit


def newest(requester: Requester, *, before: int | None, size: int) -> list[HIT]:
    """Give a page of the requester's HITs that are not disposed, newest first, from before this one."""
    hits = _listed(requester).exclude(status=HIT.Status.DISPOSED).order_by("-pk")
    if before is not None:
        hits = hits.filter(pk__lt=before)
    return with_what_is_shown(hits[:size])


def to_review(
    requester: Requester, status: str, *, hit_type_id: str | None, after: int | None, size: int
) -> list[tuple[int, str]]:
    """Give a page of the HITs in this status, by primary key and public id, oldest first."""
    hits = _listed(requester).filter(_IN_REVIEW, status=status)
    if hit_type_id is not None:
        of_type = HITGroup.objects.filter(requester=requester, hit_type__public_id=hit_type_id)
        hits = hits.filter(group__in=list(of_type.values_list("pk", flat=True)))
    # With a bound, be it none, SQLite walks along the index; without it, it would sort all there is.
    hits = hits.filter(pk__gt=after or 0).order_by("pk")
    return list(hits.values_list("pk", "public_id")[:size])


def submitted(
    hit: HIT, statuses: Sequence[str], *, after: tuple[datetime, int] | None, size: int
) -> list[Assignment]:
    """Give a page of a HIT's submitted work in these statuses, in the order of submission."""
    work = Assignment.objects.filter(hit=hit, status__in=statuses).select_related("worker").defer("draft")
    if after is not None:
        at, pk = after
        work = work.filter(Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=pk))
    page = list(work.order_by("submitted_at", "pk")[:size])
    for assignment in page:
        assignment.hit = hit
    return page


def assignment(requester: Requester, assignment_id: str) -> Assignment:
    """Give an assignment of the requester's; what was given back or ran out no requester ever sees."""
    its = (
        Assignment.objects.filter(public_id=assignment_id, hit__requester=requester)
        .exclude(status__in=Assignment.GIVEN_UP)
        .select_related("worker", "hit__hit_type", "hit__group", "hit__template_version__template")
        .defer("draft")
        .first()
    )
    if its is None:
        raise NotFound("assignment", assignment_id)
    return its


def with_what_is_shown(hits: QuerySet[HIT, Any]) -> list[HIT]:
    """Read HITs with what their structures show; what they share is read once."""
    return list(hits.prefetch_related("hit_type", "group", "template_version__template"))


def _listed(requester: Requester) -> QuerySet[HIT]:
    hits = HIT.objects.filter(requester=requester)
    # Few, and mostly none; as a join each page would ask for every row.
    hidden = HITGroup.objects.filter(requester=requester, status=HITGroup.Status.HIDDEN)
    pks = list(hidden.values_list("pk", flat=True))
    return hits.exclude(group__in=pks) if pks else hits
