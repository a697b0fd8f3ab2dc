"""Work in figures, kept beside the rows they are made from; `domain.statistics.filling` fills them.

Everything here can be deleted and made again.  Primary keys stand without foreign keys where one column
names rows of several tables, as in `Event`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kempelen.domain.models.hits import HITGroup
from kempelen.domain.models.people import Worker
from kempelen.domain.statistics import work_times
from kempelen.domain.statistics.derived import Derived


class Scope(models.IntegerChoices):
    """What figures are about; `scope_pk` is the primary key of that row."""

    GROUP = 1
    PROJECT = 2
    REQUESTER = 3
    WORKER = 4


class WorkFigures(Derived, models.Model):
    """What work comes to.  Plain integers: what is added to a row may be less than nothing."""

    accepted = models.IntegerField(default=0)
    submitted = models.IntegerField(default=0)
    approved = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    abandoned = models.IntegerField(default=0)
    # From accepting to submitting, of what was submitted.
    work_milliseconds = models.BigIntegerField(default=0)
    reward_cents = models.BigIntegerField(default=0)
    # Of bonuses for assignments.
    bonus_cents = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class HourOfWork(WorkFigures):
    """What happened in an hour: accepted, ended, or submitted in it.

    What becomes of submitted work later, review and pay, counts where it was submitted.
    """

    scope = models.PositiveSmallIntegerField(choices=Scope)
    scope_pk = models.BigIntegerField()
    # Since 1970, UTC.
    hour = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "scope_pk", "hour"], name="hour_of_work_once")
        ]

    def __str__(self) -> str:
        return f"{Scope(self.scope).label} {self.scope_pk}, hour {self.hour}"


class WorkOfWorker(WorkFigures):
    """What a worker did in a group, in a project or for a requester."""

    scope = models.PositiveSmallIntegerField(choices=Scope)
    scope_pk = models.BigIntegerField()
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+", db_index=False)
    # The sum of thousandths of the logarithm to base 2 of each answer's milliseconds.
    log_milliseconds = models.BigIntegerField(default=0)
    # When the worker last accepted or submitted something: hours since 1970, UTC.
    last_hour = models.IntegerField(default=0)
    # Of a requester's workers: bonuses that were not for an assignment.
    other_bonus_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "scope_pk", "worker"], name="work_of_worker_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["scope", "scope_pk", "submitted", "worker"], name="work_by_count"),
            models.Index(fields=["scope", "scope_pk", "last_hour", "worker"], name="work_by_time"),
            models.Index(fields=["worker", "scope"], name="work_of_worker"),
        ]

    def __str__(self) -> str:
        return f"{Scope(self.scope).label} {self.scope_pk}, worker {self.worker_id}"

    @property
    def usual_seconds(self) -> float | None:
        """How long the worker's answers usually take: their geometric mean, which is near the median."""
        return work_times.typical_seconds(self.log_milliseconds, self.submitted)


class WorkTime(models.Model):
    """How many answers took about as long: a bin of a histogram (`statistics.work_times`)."""

    scope = models.PositiveSmallIntegerField(choices=Scope)
    scope_pk = models.BigIntegerField()
    bin = models.SmallIntegerField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "scope_pk", "bin"], name="work_time_once")
        ]

    def __str__(self) -> str:
        return f"{Scope(self.scope).label} {self.scope_pk}, bin {self.bin}"


class CountedAssignment(models.Model):
    """What an assignment was counted as, so that it can be counted anew: `id` is the assignment's own."""

    id = models.BigAutoField(primary_key=True)
    status = models.CharField(max_length=10)
    accepted_hour = models.IntegerField()
    # When it was submitted or given up; -1 while it is in hand.
    ended_hour = models.IntegerField()
    # -1 if it is not submitted.
    work_milliseconds = models.BigIntegerField()
    reward_cents = models.IntegerField()
    bonus_cents = models.IntegerField()

    def __str__(self) -> str:
        return f"Assignment {self.pk} as {self.status}"


class GroupProgress(models.Model):
    """How far a HIT group is, counted anew from time to time (`statistics.recounting`)."""

    group = models.OneToOneField(
        HITGroup, on_delete=models.CASCADE, primary_key=True, related_name="progress"
    )
    hits = models.IntegerField(default=0)
    hits_done = models.IntegerField(default=0)
    hits_expired = models.IntegerField(default=0)
    places = models.IntegerField(default=0)
    # Of HITs that are still given out.
    open_places = models.IntegerField(default=0)
    pending = models.IntegerField(default=0)
    unreviewed = models.IntegerField(default=0)
    reviewed = models.IntegerField(default=0)
    # How often the group was said to have changed, by now and when it was counted; and when it may be again.
    changes = models.IntegerField(default=1)
    counted_changes = models.IntegerField(default=0)
    due_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="progress_to_count", condition=Q(changes__gt=F("counted_changes"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.hits_done} of {self.hits} HITs of {self.group_id}"


class StatisticsState(models.Model):
    """How far the figures have come; one row, locked by whoever fills them."""

    # Assignments up to here were there when the figures were begun, and are counted one after the other.
    walked_pk = models.BigIntegerField(default=0)
    walk_until_pk = models.BigIntegerField(default=0)
    # What happened up to this event is counted.
    event_pk = models.BigIntegerField(default=0)
    # On PostgreSQL: events in between that may have become visible after they were passed.
    again_from_pk = models.BigIntegerField(default=0)
    again_until_pk = models.BigIntegerField(default=0)
    # Transactions from this number on had not begun then; none if nothing is to be looked at again.
    again_transaction = models.BigIntegerField(null=True, blank=True)
    # How many events were seen among them (-1: not known), and after them.
    again_count = models.BigIntegerField(default=0)
    seen_count = models.BigIntegerField(default=0)
    began_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"events to {self.event_pk}, assignments to {self.walked_pk} of {self.walk_until_pk}"
