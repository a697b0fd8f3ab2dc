"""Writing many HITs at once, at the speed of the database: JSON unpacked by SQLite, COPY on PostgreSQL."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from django.db import connection

from kempelen.domain.ids import new_ids
from kempelen.domain.models import HIT

_encode = msgspec.json.Encoder().encode


class NewHIT(NamedTuple):
    """What differs from HIT to HIT; its queue position is its row number."""

    row_number: int
    shuffled_seq: int
    priority: int
    inputs: dict[str, str]


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
            "max_assignments": self.max_assignments,
            "places_left": self.max_assignments,
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


@contextmanager
def many_pages() -> Iterator[None]:
    """Within the block SQLite carries its log over to the file after several pages of HITs, not after each.

    The places in the indexes are random, so that each page of HITs writes the same parts of the file again.
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


def insert(same: SameForAll, hits: Iterable[NewHIT]) -> int:
    """Write the HITs in the running transaction; gives how many."""
    page = list(hits)
    if connection.vendor == "postgresql":
        _copy(same, page)
    else:
        _insert_from_json(same, page)
    return len(page)


def _ids_for(page: list[NewHIT]) -> list[str]:
    """Make ids that ascend within the page: their index is then written from one end to the other."""
    return sorted(new_ids(len(page)))


def _insert_from_json(same: SameForAll, page: list[NewHIT]) -> None:
    shared = same.columns()
    values = [
        [public_id, hit.row_number, hit.row_number, hit.shuffled_seq, hit.priority, hit.inputs]
        for public_id, hit in zip(_ids_for(page), page, strict=True)
    ]
    own = [f"value ->> {index}" for index in range(len(_OWN_COLUMNS) - 1)]
    adapted: list[Any] = [
        connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
        for value in shared.values()
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {HIT._meta.db_table} ({', '.join([*shared, *_OWN_COLUMNS])}) "
            f"SELECT {', '.join(['%s'] * len(shared))}, {', '.join(own)}, value -> {len(own)} "
            "FROM json_each(%s)",
            [*adapted, _encode(values).decode()],
        )


def _copy(same: SameForAll, page: list[NewHIT]) -> None:
    shared = same.columns()
    columns = ", ".join([*shared, *_OWN_COLUMNS])
    fixed = tuple(shared.values())
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {HIT._meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for public_id, hit in zip(_ids_for(page), page, strict=True):
            copy.write_row(
                (
                    *fixed,
                    public_id,
                    hit.row_number,
                    hit.row_number,
                    hit.shuffled_seq,
                    hit.priority,
                    _encode(hit.inputs).decode(),
                )
            )
