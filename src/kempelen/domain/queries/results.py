"""Results: the submitted work of HIT groups, read page by page while work goes on.

Each page is a query of its own that starts after the last row read: memory stays constant, a slow reader
holds no transaction, and the order is that of the HITs.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, islice
from typing import Any

import msgspec
from django.db import connection

from kempelen.domain import clock
from kempelen.domain.batches.results import ApprovalRate, ResultRow
from kempelen.domain.batches.typed_cells import TYPES
from kempelen.domain.models import Assignment, Batch, Requester, Template, User
from kempelen.domain.queries import selected
from kempelen.domain.queries.selections import Selection

# What is read at once, in rows and in characters of their inputs and answers: it lies in memory.
PAGE = 1_000
PAGE_CHARACTERS = 10**6
# Files of more answers are made in the background: whoever sends them holds one of few threads.
LARGE = 20_000
# The first rows show how long the others may be: 10 MB each.
_FIRST_PAGE = 8
_NAMED_AT_ONCE = 200

_decode = msgspec.json.Decoder().decode

_ROWS = """
    SELECT a.hit_id, a.id,
           h.public_id, t.public_id, t.title, t.description, t.keywords, t.reward_cents, {created_at},
           h.max_assignments, h.requester_annotation, t.assignment_duration_seconds,
           t.auto_approval_delay_seconds, {expires_at}, a.public_id, w.public_id, a.status, {accepted_at},
           {submitted_at}, {auto_approval_at}, {approved_at}, {rejected_at}, a.feedback, a.worker_id,
           CAST(h.inputs AS text), CAST(a.answers AS text)
      FROM kempelen_assignment a
      JOIN kempelen_hit h ON h.id = a.hit_id
      JOIN kempelen_hittype t ON t.id = h.hit_type_id
      JOIN kempelen_worker w ON w.id = a.worker_id
"""
_PAGE_OF_ROWS = f"""{_ROWS}
     WHERE a.group_id = %s AND (a.hit_id, a.id) > (%s, %s) AND a.status IN ({{statuses}}) {{bound}}
     ORDER BY a.hit_id, a.id
     LIMIT %s
"""
_CHOSEN_ROWS = f"{_ROWS} WHERE a.id IN ({{ids}})"

# The statuses stand in it, so that SQLite sees that the index of reviewed work holds all that is asked for.
_RATES = """
    SELECT worker_id,
           COUNT(*) FILTER (WHERE status = 'Approved'),
           COUNT(*),
           COUNT(*) FILTER (WHERE status = 'Approved' AND submitted_at >= %s),
           COUNT(*) FILTER (WHERE submitted_at >= %s),
           COUNT(*) FILTER (WHERE status = 'Approved' AND submitted_at >= %s),
           COUNT(*) FILTER (WHERE submitted_at >= %s)
      FROM kempelen_assignment
     WHERE worker_id IN ({workers}) AND status IN ('Approved', 'Rejected')
       AND group_id IN (SELECT id FROM kempelen_hitgroup WHERE requester_id = %s)
     GROUP BY worker_id
