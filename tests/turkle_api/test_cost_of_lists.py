"""Lists look at nothing that grows with the work: whether batches are done is told by small indexes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kempelen.domain.actions import claims
from kempelen.domain.models import Batch, Requester, Worker
from kempelen.turkle_api import work
from tests.factories import a_batch, a_project, group_of


def plans_of(batches: list[Batch]) -> list[str]:
    """How SQLite looks for each thing that it is asked."""
    with CaptureQueriesContext(connection) as asked:
        work.shown_batches(batches)
    plans = []
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans.append(" ".join(str(step) for *_, step in cursor.fetchall()))
    return plans


def test_whether_batches_are_done_is_read_from_small_indexes(ada: Requester, cleo: Worker) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's planner goes by what is in the tables")
    batch = a_batch(a_project(ada))
    claims.accept_next(cleo, group_of(batch))
    batches = list(Batch.objects.select_related("project", "hit_group__hit_type"))
    places, at_work = (plan for plan in plans_of(batches) if "hit_queue" in plan or "assignment" in plan)
    assert "INDEX hit_queue (group_id=?)" in places or "INDEX hit_queue_shuffled (group_id=?)" in places
    assert "INDEX assignment_deadline" in at_work
