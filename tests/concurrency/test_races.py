"""Workers in several processes race for the places of one queue."""

import subprocess
import sys

import pytest
from django.db.models import Count

from kempelen.domain.actions import places
from kempelen.domain.models import HIT, Assignment, QueueOrder
from tests.domain.queues import a_group
from tests.factories import an_anonymous_worker


def race(group_pk: int, worker_pks: list[int], *, processes: int) -> list[str]:
    """Let the workers race; gives the assignments whose submission was acknowledged."""
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.concurrency.race",
                str(group_pk),
                *map(str, worker_pks[at::processes]),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for at in range(processes)
    ]
    acknowledged: list[str] = []
    for process in running:
        out, errors = process.communicate(timeout=1000)
        assert process.returncode == 0, errors
        assert "Traceback" not in errors, errors
        acknowledged += out.split()
    return acknowledged


@pytest.mark.parametrize(
    ("hits", "workers", "places_each", "order"),
    [
        (60, 8, 3, QueueOrder.OLDEST),
        (40, 8, 8, QueueOrder.RANDOM),
        pytest.param(2000, 16, 3, QueueOrder.OLDEST, marks=pytest.mark.proof),
        pytest.param(1000, 16, 16, QueueOrder.RANDOM, marks=pytest.mark.proof),
    ],
)
def test_racing_workers_fill_every_place_once(
    transactional_db: None, hits: int, workers: int, places_each: int, order: str
) -> None:
    group = a_group(hits=hits, places=places_each, queue_order=order)
    racers = [an_anonymous_worker().pk for _ in range(workers)]
    acknowledged = race(group.pk, racers, processes=2)
    assert len(acknowledged) == len(set(acknowledged)) == hits * places_each
    stored = Assignment.objects.filter(status="Submitted").values_list("public_id", flat=True)
    assert set(stored) == set(acknowledged)
    twice = Assignment.objects.filter(status="Submitted").values("hit", "worker").annotate(times=Count("pk"))
    assert not twice.filter(times__gt=1).exists()
    for hit in HIT.objects.all():
        assert (hit.places_left, hit.pending_count, hit.unreviewed_count) == (0, 0, places_each)
        assert hit.status == places.status_of(hit) == "Reviewable"
