"""How the database looks for work: along the queue, a few rows at a time, however long the queue is."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kempelen.domain import clock
from kempelen.domain.models import HITGroup, QueueOrder, Worker
from kempelen.domain.queries import home, queue
from tests.domain.queues import a_group

HITS = 3_000
FEW = 300


@pytest.fixture(params=[QueueOrder.OLDEST, QueueOrder.RANDOM])
def long_queue(request: Any, cleo: Worker) -> HITGroup:
    """A queue among others, which the planner knows by its statistics."""
    for _ in range(3):
        a_group(hits=HITS // 3, queue_order=request.param)
    group = a_group(hits=HITS, queue_order=request.param)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return group


def rows_read(statement: str) -> int:
    """How many HITs PostgreSQL reads for a statement; SQLite only tells whether it goes by the index."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            plan = " ".join(str(step) for *_, step in cursor.fetchall())
            return 1 if re.search(r"INDEX hit_queue(_shuffled)? \(group_id=\?", plan) else HITS
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        (plans,) = cursor.fetchone()
    plans = json.loads(plans) if isinstance(plans, str) else plans
    return sum(_read_in(plans[0]["Plan"]))


def _read_in(node: dict[str, Any]) -> list[int]:
    mine = []
    if node.get("Relation Name") == "kempelen_hit" or node.get("Index Name", "").startswith("hit_queue"):
        found = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        mine.append(int(found * node["Actual Loops"]))
    return mine + [rows for child in node.get("Plans", []) for rows in _read_in(child)]


def test_the_next_hit_is_found_without_reading_the_queue(cleo: Worker, long_queue: HITGroup) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert queue.next_hit(cleo, long_queue, clock.now())
    look = next(query["sql"] for query in asked.captured_queries if "places_left" in query["sql"])
    assert rows_read(look) < FEW


def test_the_home_page_counts_without_reading_the_queues(cleo: Worker, long_queue: HITGroup) -> None:
    with CaptureQueriesContext(connection) as asked:
        groups = list(home.listing(cleo, is_logged_in=True))
        assert set(home.left_for(cleo, groups).values()) == {home.MOST_COUNTED + 1}
    hidden, listed, counted, _put_off = asked.captured_queries
    assert sum(rows_read(query["sql"]) for query in (hidden, listed, counted)) < 4 * FEW
