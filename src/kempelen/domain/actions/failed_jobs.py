"""Background work that failed for the last time and waits for somebody to try it again or give it up.

What it was about stays as it is meanwhile.  Work of other kinds says by itself that it failed, such as a
batch that could not be published; there is nothing to be done about its job.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from kempelen.domain import clock, events, job_events
from kempelen.domain.actions import (
    assignment_time,
    background,
    batches,
    bulk_reviews,
    prolonging,
    repeating,
    scheduling,
    workers_changes,
)
from kempelen.domain.errors import NotFound, WrongState
from kempelen.domain.models import (
    Batch,
    BulkReview,
    HITGroup,
    Job,
    Membership,
    Requester,
    User,
    WorkersChange,
)

Subject = BulkReview | WorkersChange | Batch | HITGroup
Role = Membership.Role
_REASONS = (
    (r".*database is locked|.*too many connections", "The database was too busy for a long time."),
    (r"OSError\(28|.*No space left|.*disk is full", "The server’s disk is full."),
    (r"MemoryError", "The server ran out of memory."),
    (r"FileNotFoundError|PermissionError", "The server can no longer read a file that it needs."),
    (r"OperationalError|InterfaceError", "The server could not use its database."),
)
_ERROR = re.compile(r"([A-Za-z_.]+)\(", re.ASCII)
UNKNOWN = "The server failed several times; its log says why."


@dataclass(frozen=True)
class Kind:
    """A kind of work that can be tried again: what it does, and what is left if it is given up.

    `argument` names what it is about among the job's, by primary key; `role` is who may decide.
    """

    does: str
    left: str
    argument: str
    model: type[Any]
    role: Role
    give_up: Callable[[Job], None] = lambda job: None


def _give_up_schedule(job: Job) -> None:
    scheduling.give_up(job.arguments["batch"], job.arguments["at"], UNKNOWN)


KINDS: Mapping[str, Kind] = {
    bulk_reviews.DECIDE_REVIEW: Kind(
        "Reviewing many answers",
        "What is decided stays; the rest waits for its review.",
        "review",
        BulkReview,
        Role.REVIEWER,
        lambda job: bulk_reviews.stop(job.arguments["review"]),
    ),
    bulk_reviews.UNDO_REVIEW: Kind(
        "Taking back a review of many answers",
        "What is taken back stays so; the rest stays as it was decided.",
        "review",
        BulkReview,
        Role.REVIEWER,
        lambda job: bulk_reviews.stop(job.arguments["review"]),
    ),
    workers_changes.CHANGE_WORKERS: Kind(
        "Changing many workers",
        "What is done stays; the other workers are left as they are.",
        "change",
        WorkersChange,
        Role.REVIEWER,
        lambda job: workers_changes.stop(job.arguments["change"]),
    ),
    batches.CANCEL_BATCH: Kind(
        "Withdrawing the rest of the batch",
        "Nothing of it is given out any more, though some HITs do not say that they have ended.",
        "batch",
        Batch,
        Role.EDITOR,
    ),
    repeating.REPEAT_BATCH: Kind(
        "Making a batch of what is unfinished",
        "No batch is made; you can ask for it again.",
        "batch",
        Batch,
        Role.EDITOR,
    ),
    scheduling.PUBLISH_SCHEDULED: Kind(
        "Publishing the batch at its time",
        "It stays as it is, and you can publish it yourself.",
        "batch",
        Batch,
        Role.EDITOR,
        _give_up_schedule,
    ),
    prolonging.CHANGE_HITS: Kind(
        "Extending or ending all HITs",
        "The HITs that are changed stay so, the others are left as they were.",
        "group",
        HITGroup,
        Role.EDITOR,
        lambda job: prolonging.give_up(job.arguments["group"]),
    ),
    assignment_time.CHANGE_TIME: Kind(
        "Changing the time that workers have",
        "Some HITs have the new time, others the old one.",
        "group",
        HITGroup,
        Role.EDITOR,
    ),
}


def tell(job: Job) -> None:
    """Write into the requester's log that the job failed for the last time."""
    subject = subject_of(job)
    if subject is not None:
        data = {"job": job.kind, "problem": reason_of(job.problem)}
        events.record(job_events.JobFailed(subject.requester, data=data))


