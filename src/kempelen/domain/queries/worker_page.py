"""What a requester knows of one worker: figures by group, answers, what was said and paid."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.lookups import Exact

from kempelen.domain.models import (
    Assignment,
    HITGroup,
    Message,
    Notice,
    Payment,
    Qualification,
    QualificationType,
    Requester,
    Scope,
    Worker,
    WorkerBlock,
    WorkerGroup,
    WorkerNote,
    WorkerRecord,
    WorkOfWorker,
)
from kempelen.domain.statistics.worker_records import Pace, hourly_of, medians_of, pace_of


@dataclass(frozen=True)
class InGroup:
    """A worker's figures in a HIT group, which may be a batch's."""

    group: HITGroup
    work: WorkOfWorker
    pace_percent: int | None
    hourly_cents: int | None

    @property
    def approval_percent(self) -> int | None:
        """How much of what was reviewed was approved; None if nothing was."""
        reviewed = self.work.approved + self.work.rejected
        return 100 * self.work.approved // reviewed if reviewed else None


def record_of(requester: Requester, worker: Worker) -> WorkerRecord | None:
    """Give the worker's record; None if they took no work, or the background has not counted it yet."""
    return WorkerRecord.objects.filter(requester=requester, worker=worker).first()


def by_group(requester: Requester, worker: Worker, *, size: int) -> list[InGroup]:
    """Give the worker's figures in the groups worked on last."""
    mine = HITGroup.objects.filter(requester=requester)
    rows = WorkOfWorker.objects.filter(scope=Scope.GROUP, worker=worker, scope_pk__in=mine.values("pk"))
    works = list(rows.order_by("-last_hour", "-pk")[:size])
    groups = mine.select_related("hit_type", "batch__project").in_bulk([work.scope_pk for work in works])
    medians = medians_of(groups)
    return [
        InGroup(
            groups[work.scope_pk],
            work,
            pace_of([Pace(work.scope_pk, work.submitted, work.log_milliseconds)], medians),
            hourly_of(
                work.reward_cents + work.bonus_cents,
                work.work_milliseconds,
                submitted=work.submitted,
                reviewed=work.approved + work.rejected,
            ),
        )
        for work in works
        if work.scope_pk in groups
    ]


def answers_of(requester: Requester, worker: Worker, *, size: int) -> list[Assignment]:
    """Give what the worker submitted last to the requester, without the answers themselves."""
    done = Assignment.objects.filter(
        worker=worker, group__requester=requester, submitted_at__isnull=False
    ).select_related("hit", "group__hit_type", "group__batch")
    return list(
        done.defer("answers", "draft", "hit__inputs", "hit__question").order_by("-submitted_at")[:size]
    )


def notes_about(requester: Requester, worker: Worker) -> QuerySet[WorkerNote]:
    """Give what members noted, newest first."""
    return WorkerNote.objects.filter(requester=requester, worker=worker).select_related("by").order_by("-pk")


def block_on(requester: Requester, worker: Worker) -> WorkerBlock | None:
    """Give the requester's block on the worker, if there is one."""
    return WorkerBlock.objects.filter(requester=requester, worker=worker).first()


def held_of(requester: Requester, worker: Worker) -> list[Qualification]:
    """Give what the worker holds of the requester's own types, by name."""
    held = Qualification.objects.filter(
        worker=worker, status=Qualification.Status.GRANTED, qualification_type__requester=requester
    ).exclude(qualification_type__status=QualificationType.Status.DISPOSED)
    return list(held.select_related("qualification_type").order_by("qualification_type__name"))


def written_to(requester: Requester, worker: Worker, *, size: int) -> list[Notice]:
    """Give what the requester wrote to the worker, newest first."""
    return list(Notice.objects.filter(worker=worker, requester=requester).order_by("-pk")[:size])


def written_by(requester: Requester, worker: Worker, *, size: int) -> list[Message]:
    """Give what the worker wrote about the requester's HITs, newest first."""
    sent = Message.objects.filter(worker=worker, group__requester=requester)
    about = sent.select_related("hit", "group__hit_type", "group__batch", "replied_by")
    return list(about.defer("hit__inputs", "hit__question").order_by("-pk")[:size])


def bonuses_to(requester: Requester, worker: Worker, *, size: int) -> list[Payment]:
    """Give the bonuses that the requester paid the worker, for work or outside it, newest first."""
    # Written so that the worker's index is taken: a requester may have paid a million rewards.
    of_requester = Q(Exact(F("requester") + 0, requester.pk))
    paid = Payment.objects.filter(of_requester, worker=worker, kind=Payment.Kind.BONUS)
    shown = paid.select_related("by", "assignment__group__hit_type", "assignment__group__batch")
    return list(shown.defer("assignment__answers", "assignment__draft").order_by("-paid_at", "-pk")[:size])


def groups_with(requester: Requester, worker: Worker) -> QuerySet[WorkerGroup]:
    """Give the requester's worker groups that the worker is in, by name."""
    return WorkerGroup.objects.filter(requester=requester, is_named=False, members=worker).order_by("name")
