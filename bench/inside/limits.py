"""What the database and Python's csv can do at most: the same tables, without Kempelen's code."""

import contextlib
import csv
import io
import json
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from bench.systems import COLUMNS, row
from kempelen.domain.ids import new_ids_in_order
from kempelen.domain.models import HIT, Batch, HITGroup

_AT_ONCE = 5_000
_HIT_COLUMNS = [field.column for field in HIT._meta.concrete_fields if not field.primary_key]
_EXPORT = """
    SELECT h.public_id, t.public_id, t.title, t.description, t.keywords, t.reward_cents, h.created_at,
           h.max_assignments, h.requester_annotation, t.assignment_duration_seconds,
           t.auto_approval_delay_seconds, h.expires_at, '', '', a.public_id, w.public_id, a.status,
           a.accepted_at, a.submitted_at, a.auto_approval_at, a.approved_at, a.rejected_at, a.feedback,
           0, '', '', '', h.inputs ->> 'key', h.inputs ->> 'text', a.answers ->> 'answer',
           a.answers ->> 'rating', '', ''
      FROM kempelen_assignment a
      JOIN kempelen_hit h ON h.id = a.hit_id
      JOIN kempelen_hittype t ON t.id = h.hit_type_id
      JOIN kempelen_worker w ON w.id = a.worker_id
     WHERE a.group_id = {mark}
     ORDER BY a.hit_id, a.id
"""


def raw_insert(rows: int) -> float:
    """Seconds to put rows that are ready in memory into the table of HITs, with its indexes and checks."""
    ready = list(_hits(rows))
    with _raw_connection() as raw:
        started = time.perf_counter()
        if isinstance(raw, sqlite3.Connection):
            marks = ", ".join("?" * len(_HIT_COLUMNS))
            with raw:
                raw.executemany(
                    f"INSERT INTO kempelen_hit ({', '.join(_HIT_COLUMNS)}) VALUES ({marks})", ready
                )
        else:
            statement = f"COPY kempelen_hit ({', '.join(_HIT_COLUMNS)}) FROM STDIN"
            with raw.cursor() as cursor, cursor.copy(statement) as copy:
                for values in ready:
                    copy.write_row(values)
            raw.commit()
        return time.perf_counter() - started


def raw_export(group: str) -> list[float]:
    """Seconds to write a group's results with one statement and csv, with nothing made of them; and rows."""
    group_pk = HITGroup.objects.values_list("pk", flat=True).get(public_id=group)
    with _raw_connection() as raw:
        started = time.perf_counter()
        count = 0
        if isinstance(raw, sqlite3.Connection):
            cursor: Any = raw.execute(_EXPORT.format(mark="?"), [group_pk])
        else:
            cursor = raw.cursor(name="results")
            cursor.itersize = _AT_ONCE
            cursor.execute(_EXPORT.format(mark="%s"), [group_pk])
        while page := cursor.fetchmany(_AT_ONCE):
            text = io.StringIO(newline="")
            csv.writer(text, quoting=csv.QUOTE_ALL).writerows(page)
            text.getvalue().encode()
            count += len(page)
        return [time.perf_counter() - started, count]


def _hits(rows: int) -> Iterator[tuple[Any, ...]]:
    """Rows of the table as a program would have them ready, in a group that nobody sees."""
    model = Batch.objects.select_related("hit_group").filter(hit_group__isnull=False).latest("pk")
    group = HITGroup.objects.get(pk=model.hit_group_id)
    hidden = HITGroup.objects.create(
        requester_id=group.requester_id,
        hit_type_id=group.hit_type_id,
        status=HITGroup.Status.HIDDEN,
        created_at=group.created_at,
    )
    now: Any = datetime.now(UTC)
    then: Any = now + timedelta(days=7)
    if connection.vendor == "sqlite":
        now, then = str(now.replace(tzinfo=None)), str(then.replace(tzinfo=None))
    shared = {
        "requester_id": group.requester_id,
        "hit_type_id": group.hit_type_id,
        "group_id": hidden.pk,
        "template_version_id": model.template_version_id,
        "question": "",
        "max_assignments": 1,
        "places_left": 1,
        "pending_count": 0,
        "unreviewed_count": 0,
        "reviewed_count": 0,
        "status": "Assignable",
        "review_status": "NotReviewed",
        "priority": 0,
        "requester_annotation": "BatchId:1;OriginalHitTemplateId:1;",
        "lifetime_seconds": 7 * 24 * 3600,
        "created_at": now,
        "expires_at": then,
        "expired_at": None,
        "review_policies": None,
        "comparison_due_at": None,
    }
    # Ids and positions as publishing gives them: those in no order would have the database write far more.
    for number, public_id in enumerate(new_ids_in_order(0, rows, of=rows, offset=hidden.pk * 7_368_787), 1):
        own = {
            "public_id": public_id,
            "row_number": number,
            "seq": number,
            "shuffled_seq": number,
            "inputs": json.dumps(dict(zip(COLUMNS, row(number), strict=True))),
        }
        yield tuple((shared | own)[column] for column in _HIT_COLUMNS)


@contextlib.contextmanager
def _raw_connection() -> Iterator["sqlite3.Connection | psycopg.Connection[Any]"]:
    """A connection of the driver's own, with the settings that Kempelen gives its own."""
    entry = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        raw = sqlite3.connect(entry["NAME"], timeout=60)
        for pragma in entry["OPTIONS"]["init_command"].split(";"):
            raw.execute(pragma)
        raw.execute("PRAGMA foreign_keys=ON")
        try:
            yield raw
        finally:
            raw.close()
    else:
        with psycopg.connect(
            host=entry["HOST"], port=entry["PORT"], user=entry["USER"], dbname=entry["NAME"]
        ) as connected:
            yield connected
