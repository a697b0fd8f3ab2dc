"""Workers in several processes race for the places of one queue."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db.models import Count

from kempelen.domain.actions import places
from kempelen.domain.models import HIT, Assignment, QueueOrder
from tests.domain.queues import a_group
from tests.factories import an_anonymous_worker


def race(group_pk: int, worker_pks: list[int], folder: Path, *, processes: int) -> list[str]:
    """Let the workers race; gives the assignments whose submission was acknowledged."""
    # Into files: a pipe that nobody reads yet would stop its process, and the others wait for its work.
    outputs = [folder / f"{at}.txt" for at in range(processes)]
    running = []
    for at, output in enumerate(outputs):
        racers = map(str, worker_pks[at::processes])
        command = [sys.executable, "-m", "tests.concurrency.race", str(group_pk), *racers]
        with output.open("w") as out, output.with_suffix(".err").open("w") as errors:
            running.append(subprocess.Popen(command, stdout=out, stderr=errors))
    acknowledged: list[str] = []
    for process, output in zip(running, outputs, strict=True):
        status = process.wait(timeout=1000)
        errors = output.with_suffix(".err").read_text()
        assert status == 0, errors
        assert "Traceback" not in errors, errors
        acknowledged += output.read_text().split()
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
    transactional_db: None, tmp_path: Path, hits: int, workers: int, places_each: int, order: str
) -> None:
    group = a_group(hits=hits, places=places_each, queue_order=order)
    racers = [an_anonymous_worker().pk for _ in range(workers)]
    acknowledged = race(group.pk, racers, tmp_path, processes=2)
    assert len(acknowledged) == len(set(acknowledged)) == hits * places_each
    stored = Assignment.objects.filter(status="Submitted").values_list("public_id", flat=True)
    assert set(stored) == set(acknowledged)
    twice = Assignment.objects.filter(status="Submitted").values("hit", "worker").annotate(times=Count("pk"))
    assert not twice.filter(times__gt=1).exists()
    for hit in HIT.objects.all():
        assert (hit.places_left, hit.pending_count, hit.unreviewed_count) == (0, 0, places_each)
        assert hit.status == places.status_of(hit) == "Reviewable"
