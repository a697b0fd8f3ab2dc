"""What each kind of job does: one action each, which may be run again from where it stopped."""

from collections.abc import Callable

from kempelen.domain.actions import batches, cancelling, publishing, workers_changes
from kempelen.domain.models import Job


def _publish_batch(job: Job) -> None:
    publishing.publish_now(job.arguments["batch"], by_pk=job.arguments["by"])


def _cancel_batch(job: Job) -> None:
    cancelling.cancel_now(job.arguments["batch"])


def _change_workers(job: Job) -> None:
    workers_changes.carry_out(job.arguments["change"])


def _give_up_publishing(job: Job) -> None:
    publishing.give_up(job.arguments["batch"], "The server failed several times; its log says why.")


KINDS: dict[str, Callable[[Job], None]] = {
    batches.PUBLISH_BATCH: _publish_batch,
    batches.CANCEL_BATCH: _cancel_batch,
    workers_changes.CHANGE_WORKERS: _change_workers,
}

# What is still to be done for a job that failed for the last time.
AFTER_LAST_FAILURE: dict[str, Callable[[Job], None]] = {batches.PUBLISH_BATCH: _give_up_publishing}
