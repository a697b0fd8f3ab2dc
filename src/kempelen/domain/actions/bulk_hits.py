"""Writing many HITs at once, at the speed of the database: JSON unpacked by SQLite, COPY on PostgreSQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from kempelen.domain.ids import PUBLIC_ID_LENGTH
from kempelen.domain.models import HIT
from kempelen.domain.models.hits import LOWEST_PRIORITY

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class NewHITs:
    """What differs from HIT to HIT of a page, one column beside the other.

    Queue positions ascend with the rows, from `first_seq`.  Without `shuffled` those in random order are the
    same: for queues that nobody takes from in random order.  Without `priorities` all have the lowest, and
    without `assignments` all ask for as many.
    """

    first_row: int
    first_seq: int
    public_ids: Sequence[str]
    inputs: Sequence[Mapping[str, str]]
    shuffled: Sequence[int] = ()
    priorities: Sequence[int] = ()
    assignments: Sequence[int] = ()


@dataclass(frozen=True)
class SameForAll:
    """What all HITs of a page have in common."""

    requester_pk: int
    hit_type_pk: int
    group_pk: int
    template_version_pk: int
    max_assignments: int
    requester_annotation: str
    lifetime_seconds: int
    created_at: datetime
    expires_at: datetime

    def columns(self) -> dict[str, Any]:
        """Give the columns and values, with what every new HIT has."""
        return {
            "requester_id": self.requester_pk,
            "hit_type_id": self.hit_type_pk,
            "group_id": self.group_pk,
            "template_version_id": self.template_version_pk,
            "question": "",
            **dict.fromkeys(_ASKED_COLUMNS, self.max_assignments),
            "pending_count": 0,
            "unreviewed_count": 0,
            "reviewed_count": 0,
            "status": HIT.Status.ASSIGNABLE.value,
            "review_status": HIT.ReviewStatus.NOT_REVIEWED.value,
            "requester_annotation": self.requester_annotation,
            "lifetime_seconds": self.lifetime_seconds,
            "created_at": self.created_at,
            "expires_at": self.expires_at,
        }


_OWN_COLUMNS = ("public_id", "row_number", "seq", "shuffled_seq", "priority", "inputs")
_ASKED_COLUMNS = ("max_assignments", "places_left")
# In the text of a column of numbers each takes so many digits.
_POSITION_WIDTH, _PRIORITY_WIDTH, _ASSIGNMENTS_WIDTH = 10, 1, 10


@contextmanager
def many_pages() -> Iterator[None]:
    """Within the block SQLite carries its log over to the file after several pages of HITs, not after each.

    Pages of HITs have parts of the file in common, which are then written once.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint=8000")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint=1000")  # SQLite's own


def insert(same: SameForAll, hits: NewHITs) -> int:
    """Write the HITs in the running transaction; gives how many."""
    if connection.vendor == "postgresql":
        _copy(same, hits)
    else:
        _insert_from_json(same, hits)
    return len(hits.inputs)


def _insert_from_json(same: SameForAll, hits: NewHITs) -> None:
    """Have one statement make all rows: `key` is a row's place in the page, `value` its inputs.

    Everything else of a row is cut out of texts in which each takes the same room.
    """
    shared = _shared(same, hits)
    adapted: list[Any] = [
        connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
        for value in shared.values()
    ]
    own: list[tuple[str, list[Any]]] = [
        (f"CAST({_cut(PUBLIC_ID_LENGTH)} AS TEXT)", ["".join(hits.public_ids).encode()]),
        ("%s + key", [hits.first_row]),
        ("%s + key", [hits.first_seq]),
        _numbers(hits.shuffled, _POSITION_WIDTH) or ("%s + key", [hits.first_seq]),
        _numbers(hits.priorities, _PRIORITY_WIDTH) or ("%s", [LOWEST_PRIORITY]),
        ("value", []),
    ]
    asked = _numbers(hits.assignments, _ASSIGNMENTS_WIDTH)
    own += [asked] * len(_ASKED_COLUMNS) if asked else []
    made = [*["%s"] * len(shared), *(sql for sql, _ in own)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {HIT._meta.db_table} ({', '.join([*shared, *_own_columns(hits)])}) "
            f"SELECT {', '.join(made)} FROM json_each(%s)",
            [*adapted, *(value for _, values in own for value in values), _encode(hits.inputs).decode()],
        )


def _shared(same: SameForAll, hits: NewHITs) -> dict[str, Any]:
    own = _own_columns(hits)
    return {name: value for name, value in same.columns().items() if name not in own}


def _own_columns(hits: NewHITs) -> tuple[str, ...]:
    return (*_OWN_COLUMNS, *(_ASKED_COLUMNS if hits.assignments else ()))


def _numbers(numbers: Sequence[int], width: int) -> tuple[str, list[Any]] | None:
    """Give SQL for a row's own of these numbers, with what it is made from; None if there are none."""
    if not numbers:
        return None
    return f"CAST({_cut(width)} AS INTEGER)", [b"".join([b"%*d" % (width, number) for number in numbers])]


def _cut(width: int) -> str:
    # Of bytes; of a text SQLite would count characters from its beginning for every row.
    return f"substr(%s, 1 + key * {width}, {width})"


def _copy(same: SameForAll, hits: NewHITs) -> None:
    shared = _shared(same, hits)
    columns = ", ".join([*shared, *_own_columns(hits)])
    fixed = tuple(shared.values())
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {HIT._meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for own in _rows(hits):
            copy.write_row(fixed + own)


def _rows(hits: NewHITs) -> Iterable[tuple[Any, ...]]:
    """Give the own columns' values, row by row."""
    count = len(hits.inputs)
    positions = range(hits.first_seq, hits.first_seq + count)
    return zip(
        hits.public_ids,
        range(hits.first_row, hits.first_row + count),
        positions,
        hits.shuffled or positions,
        hits.priorities or [LOWEST_PRIORITY] * count,
        [_encode(inputs).decode() for inputs in hits.inputs],
        *([hits.assignments] * len(_ASKED_COLUMNS) if hits.assignments else []),
        strict=True,
    )
