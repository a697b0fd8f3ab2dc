"""Results: the submitted work of HIT groups, read page by page while work goes on.

Each page is a query of its own that starts after the last row read: memory stays constant, a slow reader
holds no transaction, and the order is that of the HITs.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Count, Q

from kempelen.domain import clock
from kempelen.domain.batches.results import ApprovalRate, ResultRow
from kempelen.domain.models import Assignment, Batch, Requester, Template

PAGE = 2_000

_decode = msgspec.json.Decoder().decode

_PAGE_OF_ROWS = """
    SELECT a.hit_id, a.id,
           h.public_id, t.public_id, t.title, t.description, t.keywords, t.reward_cents, h.created_at,
           h.max_assignments, h.requester_annotation, t.assignment_duration_seconds,
           t.auto_approval_delay_seconds, h.expires_at, a.public_id, w.public_id, a.status, a.accepted_at,
           a.submitted_at, a.auto_approval_at, a.approved_at, a.rejected_at, a.feedback, a.worker_id,
           CAST(h.inputs AS text), CAST(a.answers AS text)
      FROM kempelen_assignment a
      JOIN kempelen_hit h ON h.id = a.hit_id
      JOIN kempelen_hittype t ON t.id = h.hit_type_id
      JOIN kempelen_worker w ON w.id = a.worker_id
     WHERE a.group_id = %s AND (a.hit_id, a.id) > (%s, %s) AND a.status IN ({statuses}) {bound}
     ORDER BY a.hit_id, a.id
     LIMIT {page}
"""

# PostgreSQL may join by merging, and would walk through the HITs from the first for each page.
_BOUND = {"sqlite": "", "postgresql": "AND h.id >= %s"}

# The fields of an answer, a row each: (table expression, column).
_FIELDS = {
    "sqlite": ("json_each(a.answers) AS field", "field.key"),
    "postgresql": ("jsonb_object_keys(a.answers) AS field(name)", "field.name"),
}


def rows_of(
    group_pks: Sequence[int],
    *,
    requester: Requester,
    statuses: Sequence[str] = Assignment.DONE,
) -> Iterator[ResultRow]:
    """Give the submitted work of these groups of the requester, group by group, in the order of the HITs."""
    rates = _Rates(requester)
    for group_pk in group_pks:
        yield from _rows_of_group(group_pk, statuses, rates)


def answer_names(group_pks: Sequence[int], *, statuses: Sequence[str] = Assignment.DONE) -> list[str]:
    """Give the names of all answers in these groups: the columns that a results file needs."""
    names: set[str] = set()
    fields, name_of = _FIELDS[connection.vendor]
    with connection.cursor() as cursor:
        for group_pk in group_pks:
            cursor.execute(
                f"SELECT DISTINCT {name_of} FROM kempelen_assignment a, {fields} "
                f"WHERE a.group_id = %s AND a.status IN ({_marks(statuses)})",
                [group_pk, *statuses],
            )
            names.update(name for (name,) in cursor.fetchall())
    return sorted(names)


def columns_of(batches: Sequence[Batch]) -> list[str]:
    """Give the input columns of the batches, each once, in the order of their files."""
    return list(dict.fromkeys(column for batch in batches for column in batch.columns))


def batches_with_results(template: Template) -> list[Batch]:
    """Give the template's published batches, oldest first."""
    return list(
        Batch.objects.filter(template_version__template=template, state=Batch.State.PUBLISHED).order_by("pk")
    )


def _rows_of_group(group_pk: int, statuses: Sequence[str], rates: "_Rates") -> Iterator[ResultRow]:
    bound = _BOUND[connection.vendor]
    statement = _PAGE_OF_ROWS.format(statuses=_marks(statuses), bound=bound, page=PAGE)
    after = (0, 0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [group_pk, *after, *statuses, *after[: bound.count("%s")]])
            page = cursor.fetchall()
        for row in page:
            yield _result_row(row, rates)
        if len(page) < PAGE:
            return
        after = page[-1][:2]


def _result_row(row: tuple[Any, ...], rates: "_Rates") -> ResultRow:
    lifetime, month, week = rates.of(row[23])
    return ResultRow(
        hit_id=row[2],
        hit_type_id=row[3],
        title=row[4],
        description=row[5],
        keywords=row[6],
        reward_cents=row[7],
        created_at=_time(row[8]),
        max_assignments=row[9],
        requester_annotation=row[10],
        assignment_duration_seconds=row[11],
        auto_approval_delay_seconds=row[12],
        expires_at=_time(row[13]),
        assignment_id=row[14],
        worker_id=row[15],
        status=row[16],
        accepted_at=_time(row[17]),
        submitted_at=_time(row[18]),
        auto_approval_at=_time(row[19]),
        approved_at=_time_or_none(row[20]),
        rejected_at=_time_or_none(row[21]),
        feedback=row[22],
        lifetime_rate=lifetime,
        last_30_days_rate=month,
        last_7_days_rate=week,
        inputs=_decode(row[24]) if row[24] else {},
        answers=_decode(row[25]),
    )


class _Rates:
    """The approval rates of a requester's workers, counted once, when the first row asks."""

    _NONE = (ApprovalRate(0, 0),) * 3

    def __init__(self, requester: Requester) -> None:
        self._requester = requester
        self._by_worker: dict[int, tuple[ApprovalRate, ...]] | None = None

    def of(self, worker_pk: int) -> tuple[ApprovalRate, ...]:
        """Give the worker's rates: ever, in the last 30 days, in the last 7."""
        if self._by_worker is None:
            self._by_worker = self._count()
        return self._by_worker.get(worker_pk, self._NONE)

    def _count(self) -> dict[int, tuple[ApprovalRate, ...]]:
        now = clock.now()
        approved, rejected = Assignment.Status.APPROVED, Assignment.Status.REJECTED
        figures = {}
        for name, days in (("ever", None), ("month", 30), ("week", 7)):
            recent = Q() if days is None else Q(submitted_at__gte=now - timedelta(days=days))
            figures[f"{name}_approved"] = Count("pk", filter=recent & Q(status=approved))
            figures[f"{name}_total"] = Count("pk", filter=recent)
        counted = (
            Assignment.objects.filter(group__requester=self._requester, status__in=[approved, rejected])
            .order_by()
            .values("worker")
            .annotate(**figures)
            .values_list("worker", *figures)
        )
        return {
            worker: tuple(ApprovalRate(*counts[at : at + 2]) for at in (0, 2, 4))
            for worker, *counts in counted
        }


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


def _time(value: datetime) -> datetime:
    """Make a time aware: SQLite gives it without a zone, always UTC."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _time_or_none(value: datetime | None) -> datetime | None:
    return None if value is None else _time(value)
