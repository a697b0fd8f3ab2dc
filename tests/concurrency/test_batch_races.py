"""Processes that change one batch at once, work on it and carry out its jobs; one of them is killed."""

import subprocess
import sys

import pytest
from django.db.models import Count, Q

from kempelen.domain import clock
from kempelen.domain.actions import places
from kempelen.domain.models import HIT, Batch, Event, Job
from kempelen.jobs import working
from tests.factories import a_batch, a_project, an_anonymous_worker, group_of, hits_of


def racer(batch: Batch, seed: int, times: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.concurrency.batch_race", *map(str, (batch.pk, seed, times))]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize(
    ("seed", "times"), [(1, 60), *[pytest.param(n, 600, marks=pytest.mark.proof) for n in range(2, 30)]]
)
def test_a_batch_stays_whole_whoever_changes_it_and_whoever_dies(
    transactional_db: None, seed: int, times: int
) -> None:
    batch = a_batch(a_project(places=2, audience="anonymous"))
    for _ in range(2):
        an_anonymous_worker()
    killed, first, second = (racer(batch, 3 * seed + number, times) for number in range(3))
    assert killed.stdout
    for _ in range(times // 3):
        killed.stdout.readline()
    killed.kill()
    killed.communicate()
    for process in (first, second):
        _, errors = process.communicate(timeout=900)
        assert process.returncode == 0, errors
        assert "Traceback" not in errors, errors
    do_what_is_left()
    assert_is_whole(Batch.objects.get(pk=batch.pk))


def do_what_is_left() -> None:
    """Of the one that was killed, too: others take its job when its time is up."""
    Job.objects.filter(finished_at=None).update(due_at=clock.now())
    while working.do_next("the last"):
        pass
    assert not Job.objects.filter(finished_at=None).exists()


def assert_is_whole(batch: Batch) -> None:
    hits = hits_of(batch)
    group = group_of(batch)
    assert (group.status, group.change) == ("closed", None)
    assert not batch.additions.filter(state="publishing").exists()
    assert batch.row_count == batch.published_count == len(hits)
    assert [hit.row_number for hit in sorted(hits, key=lambda hit: hit.row_number)] == list(
        range(1, len(hits) + 1)
    )
    assert len({hit.seq for hit in hits}) == len(hits)
    assert {hit.hit_type_id for hit in hits} == {group.hit_type_id}
    asked = 2 + sum(event.data.get("more", 0) for event in Event.objects.filter(kind="BatchExtended"))
    assert batch.max_assignments == asked
    counted = HIT.objects.annotate(
        held=Count("assignments", filter=Q(assignments__status="Accepted")),
        done=Count("assignments", filter=Q(assignments__status__in=["Submitted", "Approved"])),
    )
    for hit in counted:
        assert (hit.pending_count, hit.unreviewed_count + hit.reviewed_count) == (hit.held, hit.done)
        assert hit.places_left == hit.max_assignments - hit.held - hit.done
        assert hit.status == places.status_of(hit) != "Assignable"