"""

# PostgreSQL may join by merging, and would walk through the HITs from the first for each page.
_BOUND = {"sqlite": "", "postgresql": "AND h.id >= %s"}

# Times come as text with their zone, which is read at once: what drivers make of times takes far longer.
_TIMES = {
    "h": ("created_at", "expires_at"),
    "a": ("accepted_at", "submitted_at", "auto_approval_at", "approved_at", "rejected_at"),
}
_AS_TEXT = {"sqlite": "{} || '+00:00'", "postgresql": "CAST({} AS text)"}
_time = datetime.fromisoformat
# Those of a batch's HITs are the same.
_shared_time = lru_cache(maxsize=64)(_time)

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


def chosen_rows(
    selection: Selection, of: selected.Of, *, requester: Requester, with_usernames: bool = False
) -> Iterator[ResultRow]:
    """Give what was chosen of a group, batch or project of the requester, in the order that was chosen.

    `with_usernames` is for those who may know the accounts of workers.
    """
    rates = _Rates(requester)
    if selection.is_narrowed or selection.sort:
        rows = chain.from_iterable(_rows_at(pks, rates) for pks in selected.all_of(selection.reader(of)))
    else:
        groups = selected.groups_of(of)
        rows = chain.from_iterable(_rows_of_group(pk, selection.kept_statuses, rates) for pk in groups)
    return _with_usernames(rows) if with_usernames else rows


def is_large(group_pks: Sequence[int]) -> bool:
    """Tell whether the groups have more answers than are sent at once."""
    answers = Assignment.objects.filter(group__in=group_pks, submitted_at__isnull=False).order_by()
    return bool(answers.values_list("pk", flat=True)[LARGE : LARGE + 1])


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


def _times() -> dict[str, str]:
    return {
        name: _AS_TEXT[connection.vendor].format(f"{table}.{name}")
        for table, names in _TIMES.items()
        for name in names
    }


def _rows_at(pks: Sequence[int], rates: "_Rates") -> Iterator[ResultRow]:
    """Give these rows in this order, fewer at once where answers are long."""
    start, count = 0, min(_FIRST_PAGE, PAGE)
    while some := pks[start : start + count]:
        with connection.cursor() as cursor:
            cursor.execute(_CHOSEN_ROWS.format(ids=_marks(some), **_times()), list(some))
            page = {row[1]: row for row in cursor.fetchall()}
        rates.learn({row[23] for row in page.values()})
        yield from (_result_row(page[pk], rates) for pk in some if pk in page)
        start, count = start + len(some), _next_count(list(page.values())) if page else count


def _with_usernames(rows: Iterable[ResultRow]) -> Iterator[ResultRow]:
    rows = iter(rows)
    known: dict[str, str] = {}
    while some := list(islice(rows, _NAMED_AT_ONCE)):
        new = {row.worker_id for row in some} - known.keys()
        named = User.objects.filter(worker__public_id__in=new).values_list("worker__public_id", "username")
        known |= dict.fromkeys(new, "") | dict(named)
        yield from (msgspec.structs.replace(row, username=known[row.worker_id]) for row in some)


def _rows_of_group(group_pk: int, statuses: Sequence[str], rates: "_Rates") -> Iterator[ResultRow]:
    bound = _BOUND[connection.vendor]
    statement = _PAGE_OF_ROWS.format(statuses=_marks(statuses), bound=bound, **_times())
    after, count = (0, 0), min(_FIRST_PAGE, PAGE)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [group_pk, *after, *statuses, *after[: bound.count("%s")], count])
            page = cursor.fetchall()
        rates.learn({row[23] for row in page})
        for row in page:
            yield _result_row(row, rates)
        if len(page) < count:
            return
        after, count = page[-1][:2], _next_count(page)


def _next_count(page: Sequence[tuple[Any, ...]]) -> int:
    """Give how many rows to read after these: fewer where answers are long."""
    characters = sum(len(row[24] or "") + len(row[25]) for row in page)
    return max(1, min(PAGE, PAGE_CHARACTERS * len(page) // characters))


def _result_row(row: tuple[Any, ...], rates: "_Rates") -> ResultRow:
    lifetime, month, week = rates.of(row[23])
    return ResultRow(
        hit_id=row[2],
        hit_type_id=row[3],
        title=row[4],
        description=row[5],
        keywords=row[6],
        reward_cents=row[7],
        created_at=_shared_time(row[8]),
        max_assignments=row[9],
        requester_annotation=row[10],
        assignment_duration_seconds=row[11],
        auto_approval_delay_seconds=row[12],
        expires_at=_shared_time(row[13]),
        assignment_id=row[14],
        worker_id=row[15],
        status=row[16],
        accepted_at=_time(row[17]),
        submitted_at=_time(row[18]),
        auto_approval_at=row[19] and _time(row[19]),
        approved_at=row[20] and _time(row[20]),
        rejected_at=row[21] and _time(row[21]),
        feedback=row[22],
        lifetime_rate=lifetime,
        last_30_days_rate=month,
        last_7_days_rate=week,
        inputs=_inputs(row[24]) if row[24] else {},
        answers=_decode(row[25]),
    )


def _inputs(text: str) -> dict[str, str]:
    inputs: dict[str, str] = _decode(text)
    inputs.pop(TYPES, None)
    return inputs


class _Rates:
    """The approval rates of a requester's workers, counted when one first occurs."""

    _NONE = (ApprovalRate(0, 0),) * 3

    def __init__(self, requester: Requester) -> None:
        self._requester = requester
        self._by_worker: dict[int, tuple[ApprovalRate, ...]] = {}

    def learn(self, worker_pks: set[int]) -> None:
        """Count those of these workers that are not known yet."""
        new = worker_pks - self._by_worker.keys()
        if new:
            self._by_worker |= dict.fromkeys(new, self._NONE) | self._count(new)

    def of(self, worker_pk: int) -> tuple[ApprovalRate, ...]:
        """Give a known worker's rates: ever, in the last 30 days, in the last 7."""
        return self._by_worker[worker_pk]

    def _count(self, worker_pks: set[int]) -> dict[int, tuple[ApprovalRate, ...]]:
        now = clock.now()
        month, week = (
            connection.ops.adapt_datetimefield_value(now - timedelta(days=days)) for days in (30, 7)
        )
        with connection.cursor() as cursor:
            cursor.execute(
                _RATES.format(workers=_marks(worker_pks)),
                [month, month, week, week, *worker_pks, self._requester.pk],
            )
            return {
                worker: tuple(ApprovalRate(*counts[at : at + 2]) for at in (0, 2, 4))
                for worker, *counts in cursor.fetchall()
            }


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))
