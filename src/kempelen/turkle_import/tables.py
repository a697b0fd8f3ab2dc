"""Turkle's tables as they are read: the columns that are needed, and what older versions lack."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kempelen.domain.errors import InvalidValue
from kempelen.turkle_import.source import Source

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A table: how each column is read, and those that some versions lack, with what stands for them."""

    name: str
    needed: Mapping[str, Callable[[Any], Any]]
    later: Mapping[str, tuple[Callable[[Any], Any], Any]]

    def page(self, source: Source, *, after: int, size: int) -> list[Row]:
        """Give the rows that follow this primary key, in the order of primary keys."""
        return self._read(source, "WHERE id > %s ORDER BY id LIMIT %s", [after, size])

    def pages(self, source: Source, *, size: int) -> Iterator[list[Row]]:
        """Give all rows in pages, each a short query of its own."""
        after = 0
        while page := self.page(source, after=after, size=size):
            yield page
            after = page[-1]["id"]

    def of(self, source: Source, column: str, keys: list[int]) -> list[Row]:
        """Give the rows whose column holds one of these numbers, in the order of primary keys."""
        if not keys:
            return []
        marks = ", ".join(["%s"] * len(keys))
        return self._read(source, f"WHERE {column} IN ({marks}) ORDER BY id", keys)

    def _read(self, source: Source, rest: str, values: list[int]) -> list[Row]:
        there = source.columns[self.name]
        readers = dict(self.needed)
        readers |= {name: read for name, (read, _) in self.later.items() if name in there}
        absent = {name: default for name, (_, default) in self.later.items() if name not in there}
        names = ", ".join(f'"{name}"' for name in readers)
        reads = list(readers.items())
        return [
            absent | {name: read(value) for (name, read), value in zip(reads, found, strict=True)}
            for found in source.rows(f"SELECT {names} FROM {self.name} {rest}", values)
        ]


def check(source: Source) -> list[str]:
    """Refuse what is no Turkle database that can be read; gives the columns that nothing here knows."""
    tables = source.columns.keys()
    if {"hits_hit", "hits_hitbatch", "hits_hitproject"} & tables and "turkle_task" not in tables:
        raise InvalidValue(
            "database",
            "This is Turkle 1's database. Upgrade it to Turkle 2.7 first, and migrate its database.",
        )
    if "turkle_task" not in tables:
        raise InvalidValue("database", "This is no Turkle database: it has no table turkle_task.")
    lacking = [
        f"{table.name}.{name}"
        for table in (USERS, GROUPS, PROJECTS, BATCHES, TASKS, ASSIGNMENTS)
        for name in table.needed
        if name not in source.columns.get(table.name, ())
    ]
    if lacking:
        raise InvalidValue(
            "database",
            f"This Turkle's database is of a version that is not known here: it lacks {', '.join(lacking)}. "
            "Turkle 2 and 3 can be read; bring an older one up to Turkle 2.7 first.",
        )
    known = {table.name: {*table.needed, *table.later} for table in (PROJECTS, BATCHES, TASKS, ASSIGNMENTS)}
    unknown = [
        f"{name}.{column}"
        for name, columns in sorted(known.items())
        for column in sorted(source.columns[name] - columns)
    ]
    more = sorted(name for name in tables if name.startswith("turkle_") and name not in known)
    return [*unknown, *more]


def fingerprint(source: Source) -> str:
    """Give what tells this database from every other, and stays when it is copied or moves on.

    The moment of its first migration, to the microsecond; without it, of its first account.
    """
    if source.has("django_migrations"):
        first = source.rows("SELECT app, name, applied FROM django_migrations ORDER BY id LIMIT 1")
    else:
        first = source.rows("SELECT username, password, date_joined FROM auth_user ORDER BY id LIMIT 1")
    words = [f"{one} {another} {time(when).isoformat()}" for one, another, when in first]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def time(value: Any) -> datetime:
    """Read a time; SQLite has it as text, in UTC."""
    read: datetime = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def _time_if_any(value: Any) -> datetime | None:
    return None if value is None else time(value)


def _number_if_any(value: Any) -> int | None:
    return None if value is None else int(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _json(value: Any) -> Any:
    """Read JSON, which Turkle keeps as text; what is none stays the text."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except ValueError:
        return value


USERS = Table(
    "auth_user",
    {
        "id": int,
        "username": _text,
        "password": _text,
        "email": _text,
        "first_name": _text,
        "last_name": _text,
        "is_active": bool,
        "is_staff": bool,
        "is_superuser": bool,
        "date_joined": time,
    },
    {"last_login": (_time_if_any, None)},
)
GROUPS = Table("auth_group", {"id": int, "name": _text}, {})
PROJECTS = Table(
    "turkle_project",
    {"id": int, "name": _text, "html_template": _text, "active": bool},
    {
        "allotted_assignment_time": (int, 24),
        "assignments_per_task": (int, 1),
        "created_at": (_time_if_any, None),
        "created_by_id": (_number_if_any, None),
        "custom_permissions": (bool, False),
        "fieldnames": (_json, None),
        "filename": (_text, ""),
        "html_template_has_submit_button": (bool, False),
        "login_required": (bool, True),
        "updated_at": (_time_if_any, None),
        "updated_by_id": (_number_if_any, None),
    },
)
# Where a batch lacks permissions of its own, its project's count.
BATCHES = Table(
    "turkle_batch",
    {"id": int, "name": _text, "project_id": int, "active": bool, "created_at": time},
    {
        "allotted_assignment_time": (int, 24),
        "assignments_per_task": (int, 1),
        "completed": (bool, False),
        "created_by_id": (_number_if_any, None),
        "custom_permissions": (bool, None),
        "filename": (_text, ""),
        "login_required": (bool, None),
        "published": (bool, True),
    },
)
TASKS = Table("turkle_task", {"id": int, "batch_id": int, "completed": bool, "input_csv_fields": _json}, {})
ASSIGNMENTS = Table(
    "turkle_taskassignment",
    {
        "id": int,
        "task_id": int,
        "answers": _json,
        "assigned_to_id": _number_if_any,
        "completed": bool,
        "created_at": time,
        "updated_at": time,
    },
    {"expires_at": (_time_if_any, None)},
)
