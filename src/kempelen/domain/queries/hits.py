"""HITs and assignments as programs read them: page by page, in the order of an index."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache

from django.db.models import BooleanField, Q, QuerySet, prefetch_related_objects
from django.db.models.expressions import RawSQL

from kempelen.domain.answers import texts_of
from kempelen.domain.errors import NotFound
from kempelen.domain.models import HIT, Assignment, HITGroup, Requester, TemplateVersion
from kempelen.domain.prepared import Prepared, Slot

# What a page of submitted work has at most, but for one answer.
PAGE_CHARACTERS = 32 * 10**6
_FIRST_WORK = 10
# The condition of an index, which SQLite uses only if it is written out.
_IN_REVIEW = RawSQL("status IN ('Reviewable', 'Reviewing')", (), output_field=BooleanField())


def found(requester: Requester, hit_id: str) -> HIT:
    """Give the requester's HIT, or refuse with `NotFound`; one that is being published is not there yet."""
    hit = _FOUND.first(requester=requester.pk, id=hit_id)
    if hit is None or hit.group.status == HITGroup.Status.HIDDEN:
        raise NotFound("HIT", hit_id)
    if hit.template_version_id is not None:
        hit.template_version = _VERSION.first(id=hit.template_version_id)
    return hit


def newest(requester: Requester, *, before: int | None, size: int) -> list[HIT]:
    """Give a page of the requester's HITs that are not disposed, newest first, from before this one."""
    hidden = _HIDDEN.all(requester=requester.pk)
    first = _AFTER_ALL if before is None else before
    if not hidden:
        return with_what_is_shown(_page(size).all(requester=requester.pk, before=first))
    listed = HIT.objects.filter(requester=requester, pk__lt=first).exclude(group__in=hidden)
    return with_what_is_shown(listed.exclude(status=HIT.Status.DISPOSED).order_by("-pk")[:size])


def to_review(
    requester: Requester, status: str, *, hit_type_id: str | None, after: int | None, size: int
) -> list[tuple[int, str]]:
    """Give a page of the HITs in this status, by primary key and public id, oldest first."""
    hidden = _HIDDEN.all(requester=requester.pk)
    # With a bound, be it none, SQLite walks along the index; without it, it would sort all there is.
    first = after or 0
    if hit_type_id is None and not hidden:
        return _page_to_review(size, status).all(requester=requester.pk, after=first)
    hits = _in_status(status).filter(requester=requester, pk__gt=first)
    if hidden:
        hits = hits.exclude(group__in=hidden)
    if hit_type_id is not None:
        of_type = HITGroup.objects.filter(requester=requester, hit_type__public_id=hit_type_id)
        hits = hits.filter(group__in=list(of_type.values_list("pk", flat=True)))
    return list(hits.values_list("pk", "public_id")[:size])


