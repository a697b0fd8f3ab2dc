"""Taking jobs and letting go of them; safe for any number of processes on one database.

A job is leased for a while.  Whoever dies with it only delays it: the lease runs out, or a server that starts
again on the same data folder lets go of it at once.  When a job is due the domain's clock says, how long a
lease lasts the world's.
"""

import random
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from kempelen.domain import clock
from kempelen.domain.models import Job

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8
_LONGEST_WAIT = timedelta(hours=1)


def take(taker: str) -> Job | None:
    """Lease the job that has been due for longest, if any is."""
    free = Q(leased_until=None) | Q(leased_until__lte=clock.real_now())
    due = Job.objects.filter(free, finished_at__isnull=True, due_at__lte=clock.now()).order_by("due_at", "pk")
    # Looking costs no lock; on SQLite the transaction below would stop every other writer.
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job is not None:
            _lease(job, taker)
    return job


@transaction.atomic
def take_new(ask: Callable[[], Job | None], taker: str) -> Job | None:
    """Ask for a job and lease it before anybody else can see it; nothing where none was needed."""
    job = ask()
    if job is not None:
        _lease(job, taker)
    return job


def renew(job: Job) -> bool:
    """Prolong the lease of a job at work; false if somebody else has it by now."""
    return bool(_held(job).update(leased_until=clock.real_now() + LEASE))


def finish(job: Job, *, problem: str = "") -> None:
    """Note that the job is done, or that the domain refused it for good."""
    _held(job).update(finished_at=clock.now(), problem=problem)


def fail(job: Job, problem: str) -> bool:
    """Note what went wrong and try again later, longer each time; true if that was the last attempt."""
    if job.attempts >= MAX_ATTEMPTS:
        fail_for_good(job, problem)
        return True
    wait = min(timedelta(seconds=2**job.attempts), _LONGEST_WAIT) * random.uniform(0.5, 1.5)
    _held(job).update(due_at=clock.now() + wait, leased_until=None, taken_by="", problem=problem)
    return False


def fail_for_good(job: Job, problem: str) -> None:
    """Note that nothing more comes of the job unless somebody says so (`failed_jobs`)."""
    now = clock.now()
    _held(job).update(finished_at=now, failed_at=now, problem=problem)
    job.problem = problem


def let_go(takers: str) -> int:
    """Make the unfinished jobs of takers whose names begin so free: they are gone; gives how many."""
    theirs = Job.objects.filter(finished_at__isnull=True, taken_by__startswith=takers)
    return theirs.update(leased_until=None, taken_by="")


def _lease(job: Job, taker: str) -> None:
    job.taken_by = taker
    job.attempts += 1
    job.leased_until = clock.real_now() + LEASE
    job.save(update_fields=["taken_by", "attempts", "leased_until"])


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, taken_by=job.taken_by, finished_at__isnull=True)
