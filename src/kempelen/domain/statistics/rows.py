"""Adding to rows of figures that may be there or not: one statement for many, alike on both databases."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection
from django.db.models import Model

from kempelen.domain.models import CountedAssignment, HourOfWork, WorkOfWorker, WorkTime
from kempelen.domain.statistics.counting import FIGURES, Changes, Counted

_AT_ONCE = 500


def add(changes: Changes) -> None:
    """Add the changes to their rows; in the order of their keys, as everybody should lock them."""
    _add(
        HourOfWork,
        ("scope", "scope_pk", "hour"),
        FIGURES,
        ((*key, *figures) for key, figures in sorted(changes.hours.items()) if any(figures)),
    )
    _add(
        WorkOfWorker,
        ("scope", "scope_pk", "worker_id"),
        (*FIGURES, "log_milliseconds"),
        (
            (*key, *one.figures, one.log_milliseconds, one.last_hour, 0)
            for key, one in sorted(changes.workers.items())
        ),
        greatest="last_hour",
        nothing="other_bonus_cents",
    )
    _add(
        WorkTime,
        ("scope", "scope_pk", "bin"),
        ("count",),
        ((*key, count) for key, count in sorted(changes.bins.items()) if count),
    )


def remember(counted: Iterable[tuple[int, Counted]]) -> None:
    """Store what assignments, by primary key, are counted as."""
    _upsert(
        CountedAssignment,
        ("id", *Counted._fields),
        ("id",),
        ", ".join(f"{name} = excluded.{name}" for name in Counted._fields),
        ((pk, *one) for pk, one in counted),
    )


def set_other_bonuses(scope: int, sums: Iterable[tuple[int, int, int]]) -> None:
    """Store what requesters have paid workers in bonuses that were not for an assignment."""
    plain = (*FIGURES, "log_milliseconds", "last_hour")
    _upsert(
        WorkOfWorker,
        ("scope", "scope_pk", "worker_id", "other_bonus_cents", *plain),
        ("scope", "scope_pk", "worker_id"),
        "other_bonus_cents = excluded.other_bonus_cents",
        ((scope, requester, worker, cents, *([0] * len(plain))) for requester, worker, cents in sums),
    )


def _add(
    model: type[Model],
    key: Sequence[str],
    added: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    greatest: str = "",
    nothing: str = "",
) -> None:
    """Add the columns named; of `greatest` the greater value stays, `nothing` is only for new rows."""
    table = model._meta.db_table
    sets = [f"{name} = {table}.{name} + excluded.{name}" for name in added]
    if greatest:
        here = f"{table}.{greatest}"
        sets.append(
            f"{greatest} = CASE WHEN excluded.{greatest} > {here} THEN excluded.{greatest} ELSE {here} END"
        )
    columns = (*key, *added, *(name for name in (greatest, nothing) if name))
    _upsert(model, columns, key, ", ".join(sets), rows)


def _upsert(
    model: type[Model], columns: Sequence[str], key: Sequence[str], sets: str, rows: Iterable[Sequence[Any]]
) -> None:
    row = f"({', '.join(['%s'] * len(columns))})"
    quoted = ", ".join(connection.ops.quote_name(name) for name in columns)
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({quoted}) VALUES {', '.join([row] * len(some))} "
                f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}",
                list(chain.from_iterable(some)),
            )
