"""Qualification types and what workers have of them, page by page, in the order of an index."""

from datetime import UTC, datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from kempelen.domain import clock
from kempelen.domain.errors import NotFound, WrongLength, WrongState
from kempelen.domain.models import (
    HIT,
    HITGroup,
    Qualification,
    QualificationRequest,
    QualificationType,
    Requester,
    Worker,
    WorkerBlock,
)
from kempelen.domain.prepared import Prepared, Slot
from kempelen.domain.qualifications import system_types
from kempelen.domain.queries import hits

# System types are as old as MTurk; their rows, if they have any, are younger.
_EPOCH = datetime.fromisoformat("2005-11-02T00:00:00+00:00")
_END = datetime.max.replace(year=9000, tzinfo=UTC)
_PENDING = QualificationRequest.Status.PENDING.value
# As long as the longest keywords; SQLite looks for neither much longer words nor a thousand of them.
_LONGEST_QUERY = 1_000


def found_type(requester: Requester, type_id: str) -> QualificationType:
    """Give a type that the requester can see: its own, anybody's active one, or a system type."""
    known = _known().get(type_id)
    if known is not None:
        return _as_type(known)
    kind = _visible_to(requester).filter(public_id=type_id).first()
    if kind is None:
        raise NotFound("qualification type", type_id)
    return kind


def own_type(requester: Requester, type_id: str) -> QualificationType:
    """Give the requester's own type; deleted ones too, whose qualifications stay."""
    kind = QualificationType.objects.filter(requester=requester, public_id=type_id).first()
    if kind is None:
        raise NotFound("qualification type", type_id)
    return kind


def types(
    requester: Requester,
    *,
    query: str = "",
    must_be_requestable: bool,
    must_be_own: bool,
    after: int | None,
    size: int,
) -> list[QualificationType]:
    """Give a page of types from after this position (`position_of`): system types first, then by age.

    Each word of the query has to be in the name, the description or the keywords, whatever its case.
    System types are listed where types of others and types that cannot be asked for are (mturk-api.md,
    ListQualificationTypes).  A query that is too long is `WrongLength`.
    """
    if len(query) > _LONGEST_QUERY:
        raise WrongLength("Query", limit=_LONGEST_QUERY)
    words = list(dict.fromkeys(query.split()))
    found: list[QualificationType] = []
    if not must_be_own and not must_be_requestable:
        known = [_as_type(one) for one in _known().values() if not one.is_retired and _has(one, words)]
        found = [one for one in known if after is None or position_of(one) > after][:size]
    kinds = _visible_to(requester).filter(requester__isnull=False)
    if must_be_own:
        kinds = kinds.filter(requester=requester)
    if must_be_requestable:
        kinds = kinds.filter(is_requestable=True, status=QualificationType.Status.ACTIVE)
    for word in words:
        kinds = kinds.filter(_in_words(word))
    kinds = kinds.filter(pk__gt=max(after or 0, 0)).order_by("pk")
    return found + list(kinds[: size - len(found)])


def position_of(kind: QualificationType) -> int:
    """Give a type's place in `types`: those of the system come before the first row."""
    if kind.pk is not None:
        return kind.pk
    return list(system_types.SYSTEM_TYPES).index(kind.public_id) - len(system_types.SYSTEM_TYPES)


def score(requester: Requester, type_id: str, worker_id: str) -> Qualification:
    """Give what a worker holds of the requester's type; refused once it is revoked."""
    held = (
        Qualification.objects.filter(
            qualification_type__requester=requester,
            qualification_type__public_id=type_id,
            worker__public_id=worker_id,
        )
        .select_related("qualification_type", "worker")
        .first()
    )
    if held is None:
        raise NotFound("qualification", type_id)
    if held.status != Qualification.Status.GRANTED:
        raise WrongState(
            f"The qualification of worker {worker_id} is revoked.",
            code="InvalidQualificationState",
            mturk_message="This operation can be called with a status of: Granted",
        )
    return held


def holders(kind: QualificationType, status: str, *, after: int | None, size: int) -> list[Qualification]:
    """Give a page of a type's qualifications in this status, in the order in which they first came."""
    held = Qualification.objects.filter(qualification_type=kind, status=status).select_related("worker")
    if after is not None:
        held = held.filter(pk__gt=after)
    return list(held.order_by("pk")[:size])


