"""The workers of a requester: found, filtered, sorted and paged by their figures (`WorkerRecord`)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from kempelen.domain import clock
from kempelen.domain.errors import NotFound
from kempelen.domain.models import (
    Assignment,
    Qualification,
    QualificationType,
    Requester,
    Worker,
    WorkerBlock,
    WorkerGroup,
    WorkerNote,
    WorkerRecord,
)

# By what a list can be sorted: a field of the record, and whether it may be unknown.
SORTS: Mapping[str, tuple[str, bool]] = {
    "seen": ("last_seen_at", False),
    "worker": ("worker__public_id", False),
    "submitted": ("submitted", False),
    "approval": ("approval_percent", True),
    "pace": ("pace_percent", True),
    "hourly": ("hourly_cents", True),
    "agreement": ("agreement_percent", True),
}
USUAL_SORT = "-seen"
BLOCKED, NOT_BLOCKED = "yes", "no"
_LONGEST = 64
# What is not known comes last, whichever way one sorts.
_LOWEST, _HIGHEST = -1, 2**62
_MOST_DAYS = 36_500


@dataclass(frozen=True)
class ChosenWorkers:
    """Which of a requester's workers are meant, and in which order they come."""

    search: str = ""
    blocked: str = ""
    # The public id of a qualification type that they hold, and the primary key of a group they are in.
    qualification: str = ""
    group: int | None = None
    approval_below: int | None = None
    agreement_below: int | None = None
    submitted_from: int | None = None
    seen_within_days: int | None = None
    sort: str = USUAL_SORT

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> "ChosenWorkers":
        """Read what an address asks for; what is unknown or makes no sense is left out."""
        blocked, sort = _text(query, "blocked"), _text(query, "sort")
        return cls(
            search=_text(query, "q").upper(),
            blocked=blocked if blocked in (BLOCKED, NOT_BLOCKED) else "",
            qualification=_text(query, "qualification"),
            group=_number(query, "group", 2**31),
            approval_below=_number(query, "approval_below", 100),
            agreement_below=_number(query, "agreement_below", 100),
            submitted_from=_number(query, "submitted_from", 2**31),
            seen_within_days=_number(query, "seen_within_days", _MOST_DAYS),
            sort=sort if sort.removeprefix("-") in SORTS else USUAL_SORT,
        )

    def as_query(self) -> dict[str, str]:
        """Give the address' part that asks for the same; only what differs from all workers."""
        asked = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                asked["q" if field.name == "search" else field.name] = str(value)
        return asked

    @property
    def is_all(self) -> bool:
        """Whether no worker is left out."""
        return not self.as_query().keys() - {"sort"}

    def records(self, requester: Requester) -> QuerySet[WorkerRecord]:
        """Give the records of the workers who are meant, in no order."""
        found = WorkerRecord.objects.filter(requester=requester)
        if self.search:
            found = found.filter(worker__public_id__startswith=self.search)
        for field, value in (
            ("approval_percent__lt", self.approval_below),
            ("agreement_percent__lt", self.agreement_below),
            ("submitted__gte", self.submitted_from),
        ):
            if value is not None:
                found = found.filter(**{field: value})
        if self.seen_within_days is not None:
            found = found.filter(last_seen_at__gte=clock.now() - timedelta(days=self.seen_within_days))
        return found.filter(*self._related(requester))

    def _related(self, requester: Requester) -> list[Q]:
        conditions = []
        if self.blocked:
            blocks = Exists(blocks_on(requester, OuterRef("worker")))
            conditions.append(Q(blocks) if self.blocked == BLOCKED else ~Q(blocks))
        if self.qualification:
            held = Qualification.objects.filter(
                worker=OuterRef("worker"),
                status=Qualification.Status.GRANTED,
                qualification_type__requester=requester,
                qualification_type__public_id=self.qualification,
            )
            conditions.append(Q(Exists(held)))
        if self.group is not None:
            members = WorkerGroup.members.through.objects.filter(
                worker=OuterRef("worker"), workergroup=self.group, workergroup__requester=requester
            )
            conditions.append(Q(Exists(members)))
        return conditions


@dataclass(frozen=True)
class Page:
    """A page of workers; `after` asks for the next one, empty on the last."""

    records: list[WorkerRecord]
    after: str


