"""Answers of HIT groups in an order, from any place on: read along an index, however many there are.

Each group and status has an index in each order (`Assignment.Meta`); several of them are merged here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kempelen.domain.models import Assignment

# More than these are read one group after the other: each costs a look into its index.
MOST_MERGED = 120
_MOST_IN_HAND = 50_000

_TABLE = Assignment._meta.db_table
_WORK_TIME = {
    "sqlite": "CAST(ROUND((julianday(submitted_at) - julianday(accepted_at)) * 86400000.0) AS INTEGER)",
    "postgresql": "CAST(EXTRACT(EPOCH FROM (submitted_at - accepted_at)) * 1000 AS bigint)",
}
# What each order goes by, before the primary key.
HIT, SUBMITTED, WORK_TIME, WORKER = "hit", "submitted", "time", "worker"
_COLUMNS = {HIT: "hit_id", SUBMITTED: "submitted_at", WORKER: "worker_id"}


@dataclass(frozen=True)
class Place:
    """Where an answer stands: its group, what the order goes by as the database has it, its primary key."""

    group: int
    key: Any
    pk: int


@dataclass(frozen=True)
class Stream:
    """The answers of these groups, which stand in their order, in these statuses.

    Orders other than by HIT go over all groups, unless there are too many to merge: then group by group.
    """

    groups: tuple[int, ...]
    statuses: tuple[str, ...]
    order: str
    is_descending: bool = False

    @property
    def goes_by_group(self) -> bool:
        """Whether one group follows the other."""
        return self.order == HIT or len(self.groups) * len(self.statuses) > MOST_MERGED

    def place_of(self, public_id: str) -> Place | None:
        """Find where an answer stands; None if it is none of these groups'."""
        found = _places(
            f"SELECT group_id, {_key(self.order)}, id FROM {_TABLE} WHERE public_id = %s", [public_id]
        )
        return found[0] if found and found[0].group in self.groups else None

    def places_of(self, pks: Sequence[int]) -> list[Place]:
        """Give where these few answers of the groups stand, in this order."""
        if not pks:
            return []
        found = _places(
            f"SELECT group_id, {_key(self.order)}, id FROM {_TABLE} WHERE id IN ({', '.join(map(str, pks))})",
            [],
        )
        found.sort(key=lambda place: (place.key, place.pk), reverse=self.is_descending)
        if self.goes_by_group:
            ranks = {group: rank for rank, group in enumerate(self.groups)}
            found.sort(key=lambda place: ranks[place.group])
        return found

    def is_after(self, place: Place, other: Place) -> bool:
        """Tell whether a place comes after another one in this order."""
        if self.goes_by_group and place.group != other.group:
            return self.groups.index(place.group) > self.groups.index(other.group)
        here, there = (place.key, place.pk), (other.key, other.pk)
        return here < there if self.is_descending else here > there

    def read(self, after: Place | None, count: int, *, backwards: bool = False) -> list[Place]:
        """Give the next answers after a place, or before it; from the beginning, or the end, without one."""
        groups = self._groups_from(after, backwards=backwards)
        if not self.goes_by_group:
            return self._merged(self.groups, after, count, backwards=backwards)
        found: list[Place] = []
        for group in groups:
            here = after if after is not None and after.group == group else None
            found += self._merged((group,), here, count - len(found), backwards=backwards)
            if len(found) >= count:
                break
        return found

    def _groups_from(self, after: Place | None, *, backwards: bool) -> Sequence[int]:
        groups = self.groups[::-1] if backwards else self.groups
        return groups if after is None or after.group not in groups else groups[groups.index(after.group) :]

    def _merged(
        self, groups: Sequence[int], after: Place | None, count: int, *, backwards: bool
    ) -> list[Place]:
        key = _key(self.order)
        falls = self.is_descending != backwards
        direction, beyond = ("DESC", "<") if falls else ("ASC", ">")
        bounds, values = "", []
        if after is not None:
            bounds = f" AND {key} {beyond}= %s AND ({key} {beyond} %s OR id {beyond} %s)"
            values = [after.key, after.key, after.pk]
        parts = [(group, status) for group in groups for status in self.statuses]
        if not parts:
            return []
        order = f"ORDER BY place {direction}, id {direction} LIMIT {int(count)}"
        statement = " UNION ALL ".join(
            f"SELECT * FROM (SELECT group_id, {key} AS place, id FROM {_TABLE} WHERE group_id = %s "
            f"AND status = %s{_indexed(status)}{bounds} {order}) AS of_{number}"
            for number, (_, status) in enumerate(parts)
        )
        return _places(
            f"SELECT * FROM ({statement}) AS merged {order}",
            [value for part in parts for value in (*part, *values)],
        )


def in_hand(groups: Sequence[int]) -> list[int]:
    """Give what workers have in hand of these groups: found by deadlines, since no index goes by group.

    There is little of it on the whole server: nobody has many HITs in hand at once.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT group_id, id FROM {_TABLE} WHERE status = 'Accepted' "
            f"ORDER BY deadline_at LIMIT {_MOST_IN_HAND}"
        )
        return [pk for group, pk in cursor.fetchall() if group in groups]


def _indexed(status: str) -> str:
    """Give the condition of the indexes, which hold what was submitted."""
    return " AND submitted_at IS NOT NULL" if status in Assignment.DONE else ""


def _places(statement: str, values: Sequence[Any]) -> list[Place]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Place(*row) for row in cursor.fetchall()]


def _key(order: str) -> str:
    return _COLUMNS.get(order) or _WORK_TIME[connection.vendor]