def submitted(
    hit: HIT, statuses: Sequence[str], *, after: tuple[datetime, int] | None, size: int
) -> list[Assignment]:
    """Give a page of a HIT's submitted work in these statuses, in the order of submission.

    Where answers are long it is shorter than was asked for: an answer may have 10 MB.
    """
    at, pk = after or (_BEFORE_ALL, 0)
    page: list[Assignment] = []
    room, count = PAGE_CHARACTERS, min(size, _FIRST_WORK)
    while count:
        some = _work(count, tuple(statuses)).all(hit=hit.pk, at=at, after=pk)
        for assignment in some:
            assignment.hit = hit
            room -= _characters(assignment)
            if room < 0 and page:
                return page
            page.append(assignment)
        if len(some) < count:
            break
        at, pk = page[-1].submitted_at or at, page[-1].pk
        count = min(size - len(page), max(1, room * len(page) // max(1, PAGE_CHARACTERS - room)))
    return page


def _characters(assignment: Assignment) -> int:
    return sum(len(text) for given in (assignment.answers or {}).values() for text in texts_of(given))


def assignment(requester: Requester, assignment_id: str) -> Assignment:
    """Give an assignment of the requester's; what was given back or ran out no requester ever sees."""
    its = _ASSIGNMENT.first(id=assignment_id, requester=requester.pk)
    if its is None or its.status in Assignment.GIVEN_UP:
        raise NotFound("assignment", assignment_id)
    return its


def with_what_is_shown(hits: Iterable[HIT]) -> list[HIT]:
    """Read HITs with what their structures show; what they share is read once."""
    page = list(hits)
    groups = _groups({hit.group_id for hit in page})
    for hit in page:
        hit.group = groups[hit.group_id]
        # All HITs of a group have its type.
        hit.hit_type = hit.group.hit_type
    if any(hit.template_version_id is not None for hit in page):
        prefetch_related_objects(page, "template_version__template")
    return page


def _groups(pks: Collection[int]) -> dict[int, HITGroup]:
    if len(pks) <= _FEW_GROUPS:
        return {pk: group for pk in pks if (group := _GROUP.first(id=pk)) is not None}
    return HITGroup.objects.select_related("hit_type").in_bulk(pks)


@cache
def _page(size: int) -> Prepared[HIT]:
    """Give the statement for a page of this size: a hundred of them at most."""

    def make() -> QuerySet[HIT]:
        listed = HIT.objects.filter(requester=Slot("requester"), pk__lt=Slot("before"))
        return listed.exclude(status=HIT.Status.DISPOSED).order_by("-pk")[:size]

    return Prepared(make)


def _in_status(status: str) -> QuerySet[HIT]:
    return HIT.objects.filter(_IN_REVIEW, status=status).order_by("pk")


@lru_cache(maxsize=128)
def _page_to_review(size: int, status: str) -> Prepared[tuple[int, str]]:
    def make() -> QuerySet[HIT, tuple[int, str]]:
        hits = _in_status(status).filter(requester=Slot("requester"), pk__gt=Slot("after"))
        return hits.values_list("pk", "public_id")[:size]

    return Prepared(make)


@lru_cache(maxsize=128)
def _work(size: int, statuses: tuple[str, ...]) -> Prepared[Assignment]:
    def make() -> QuerySet[Assignment]:
        later = Q(submitted_at__gt=Slot("at")) | Q(submitted_at=Slot("at"), pk__gt=Slot("after"))
        work = Assignment.objects.filter(later, hit=Slot("hit"), status__in=statuses)
        return work.select_related("worker").defer("draft").order_by("submitted_at", "pk")[:size]

    return Prepared(make)


_AFTER_ALL = 2**63 - 1
_BEFORE_ALL = datetime.min.replace(year=1970, tzinfo=UTC)
# Mostly there is one; several are cheaper asked for at once.
_FEW_GROUPS = 4
_GROUP = Prepared(lambda: HITGroup.objects.filter(pk=Slot("id")).select_related("hit_type").order_by())
# Reading texts into times and lists costs as much as finding the row, and so do joins: of templates, which
# HITs made by programs seldom have.
_NOT_SHOWN = (
    "group__created_at",
    "group__permissions",
    "group__priorities",
    "hit_type__created_at",
    "hit_type__digest",
)
_VERSION = Prepared(
    lambda: (
        TemplateVersion.objects.filter(pk=Slot("id"))
        .select_related("template")
        .only("html", "language", "template__public_id")
        .order_by()
    )
)
_FOUND = Prepared(
    lambda: (
        HIT.objects.filter(requester=Slot("requester"), public_id=Slot("id"))
        .select_related("hit_type", "group")
        .defer(*_NOT_SHOWN)
        .order_by()
    )
)
_ASSIGNMENT = Prepared(
    lambda: (
        Assignment.objects.filter(public_id=Slot("id"), hit__requester=Slot("requester"))
        .select_related("worker", "hit__hit_type", "hit__group", "hit__template_version__template")
        .defer("draft")
        .order_by()
    )
)
# Groups that are being published: few, and mostly none; as a join each page would ask for every row.
_HIDDEN = Prepared(
    lambda: (
        HITGroup.objects.filter(requester=Slot("requester"), status=HITGroup.Status.HIDDEN.value)
        .order_by()
        .values_list("pk", flat=True)
    )
)