def page(requester: Requester, chosen: ChosenWorkers, *, after: str = "", size: int = 50) -> Page:
    """Give the workers who come after the one of this id, each with `is_blocked` and `has_notes`."""
    name, is_descending = chosen.sort.removeprefix("-"), chosen.sort.startswith("-")
    field, may_be_unknown = SORTS[name]
    key: Any = F(field)
    if may_be_unknown:
        key = Coalesce(F(field), Value(_LOWEST if is_descending else _HIGHEST))
    records = chosen.records(requester).annotate(key=key)
    if after:
        last = WorkerRecord.objects.filter(requester=requester, worker__public_id=after).annotate(key=key)
        place = last.values_list("key", "pk").first()
        if place is not None:
            records = records.filter(_beyond(*place, is_descending=is_descending))
    sign = "-" if is_descending else ""
    pks = list(records.order_by(f"{sign}key", f"{sign}pk").values_list("pk", flat=True)[: size + 1])
    # What else is shown is asked for the page alone: a database looks at it for all that it sorts.
    shown = with_marks(requester, WorkerRecord.objects.filter(pk__in=pks[:size])).select_related("worker")
    by_pk = {record.pk: record for record in shown}
    found = [by_pk[pk] for pk in pks[:size] if pk in by_pk]
    return Page(found, found[-1].worker.public_id if found and len(pks) > size else "")


def with_marks(requester: Requester, records: QuerySet[WorkerRecord]) -> QuerySet[WorkerRecord]:
    """Give the records with `is_blocked` and `has_notes`."""
    notes = WorkerNote.objects.filter(requester=requester, worker=OuterRef("worker"))
    return records.annotate(
        is_blocked=Exists(blocks_on(requester, OuterRef("worker"))), has_notes=Exists(notes)
    )


def found(requester: Requester, worker_id: str) -> Worker:
    """Give a worker whom the requester has to do with, or refuse with `NotFound`.

    That is one who took work of theirs, or whom they blocked, qualified or put into a group: everybody else
    looks the same as nobody.
    """
    mine: dict[str, Any] = {"worker": OuterRef("pk")}
    known = (
        Q(Exists(WorkerRecord.objects.filter(**mine, requester=requester)))
        | Q(Exists(blocks_on(requester, OuterRef("pk"))))
        | Q(Exists(Qualification.objects.filter(**mine, qualification_type__requester=requester)))
        | Q(
            Exists(
                WorkerGroup.members.through.objects.filter(
                    **mine, workergroup__requester=requester, workergroup__is_named=False
                )
            )
        )
        | Q(Exists(Assignment.objects.filter(**mine, group__requester=requester)))
    )
    worker = Worker.objects.filter(known, public_id=worker_id).select_related("user").first()
    if worker is None:
        raise NotFound("worker of yours", worker_id[:_LONGEST])
    return worker


def blocked_without_work(requester: Requester, *, size: int) -> list[WorkerBlock]:
    """Give blocks on workers who never took work of the requester, whom no list of records has."""
    records = WorkerRecord.objects.filter(requester=requester, worker=OuterRef("worker"))
    blocks = WorkerBlock.objects.filter(~Exists(records), requester=requester)
    return list(blocks.select_related("worker").order_by("-pk")[:size])


def own_types(requester: Requester) -> QuerySet[QualificationType]:
    """Give the requester's qualification types that are not deleted, by name."""
    mine = QualificationType.objects.filter(requester=requester)
    return mine.exclude(status=QualificationType.Status.DISPOSED).order_by("name", "pk")


def blocks_on(requester: Requester, worker: OuterRef) -> QuerySet[WorkerBlock]:
    """Give the requester's blocks on the worker of an outer query."""
    return WorkerBlock.objects.filter(requester=requester, worker=worker)


def _beyond(key: Any, pk: int, *, is_descending: bool) -> Q:
    side = "lt" if is_descending else "gt"
    return Q(**{f"key__{side}": key}) | Q(key=key, **{f"pk__{side}": pk})


def _text(query: Mapping[str, Any], name: str) -> str:
    value = str(query.get(name, "")).strip()[:_LONGEST]
    return "" if "\0" in value else value


def _number(query: Mapping[str, Any], name: str, most: int) -> int | None:
    text = _text(query, name)
    is_number = text.isascii() and text.isdigit() and len(text) < 12
    return min(int(text), most) if is_number else None