def pending_requests(
    requester: Requester, kind: QualificationType | None, *, after: tuple[datetime, int] | None, size: int
) -> list[QualificationRequest]:
    """Give a page of what waits for the requester, of one type or of all, oldest first.

    However much waits, a page of all types reads no more than a page of each from the index.
    """
    at, pk = after or (_EPOCH, 0)
    if kind is not None:
        return _requests(size, of_one_type=True).all(owner=kind.pk, at=at, after=pk, end=_END)
    end = _end_of_page(size).first(owner=requester.pk, at=at, after=pk)
    return _requests(size, of_one_type=False).all(owner=requester.pk, at=at, after=pk, end=end or _END)


# Later than the last one shown; the first condition alone is where an index is entered.
_LATER = Q(submitted_at__gte=Slot("at")) & (Q(submitted_at__gt=Slot("at")) | Q(pk__gt=Slot("after")))


@lru_cache(maxsize=256)
def _requests(size: int, *, of_one_type: bool) -> Prepared[QualificationRequest]:
    def make() -> QuerySet[QualificationRequest]:
        owner = "qualification_type" if of_one_type else "qualification_type__requester"
        waiting = QualificationRequest.objects.filter(
            _LATER, submitted_at__lte=Slot("end"), status=_PENDING, **{owner: Slot("owner")}
        )
        return waiting.select_related("qualification_type", "worker").order_by("submitted_at", "pk")[:size]

    return Prepared(make)


@lru_cache(maxsize=128)
def _end_of_page(size: int) -> Prepared[datetime]:
    """Give what finds a time by which some type alone has a page of requests; None if none has so many."""

    def make() -> QuerySet[QualificationType, datetime]:
        its = QualificationRequest.objects.filter(_LATER, qualification_type=OuterRef("pk"), status=_PENDING)
        last = Subquery(its.order_by("submitted_at", "pk").values("submitted_at")[size - 1 : size])
        kinds = QualificationType.objects.filter(requester=Slot("owner")).annotate(last=last)
        return kinds.order_by(F("last").asc(nulls_last=True)).values_list("last", flat=True)[:1]

    return Prepared(make)


def hits_requiring(
    requester: Requester, type_id: str, *, after: tuple[int, int] | None, size: int
) -> list[HIT]:
    """Give a page of the requester's HITs that require the type, group by group, oldest first.

    Each page walks the index of the groups' HITs from where the last one ended (`after`: the primary
    keys of group and HIT), however many HITs there are.
    """
    pks: list[int] = []
    if after is not None:
        pks += _hits_of([after[0]]).filter(pk__gt=after[1])[:size]
    if len(pks) < size:
        # Each of the groups has a HIT to show, so that so many are enough.
        groups = _groups_requiring(requester, type_id).filter(pk__gt=after[0] if after else 0)
        pks += _hits_of(list(groups[:size]))[: size - len(pks)]
    shown = hits.with_what_is_shown(HIT.objects.filter(pk__in=pks))
    return sorted(shown, key=lambda hit: (hit.group_id, hit.pk))


def held_by(worker: Worker) -> list[Qualification]:
    """Give what the worker holds, and lost, by name."""
    held = Qualification.objects.filter(worker=worker).select_related("qualification_type__requester")
    return list(held.order_by("status", "qualification_type__name", "pk"))


def latest_requests(worker: Worker) -> dict[int, QualificationRequest]:
    """Give the worker's latest request for each type, by the type's primary key, without its test."""
    asked = QualificationRequest.objects.filter(worker=worker).select_related("qualification_type__requester")
    return {one.qualification_type_id: one for one in asked.defer("test", "answers").order_by("pk")}


def running_tests(worker: Worker) -> list[QualificationRequest]:
    """Give the tests that the worker is taking and can still submit, most urgent first, less their texts."""
    running = QualificationRequest.objects.filter(
        worker=worker, status=QualificationRequest.Status.TAKING_TEST, deadline_at__gt=clock.now()
    )
    kinds = running.select_related("qualification_type__requester").defer(
        "test", "answers", "qualification_type__test", "qualification_type__answer_key"
    )
    return list(kinds.order_by("deadline_at", "pk"))


