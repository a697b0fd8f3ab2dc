import threading
import time
from datetime import timedelta

import pytest
from django.db import connection

from kempelen.domain import clock
from kempelen.domain.actions import background
from kempelen.domain.errors import WrongState
from kempelen.domain.models import Job
from kempelen.jobs import queue, working

pytestmark = pytest.mark.django_db(transaction=True)


def a_job(kind: str = "greet", **arguments: object) -> Job:
    return background.ask_for(kind, **arguments)


def make_due(job: Job) -> None:
    """Let the job's lease, or its wait, be over."""
    past = clock.real_now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(due_at=past, leased_until=past)


def test_a_job_is_done_once():
    a_job(name="Ada")
    greeted = []

    did = [
        working.do_next("me", {"greet": lambda job: greeted.append(job.arguments["name"])}) for _ in range(2)
    ]

    assert (did, greeted) == ([True, False], ["Ada"])
    assert Job.objects.get().finished_at is not None


def test_a_job_that_is_taken_is_nobody_elses_until_its_lease_is_over():
    job = a_job()
    assert queue.take("first") == job
    assert queue.take("second") is None

    make_due(job)

    taken = queue.take("second")
    assert taken == job
    assert (taken.taken_by, taken.attempts) == ("second", 2)


def test_a_long_job_keeps_its_lease(monkeypatch):
    monkeypatch.setattr(working, "_RENEW_SECONDS", 0.01)
    job = a_job()
    seen = []

    def work(job: Job) -> None:
        make_due(job)
        give_up_at = time.monotonic() + 10
        while time.monotonic() < give_up_at and not seen:
            seen.extend(Job.objects.filter(pk=job.pk, leased_until__gt=clock.real_now()))

    working.do_next("me", {"greet": work})

    assert seen == [job]


def test_who_lost_the_lease_cannot_finish_the_job():
    job = a_job()
    slow = queue.take("slow")
    make_due(job)
    quick = queue.take("quick")

    assert queue.renew(slow) is False
    queue.finish(slow)
    assert Job.objects.get().finished_at is None
    queue.finish(quick)
    assert Job.objects.get().finished_at is not None


def test_a_job_that_fails_is_tried_again_later_and_not_for_ever(monkeypatch):
    monkeypatch.setattr(queue, "MAX_ATTEMPTS", 2)
    job = a_job()

    def fail(job: Job) -> None:
        raise ValueError("no luck")

    assert working.do_next("me", {"greet": fail})
    assert not working.do_next("me", {"greet": fail})
    make_due(job)
    assert working.do_next("me", {"greet": fail})
    make_due(job)

    assert not working.do_next("me", {"greet": fail})
    job.refresh_from_db()
    assert job.finished_at is not None
    assert "no luck" in job.problem


def test_a_refused_job_is_not_tried_again():
    job = a_job()

    def refuse(job: Job) -> None:
        raise WrongState("It is published already.")

    working.do_next("me", {"greet": refuse})

    job.refresh_from_db()
    assert job.finished_at is not None
    assert job.problem == "It is published already."


def test_a_kind_that_nobody_knows_harms_nothing():
    job = a_job("unheard-of")

    assert working.do_next("me", {})

    job.refresh_from_db()
    assert "unheard-of" in job.problem


def test_jobs_of_a_dead_server_are_due_at_once_when_it_starts_again():
    job = a_job()
    queue.take("node1/4711/0")
    assert queue.let_go("node2/") == 0

    assert queue.let_go("node1/") == 1

    assert queue.take("node1/4712/0") == job


def test_many_takers_do_each_job_once():
    jobs = [a_job(number=number) for number in range(20)]
    done: list[int] = []

    def take_all() -> None:
        while working.do_next(threading.current_thread().name, {"greet": lambda job: done.append(job.pk)}):
            pass
        connection.close()

    takers = [threading.Thread(target=take_all) for _ in range(3)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join(60)

    assert sorted(done) == [job.pk for job in jobs]


def test_work_asked_for_and_done_here_is_seen_by_nobody_else():
    seen_by_others = []

    working.ask_and_do(a_job, taker="command", work=lambda: seen_by_others.append(queue.take("server")))

    assert seen_by_others == [None]
    assert Job.objects.get().finished_at is not None


def test_work_cut_short_here_is_left_to_the_server():
    def cut_short() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        working.ask_and_do(a_job, taker="command", work=cut_short)

    assert queue.take("server") is not None
