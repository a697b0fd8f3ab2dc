"""Doing one job: its lease prolonged while it takes, its failure noted."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Mapping

from django.db import connection

from kempelen.domain.actions import failed_jobs
from kempelen.domain.errors import Refusal
from kempelen.domain.models import Job
from kempelen.jobs import queue
from kempelen.jobs.kinds import AFTER_LAST_FAILURE, KINDS

log = logging.getLogger("kempelen.jobs")

_RENEW_SECONDS = queue.LEASE.total_seconds() / 3


def do_next(taker: str, kinds: Mapping[str, Callable[[Job], None]] = KINDS) -> bool:
    """Take a job that is due and do it; false if there was none."""
    job = queue.take(taker)
    if job is None:
        return False
    try:
        with _kept(job):
            kinds[job.kind](job)
    except Refusal as refusal:
        # The rules forbid it; they will not change their mind.
        log.warning("Job %s (%s) was refused: %s", job.pk, job.kind, refusal)
        _refuse(job, str(refusal))
    except Exception as error:  # whatever it is, the job is tried again and the others go on
        is_over = queue.fail(job, repr(error)[:2000])
        log.exception("Job %s (%s) failed%s.", job.pk, job.kind, " for the last time" if is_over else "")
        if is_over and job.kind in AFTER_LAST_FAILURE:
            AFTER_LAST_FAILURE[job.kind](job)
    else:
        queue.finish(job)
    return True


def _refuse(job: Job, problem: str) -> None:
    if job.kind not in failed_jobs.KINDS:
        queue.finish(job, problem=problem)
        return
    # What it is about does not say by itself that nothing comes of it.
    queue.fail_for_good(job, problem)
    failed_jobs.tell(job)


def ask_and_do(
    ask: Callable[[], Job | None], *, taker: str, work: Callable[[], object] | None = None
) -> None:
    """Ask for a job and do it oneself, as its kind is done or by `work`; if cut short, a server goes on.

    What goes wrong is raised; unless the domain refused, the server tries again.
    """
    job = queue.take_new(ask, taker)
    if job is None:
        return
    try:
        with _kept(job):
            work() if work else KINDS[job.kind](job)
    except KeyboardInterrupt:
        queue.let_go(taker)
        raise
    except Refusal as refusal:
        queue.finish(job, problem=str(refusal))
        raise
    except Exception as error:
        queue.fail(job, repr(error)[:2000])
        raise
    queue.finish(job)


@contextlib.contextmanager
def _kept(job: Job) -> Iterator[None]:
    """Prolong the lease from time to time, until the end of the block."""
    over = threading.Event()
    keeper = threading.Thread(target=_renew_until, args=(job, over), name=f"lease of job {job.pk}")
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _renew_until(job: Job, over: threading.Event) -> None:
    try:
        while not over.wait(_RENEW_SECONDS):
            if not queue.renew(job):
                log.warning("Job %s (%s) is somebody else's by now.", job.pk, job.kind)
                return
    finally:
        connection.close()
