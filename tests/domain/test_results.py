"""Results, read page by page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kempelen.domain.actions import assignments, claims
from kempelen.domain.models import Requester, Worker
from kempelen.domain.queries import results
from tests.domain.queues import a_group


@pytest.mark.parametrize("page", [1, 2, 1000])
def test_rows_come_in_the_order_of_the_hits_whatever_the_page(
    ada: Requester, cleo: Worker, dan: Worker, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(results, "PAGE", page)
    group = a_group(ada, hits=3, places=2)
    for worker in (dan, cleo):
        for _ in range(3):
            assignment = claims.accept_next(worker, group)
            assignments.submit(assignment.public_id, {"a": ["é", "2"], "w": worker.public_id})
    rows = list(results.rows_of([group.pk], requester=ada))
    assert [row.inputs["n"] for row in rows] == ["1", "1", "2", "2", "3", "3"]
    assert [row.worker_id for row in rows] == [dan.public_id, cleo.public_id] * 3
    assert rows[0].answers == {"a": ["é", "2"], "w": dan.public_id}
    assert results.answer_names([group.pk]) == ["a", "w"]


def test_where_answers_are_long_fewer_are_read_at_once(
    ada: Requester, cleo: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "PAGE_CHARACTERS", 1_000)
    monkeypatch.setattr(results, "_FIRST_PAGE", 2)
    group = a_group(ada, hits=4)
    for _ in range(4):
        assignments.submit(claims.accept_next(cleo, group).public_id, {"a": "long" * 200})
    with CaptureQueriesContext(connection) as asked:
        rows = list(results.rows_of([group.pk], requester=ada))
    limits = [int(found[1]) for query in asked if (found := re.search(r"LIMIT (\d+)", query["sql"]))]
    assert (len(rows), limits) == (4, [2, 1, 1, 1])


def test_times_and_rates_are_what_the_tables_say(ada: Requester, cleo: Worker) -> None:
    group = a_group(ada, hits=3)
    done = [claims.accept_next(cleo, group) for _ in range(3)]
    for assignment in done:
        assignments.submit(assignment.public_id, {"a": "1"})
    assignments.approve(ada, done[0].public_id)
    assignments.reject(ada, done[1].public_id, feedback="No.")
    first, second, third = results.rows_of([group.pk], requester=ada)
    assert first.accepted_at == done[0].accepted_at
    assert (first.status, second.status, third.status) == ("Approved", "Rejected", "Submitted")
    assert (third.lifetime_rate.approved, third.lifetime_rate.total) == (1, 2)
    assert third.approved_at is None


def test_work_in_hand_is_no_result(ada: Requester, cleo: Worker) -> None:
    group = a_group(ada)
    claims.accept_next(cleo, group)
    assert list(results.rows_of([group.pk], requester=ada)) == []
    assert results.answer_names([group.pk]) == []
