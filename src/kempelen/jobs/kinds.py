"""What each kind of job does: one action each, which may be run again from where it stopped."""

from collections.abc import Callable

from kempelen.domain.actions import (
    additions,
    assignment_time,
    batches,
    bulk_reviews,
    cancelling,
    exports,
    failed_jobs,
    planning,
    prolonging,
    publishing,
    repeating,
    scheduling,
    workers_changes,
)
from kempelen.domain.models import Job


def _publish_batch(job: Job) -> None:
    publishing.publish_now(job.arguments["batch"], by_pk=job.arguments["by"])


def _add_rows(job: Job) -> None:
    additions.add_now(job.arguments["addition"], by_pk=job.arguments["by"])


def _change_hits(job: Job) -> None:
    prolonging.change_now(job.arguments["group"])


def _publish_scheduled(job: Job) -> None:
    scheduling.publish_due(job.arguments["batch"], job.arguments["at"])


def _cancel_batch(job: Job) -> None:
    cancelling.cancel_now(job.arguments["batch"])


def _change_workers(job: Job) -> None:
    workers_changes.carry_out(job.arguments["change"])


def _change_time(job: Job) -> None:
    assignment_time.change_now(job.arguments["group"])


def _repeat_batch(job: Job) -> None:
    repeating.repeat_now(job)


def _plan_review(job: Job) -> None:
    planning.plan_all(job.arguments["review"])


def _decide_review(job: Job) -> None:
    bulk_reviews.decide_now(job.arguments["review"])


def _undo_review(job: Job) -> None:
    bulk_reviews.undo_now(job.arguments["review"])


def _make_export(job: Job) -> None:
    exports.make(job.arguments["export"])


def _give_up_export(job: Job) -> None:
    exports.give_up(job.arguments["export"], failed_jobs.UNKNOWN)


def _give_up_planning(job: Job) -> None:
    planning.give_up(job.arguments["review"], failed_jobs.UNKNOWN)


def _give_up_publishing(job: Job) -> None:
    publishing.give_up(job.arguments["batch"], failed_jobs.UNKNOWN)


def _give_up_adding(job: Job) -> None:
    additions.give_up(job.arguments["addition"], failed_jobs.UNKNOWN)


KINDS: dict[str, Callable[[Job], None]] = {
    batches.PUBLISH_BATCH: _publish_batch,
    batches.CANCEL_BATCH: _cancel_batch,
    exports.MAKE_EXPORT: _make_export,
    workers_changes.CHANGE_WORKERS: _change_workers,
    additions.ADD_ROWS: _add_rows,
    prolonging.CHANGE_HITS: _change_hits,
    scheduling.PUBLISH_SCHEDULED: _publish_scheduled,
    assignment_time.CHANGE_TIME: _change_time,
    repeating.REPEAT_BATCH: _repeat_batch,
    bulk_reviews.PLAN_REVIEW: _plan_review,
    bulk_reviews.DECIDE_REVIEW: _decide_review,
    bulk_reviews.UNDO_REVIEW: _undo_review,
}

# What is still to be done for a job that failed for the last time.
AFTER_LAST_FAILURE: dict[str, Callable[[Job], None]] = {
    batches.PUBLISH_BATCH: _give_up_publishing,
    exports.MAKE_EXPORT: _give_up_export,
    bulk_reviews.PLAN_REVIEW: _give_up_planning,
    additions.ADD_ROWS: _give_up_adding,
    # The others wait for somebody to say what becomes of them.
    **dict.fromkeys(failed_jobs.KINDS, failed_jobs.tell),
}