def of(subject: Subject) -> list[Job]:
    """Give the failed work that is still to be decided about this, oldest first."""
    failed = Job.objects.filter(_about(subject), failed_at__isnull=False, kind__in=KINDS)
    return [job for job in failed.order_by("pk")[:10] if _still_counts(job, subject)]


def found(requester: Requester, pk: int) -> Job:
    """Give the requester's failed job, or refuse with `NotFound`."""
    job = Job.objects.filter(pk=pk, kind__in=KINDS).first()
    subject = subject_of(job) if job is not None else None
    if job is None or subject is None or subject.requester_id != requester.pk:
        raise NotFound("job", pk)
    return job


def subject_of(job: Job) -> Subject | None:
    """Give what the job is about, if it still exists."""
    return subjects_of([job]).get(job.pk)


def subjects_of(jobs: Iterable[Job]) -> Mapping[int, Subject]:
    """Give what these jobs are about, by their primary keys, with few queries."""
    by_kind = {job.pk: (KINDS[job.kind], job) for job in jobs if job.kind in KINDS}
    wanted: dict[type[Any], set[int]] = {}
    for kind, job in by_kind.values():
        wanted.setdefault(kind.model, set()).add(job.arguments[kind.argument])
    there = {model: model.objects.select_related("requester").in_bulk(pks) for model, pks in wanted.items()}
    return {
        pk: subject
        for pk, (kind, job) in by_kind.items()
        if (subject := there[kind.model].get(job.arguments[kind.argument])) is not None
    }


@transaction.atomic
def try_again(job: Job, *, by: User | None = None) -> None:
    """Have failed work done again from where it stopped, at once; asked a second time it goes on as it is."""
    _may_be_decided(job)
    waiting = Job.objects.filter(pk=job.pk, failed_at__isnull=False)
    again = {"finished_at": None, "leased_until": None, "attempts": 0, "taken_by": "", "problem": ""}
    if waiting.update(failed_at=None, due_at=clock.now(), **again):
        transaction.on_commit(background.asked.set)
        _note(job_events.JobTriedAgain, job, by)


@transaction.atomic
def give_up(job: Job, *, by: User | None = None) -> None:
    """Leave failed work where it stopped, for good (`Kind.left`)."""
    _may_be_decided(job)
    waiting = Job.objects.filter(pk=job.pk, failed_at__isnull=False)
    if waiting.update(failed_at=None) and subject_of(job) is not None:
        KINDS[job.kind].give_up(job)
        _note(job_events.JobGivenUp, job, by)


def dismiss(job: Job) -> None:
    """Take a failed job off the list about which nothing can be done: what it was about says why."""
    Job.objects.filter(pk=job.pk).exclude(kind__in=KINDS).update(failed_at=None)


def reason_of(problem: str) -> str:
    """Say why work failed in words for people: what the rules said, or what is behind an error."""
    for pattern, words in _REASONS:
        if re.match(pattern, problem, re.ASCII | re.DOTALL):
            return words
    return UNKNOWN if _ERROR.match(problem) else problem or UNKNOWN


def _may_be_decided(job: Job) -> None:
    if job.kind not in KINDS:
        raise WrongState("This cannot be tried again; what it was about says why it failed.")


def _note(happening: type[events.RequesterHappening], job: Job, by: User | None) -> None:
    subject = subject_of(job)
    if subject is not None:
        events.record(happening(subject.requester, by=by, data={"job": job.kind}))


def _about(subject: Subject) -> Q:
    if isinstance(subject, Batch):
        group = subject.hit_group_id
        return Q(arguments__batch=subject.pk) | (Q(arguments__group=group) if group else Q(pk=None))
    names = {BulkReview: "review", WorkersChange: "change", HITGroup: "group"}
    return Q(**{f"arguments__{names[type(subject)]}": subject.pk})


def _still_counts(job: Job, subject: Subject) -> bool:
    """Tell whether the work is still to be done: a review may be taken back, a batch have another time."""
    if isinstance(subject, BulkReview):
        kinds = {
            BulkReview.State.DECIDING.value: bulk_reviews.DECIDE_REVIEW,
            BulkReview.State.UNDOING.value: bulk_reviews.UNDO_REVIEW,
        }
        return kinds.get(subject.state) == job.kind
    if isinstance(subject, Batch) and job.kind == scheduling.PUBLISH_SCHEDULED:
        at = subject.publish_at
        return at is not None and at.isoformat() == job.arguments["at"]
    return True
