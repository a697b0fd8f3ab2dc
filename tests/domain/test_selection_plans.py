"""What a page of a table of answers costs: as much as it shows, however many answers there are."""

from datetime import timedelta

import pytest
from django.db import connection

from kempelen.domain import clock
from kempelen.domain.models import HIT, Assignment, HITGroup, Requester, Worker
from kempelen.domain.queries.selections import Selection, page
from tests.domain.queues import a_group
from tests.domain.test_listing_plans import steps_of

ANSWERS = 6_000
SIZE = 20


@pytest.fixture
def answered(ada: Requester) -> HITGroup:
    """A group with many answers, a tenth of them waiting for review."""
    group, now = a_group(ada, hits=ANSWERS), clock.now()
    workers = Worker.objects.bulk_create([Worker(created_at=now) for _ in range(50)])
    Assignment.objects.bulk_create(
        Assignment(
            hit_id=hit,
            group=group,
            worker=workers[number % 50],
            status="Submitted" if number % 10 == 0 else "Approved",
            accepted_at=now,
            deadline_at=now,
            submitted_at=now + timedelta(seconds=number % 600),
            auto_approval_at=now,
            approved_at=now if number % 10 else None,
            answers={"answer": "yes"},
        )
        for number, hit in enumerate(
            HIT.objects.filter(group=group).order_by("pk").values_list("pk", flat=True)
        )
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return group


def test_pages_in_every_order_are_read_along_an_index(answered: HITGroup) -> None:
    middle = Assignment.objects.filter(group=answered).order_by("pk")[ANSWERS // 2].public_id
    selections = {
        f"{sort} {statuses} {after}": (Selection(sort=sort, statuses=statuses), after)
        for sort in ("", "-hit", "submitted", "-time", "worker")
        for statuses in ((), ("submitted",))
        for after in ("", middle)
    }
    most = 4 * ANSWERS if connection.vendor == "sqlite" else ANSWERS // 20
    costs = {
        name: steps_of(lambda chosen=chosen, after=after: page(chosen, answered, after=after, size=SIZE))  # type: ignore[misc]
        for name, (chosen, after) in selections.items()
    }
    assert {name: cost for name, cost in costs.items() if cost > most} == {}
