import time
from datetime import timedelta

import pytest

from kempelen.domain import clock
from kempelen.domain.actions import background, batches
from kempelen.domain.models import Batch, Job
from kempelen.jobs import queue
from kempelen.jobs.loop import Jobs, Regular
from tests.factories import an_upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def running():
    """Starts background work, and ends it after the test."""
    started: list[Jobs] = []

    def start(*regulars: Regular) -> Jobs:
        jobs = Jobs("node", regulars)
        started.append(jobs)
        jobs.start()
        return jobs

    yield start
    for jobs in started:
        jobs.stop()


def eventually(is_so) -> bool:
    """Whether it becomes so within ten seconds."""
    give_up_at = time.monotonic() + 10
    while time.monotonic() < give_up_at:
        if is_so():
            return True
        time.sleep(0.01)
    return False


def test_a_batch_that_is_asked_for_gets_published(running):
    running()
    batch = an_upload()

    batches.publish(batch)

    assert eventually(lambda: Batch.objects.get(pk=batch.pk).state == Batch.State.PUBLISHED)
    assert eventually(lambda: Job.objects.filter(finished_at__isnull=False).exists())


def test_work_asked_for_in_this_process_begins_at_once(running):
    running()
    batch = an_upload()
    began = time.monotonic()

    batches.publish(batch)

    assert eventually(lambda: Batch.objects.get(pk=batch.pk).state == Batch.State.PUBLISHED)
    assert time.monotonic() - began < 5


def test_what_a_killed_server_was_doing_is_done_when_it_starts_again(running):
    batch = an_upload()
    batches.publish(batch)
    assert queue.take("node/1/0") is not None  # and there its process is killed

    running()

    assert eventually(lambda: Batch.objects.get(pk=batch.pk).state == Batch.State.PUBLISHED)


def test_regular_work_goes_on_after_a_failure(running, monkeypatch):
    monkeypatch.setattr("kempelen.jobs.loop._RECOVERY_SECONDS", 0)
    calls = []

    def sometimes() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("the database is away")

    running(Regular(0, sometimes))

    assert eventually(lambda: len(calls) >= 3)


def test_stopping_takes_no_longer_than_what_is_at_work(running):
    jobs = running()
    began = time.monotonic()

    jobs.stop()

    assert time.monotonic() - began < 3
    background.asked.clear()


def test_regular_work_follows_the_domains_clock_too(running, monkeypatch):
    calls, now = [], clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    running(Regular(3600, lambda: calls.append(1)))
    assert eventually(lambda: len(calls) == 1)

    now += timedelta(hours=1)
    background.moved.set()

    assert eventually(lambda: len(calls) == 2)
