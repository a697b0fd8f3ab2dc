"""What a page of a long list costs: as much as a page of a short one, wherever it is in the list."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kempelen.domain import clock
from kempelen.domain.actions import settled
from kempelen.domain.models import HIT, QualificationRequest, QualificationType, Requester, Worker
from kempelen.domain.queries import qualifications
from tests.domain.queues import a_group

HITS = 6_000
REQUESTS = 12_000
SIZE = 20


@pytest.fixture
def long_list(ada: Requester) -> Requester:
    """A requester with many HITs, half of them Reviewable and a few Reviewing."""
    a_group(ada, hits=HITS)
    first = HIT.objects.earliest("pk").pk
    done = {"expired_at": "2020-01-01T00:00Z"}
    HIT.objects.filter(pk__lt=first + HITS // 2).update(status="Reviewable", **done)
    HIT.objects.filter(pk__gte=first + HITS - 3).update(status="Reviewing", **done)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ada


def steps_of(read: Callable[[], object]) -> int:
    """How much the database has to do: SQLite's instructions, or the rows that PostgreSQL reads."""
    if connection.vendor == "sqlite":
        counted = [0]

        def count() -> int:
            counted[0] += 1
            return 0

        connection.ensure_connection()
        connection.connection.set_progress_handler(count, 10)
        read()
        connection.connection.set_progress_handler(None, 0)
        return counted[0] * 10
    with CaptureQueriesContext(connection) as asked:
        read()
    return sum(_rows(query["sql"]) for query in asked.captured_queries if query["sql"].startswith("SELECT"))


def _rows(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        (plans,) = cursor.fetchone()
    plans = json.loads(plans) if isinstance(plans, str) else plans
    return sum(_read_in(plans[0]["Plan"]))


def _read_in(node: dict[str, Any]) -> list[int]:
    found = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    mine = [int(found * node["Actual Loops"])] if "Relation Name" in node else []
    return mine + [rows for child in node.get("Plans", []) for rows in _read_in(child)]


def page_of_hits(ada: Requester, before: int | None) -> Callable[[], object]:
    return lambda: settled.newest_hits(ada, before=before, size=SIZE)


def page_to_review(ada: Requester, status: str, after: int | None) -> Callable[[], object]:
    return lambda: settled.hits_to_review(ada, status, hit_type_id=None, after=after, size=SIZE)


def test_pages_of_a_long_list_cost_what_they_show(long_list: Requester) -> None:
    middle = HIT.objects.earliest("pk").pk + HITS // 3
    pages = {
        "newest": page_of_hits(long_list, None),
        "in the middle": page_of_hits(long_list, middle),
        "reviewable": page_to_review(long_list, "Reviewable", None),
        "reviewable, in the middle": page_to_review(long_list, "Reviewable", middle),
        "reviewing": page_to_review(long_list, "Reviewing", None),
    }
    # For each HIT on a page a few hundred instructions; the whole list has six thousand HITs.
    most = HITS if connection.vendor == "sqlite" else HITS // 20
    assert {name: steps for name, read in pages.items() if (steps := steps_of(read)) > most} == {}


@pytest.fixture
def many_requests(ada: Requester, ben: Requester) -> list[QualificationRequest]:
    """Requests for types of Ada's, in turn, and for one of Ben's; in order of time."""
    now = clock.now()
    workers = Worker.objects.bulk_create([Worker(created_at=now) for _ in range(REQUESTS // 8)])
    kinds = [
        QualificationType.objects.create(
            public_id=f"3KIND{number}",
            requester=owner,
            name=f"Kind {number}",
            description="Some.",
            status="Active",
            created_at=now,
        )
        for number, owner in enumerate([*[ada] * 7, ben])
    ]
    made = QualificationRequest.objects.bulk_create(
        QualificationRequest(
            qualification_type=kinds[number % 8],
            worker=workers[number // 8],
            asked_at=now,
            # Several at one moment.
            submitted_at=now + timedelta(seconds=number // 10),
        )
        for number in range(REQUESTS)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def test_a_page_of_requests_for_all_types_reads_a_page_of_each(
    ada: Requester, many_requests: list[QualificationRequest]
) -> None:
    mine = [one for one in many_requests if one.qualification_type.requester_id == ada.pk]
    middle = mine[len(mine) // 2]
    assert middle.submitted_at

    def page(after: QualificationRequest | None) -> list[QualificationRequest]:
        place = (after.submitted_at, after.pk) if after and after.submitted_at else None
        return qualifications.pending_requests(ada, None, after=place, size=SIZE)

    assert page(None) == mine[:SIZE]
    assert page(middle) == mine[len(mine) // 2 + 1 :][:SIZE]
    assert page(mine[-3]) == mine[-2:]
    most = REQUESTS * 4 if connection.vendor == "sqlite" else REQUESTS // 4
    steps = {"first": steps_of(lambda: page(None)), "in the middle": steps_of(lambda: page(middle))}
    assert {name: many for name, many in steps.items() if many > most} == {}
