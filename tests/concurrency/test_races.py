"""Workers in several processes race for the places of one queue."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db.models import Count

from kempelen.domain.actions import places
from kempelen.domain.models import HIT, Assignment, Payment, QueueOrder, ReviewAction
from tests.domain.quality.policies import known_answers, plurality
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


def test_racing_workers_have_each_hit_compared_once_and_are_paid_once(
    transactional_db: None, tmp_path: Path
) -> None:
    group = a_group(hits=15, places=4)
    policies = {
        "Assignment": known_answers(AnswerKey={"a": ["no"]}, ExtendIfKnownAnswerScoreIsLessThan="100"),
        "HIT": plurality(QuestionIds=["a"], ApproveIfWorkerAgreementScoreIsAtLeast="100"),
    }
    HIT.objects.update(review_policies=policies)
    racers = [an_anonymous_worker().pk for _ in range(8)]
    acknowledged = race(group.pk, racers, tmp_path, processes=2)
    # Extended once to five places: the most that the policy allows unless it says so.
    assert len(set(acknowledged)) == 15 * 5
    approved = Assignment.objects.filter(status="Approved").values_list("public_id", flat=True)
    assert set(approved) == set(acknowledged)
    paid = Payment.objects.values_list("assignment__public_id", flat=True)
    assert sorted(paid) == sorted(acknowledged)
    reviews = (
        ReviewAction.objects.filter(level="HIT", name="review").values("hit").annotate(times=Count("pk"))
    )
    assert [review["times"] for review in reviews] == [1] * 15