def shown_to(worker: Worker | None, type_id: str) -> QualificationType:
    """Give a type that can be asked for, or of which the worker holds, held or asked for something."""
    is_offered = Q(status=QualificationType.Status.ACTIVE, is_requestable=True)
    if worker is not None:
        mine = {"qualification_type": OuterRef("pk"), "worker": worker}
        is_offered |= Q(Exists(Qualification.objects.filter(**mine)))
        is_offered |= Q(Exists(QualificationRequest.objects.filter(**mine)))
    kinds = QualificationType.objects.filter(is_offered, public_id=type_id).select_related("requester")
    kind = kinds.first()
    if kind is None:
        raise NotFound("qualification type", type_id)
    return kind


def history_of(worker: Worker, kind: QualificationType, *, size: int) -> list[QualificationRequest]:
    """Give the worker's last requests for the type, newest first, without their tests."""
    asked = QualificationRequest.objects.filter(worker=worker, qualification_type=kind)
    return list(asked.defer("test", "answers").order_by("-pk")[:size])


def masters() -> QuerySet[Worker]:
    """Give the workers whom an administrator vouches for, in the order in which they came."""
    return (
        Worker.objects.filter(
            qualifications__qualification_type__public_id=system_types.masters_of(settings.KEMPELEN_MODE),
            qualifications__status=Qualification.Status.GRANTED,
        )
        .select_related("user")
        .order_by("qualifications__pk")
    )


def to_ask_for(
    worker: Worker | None, *, search: str, after: int | None, size: int
) -> list[QualificationType]:
    """Give a page of the types that can be asked for and that the worker neither holds nor waits for."""
    kinds = QualificationType.objects.filter(status=QualificationType.Status.ACTIVE, is_requestable=True)
    if worker is not None:
        held = Qualification.objects.filter(
            qualification_type=OuterRef("pk"), worker=worker, status=Qualification.Status.GRANTED
        )
        waits = QualificationRequest.objects.filter(
            qualification_type=OuterRef("pk"), worker=worker, resolved_at__isnull=True
        )
        kinds = kinds.exclude(Exists(held)).exclude(Exists(waits))
    for word in search.split()[:10]:
        kinds = kinds.filter(_in_words(word) | Q(requester__name__icontains=word))
    if after is not None:
        kinds = kinds.filter(pk__lt=after)
    return list(kinds.select_related("requester").order_by("-pk")[:size])


def blocks(requester: Requester, *, after: int | None, size: int) -> list[WorkerBlock]:
    """Give a page of the requester's blocks, by worker; `after` is a worker's primary key."""
    made = WorkerBlock.objects.filter(requester=requester).select_related("worker")
    if after is not None:
        made = made.filter(worker__gt=after)
    return list(made.order_by("requester", "worker")[:size])


def _groups_requiring(requester: Requester, type_id: str) -> QuerySet[HITGroup, int]:
    listed = HIT.objects.filter(group=OuterRef("pk")).exclude(status=HIT.Status.DISPOSED)
    groups = HITGroup.objects.filter(
        Exists(listed),
        requester=requester,
        hit_type__required_qualifications__qualification_type_public_id=type_id,
    ).exclude(status=HITGroup.Status.HIDDEN)
    return groups.order_by("pk").values_list("pk", flat=True)


def _hits_of(group_pks: list[int]) -> QuerySet[HIT, int]:
    """Give the HITs of the groups in the order of the index `hit_of_group`."""
    listed = HIT.objects.filter(group__in=group_pks).exclude(status=HIT.Status.DISPOSED)
    return listed.order_by("group_id", "pk").values_list("pk", flat=True)


def _visible_to(requester: Requester) -> QuerySet[QualificationType]:
    status = QualificationType.Status
    return QualificationType.objects.filter(Q(requester=requester) | Q(status=status.ACTIVE)).exclude(
        status=status.DISPOSED
    )


def _in_words(word: str) -> Q:
    return Q(name__icontains=word) | Q(description__icontains=word) | Q(keywords__icontains=word)


def _known() -> dict[str, system_types.SystemType]:
    return system_types.known_to(settings.KEMPELEN_MODE)


def _as_type(known: system_types.SystemType) -> QualificationType:
    """Give a system type as what it would be as a row; it is none."""
    return QualificationType(
        public_id=known.public_id,
        name=known.name,
        description=known.description,
        is_requestable=False,
        created_at=_EPOCH,
    )


def _has(known: system_types.SystemType, words: list[str]) -> bool:
    text = f"{known.name} {known.description}".casefold()
    return all(word.casefold() in text for word in words)
