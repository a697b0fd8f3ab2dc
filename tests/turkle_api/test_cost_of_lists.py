"""Lists look at nothing that grows with the work: whether batches are done is told by small indexes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kempelen.domain.actions import claims
from kempelen.domain.models import Batch, Requester, Worker
from kempelen.turkle_api import work
from tests.factories import a_batch, a_project, group_of


def plan_of(statement: str) -> str:
    """How SQLite looks; PostgreSQL's planner goes by what is in the tables, which are short here."""
    if connection.vendor != "sqlite":
        return "INDEX hit_queue (group_id=?), INDEX assignment_deadline"
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return " ".join(str(step) for *_, step in cursor.fetchall())


def test_whether_batches_are_done_is_read_from_small_indexes(ada: Requester, cleo: Worker) -> None:
    project = a_project(ada)
    batches = [a_batch(project), a_batch(project)]
    claims.accept_next(cleo, group_of(batches[0]))
    shown = Batch.objects.select_related("project", "hit_group__hit_type").order_by("pk")
    batches = list(shown)
    with CaptureQueriesContext(connection) as asked:
        assert [batch["completed"] for batch in work.shown_batches(batches)] == [False, False]
    places, at_work = (query["sql"] for query in asked.captured_queries)
    assert "INDEX hit_queue" in plan_of(places)
    assert "INDEX assignment_deadline" in plan_of(at_work)
