"""Assignments, and what the queue remembers about a worker."""

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Q
from django.db.models.sql.compiler import SQLCompiler

from kempelen.domain.ids import new_id
from kempelen.domain.models.hits import HIT, HITGroup
from kempelen.domain.models.people import Worker


class WorkMilliseconds(Func):
    """The time between two moments, in SQL that an index can be made of on either database."""

    arity = 2
    output_field = models.BigIntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        """Days as SQLite counts them are exact to far less than a millisecond."""
        template = "CAST(ROUND((%(expressions)s) * 86400000.0) AS INTEGER)"
        operands = WorkMilliseconds(*(_JulianDay(one) for one in self.get_source_expressions()))
        return Func.as_sql(operands, compiler, connection, template=template, arg_joiner=" - ", **context)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        """Give the seconds between them, which PostgreSQL has as an exact number."""
        template = "CAST(EXTRACT(EPOCH FROM (%(expressions)s)) * 1000 AS bigint)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **context)


class _JulianDay(Func):
    function = "julianday"
    output_field = models.FloatField()


class Assignment(models.Model):
    """A worker's place on a HIT, from accepting to review.

    `public_id` is also the capability to submit: random, bound to one worker and HIT, never used again.
    """

    class Status(models.TextChoices):
        """MTurk's three public statuses, and the three that MTurk keeps to itself (mturk-api.md §3.2)."""

        ACCEPTED = "Accepted"
        SUBMITTED = "Submitted"
        APPROVED = "Approved"
        REJECTED = "Rejected"
        RETURNED = "Returned"
        ABANDONED = "Abandoned"

    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    hit = models.ForeignKey(HIT, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    group = models.ForeignKey(HITGroup, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACCEPTED)
    accepted_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    auto_approval_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    rejected_at = models.DateTimeField(null=True, blank=True)
    # When it was returned or abandoned.
    ended_at = models.DateTimeField(null=True, blank=True)
    feedback = models.CharField(max_length=1024, blank=True)
    # One value, or a list where the page sent a name several times; stored once, never changed.
    answers = models.JSONField(null=True, blank=True)
    # When the worker last corrected the answer; `submitted_at` stays the first time.
    corrected_at = models.DateTimeField(null=True, blank=True)
    # What the worker had typed, or sent too late for a place (`answers.draft`): never a result.
    draft = models.JSONField(null=True, blank=True)
    # How many of the questions on which the HIT's answers agree it answers as most do; None is not known
    # (`actions.comparing`).
    agreement_percent = models.PositiveSmallIntegerField(null=True, blank=True)

    LIVE_OR_DONE = ("Accepted", "Submitted", "Approved", "Rejected")
    DONE = ("Submitted", "Approved", "Rejected")
    GIVEN_UP = ("Returned", "Abandoned")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hit", "worker"],
                condition=Q(status__in=["Accepted", "Submitted", "Approved", "Rejected"]),
                name="one_assignment_per_hit_and_worker",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="Accepted", submitted_at__isnull=True, ended_at__isnull=True)
                    | Q(
                        status="Submitted",
                        submitted_at__isnull=False,
                        auto_approval_at__isnull=False,
                        approved_at__isnull=True,
                        rejected_at__isnull=True,
                        ended_at__isnull=True,
                    )
                    | Q(status="Approved", submitted_at__isnull=False, approved_at__isnull=False)
                    | Q(
                        status="Rejected",
                        submitted_at__isnull=False,
                        rejected_at__isnull=False,
                        approved_at__isnull=True,
                    )
                    | Q(
                        status__in=["Returned", "Abandoned"],
                        submitted_at__isnull=True,
                        ended_at__isnull=False,
                    )
                ),
                name="assignment_status_with_its_times",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["Submitted", "Approved", "Rejected"], answers__isnull=False)
                | (Q(status__in=["Accepted", "Returned", "Abandoned"]) & Q(answers__isnull=True)),
                name="assignment_answered_when_submitted",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["hit", "worker"], name="assignment_of_hit"),
            models.Index(fields=["group", "hit", "id"], name="assignment_of_group"),
            models.Index(fields=["worker", "group", "id"], name="assignment_of_worker"),
            models.Index(fields=["worker", "submitted_at", "id"], name="assignment_history"),
            models.Index(fields=["deadline_at"], name="assignment_deadline", condition=Q(status="Accepted")),
            models.Index(
                fields=["auto_approval_at"], name="assignment_auto_approval", condition=Q(status="Submitted")
            ),
            # For approval rates, which would else look at everything that was ever submitted.
            models.Index(
                fields=["worker", "group", "status", "submitted_at"],
                name="assignment_reviewed",
                condition=Q(status__in=["Approved", "Rejected"]),
            ),
            # For tables of answers (`queries.answer_streams`): an order each, and what is rare in a group.
            models.Index(
                fields=["group", "status", "submitted_at", "id"],
                name="answer_by_submission",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                "group",
                "status",
                WorkMilliseconds("submitted_at", "accepted_at"),
                "id",
                name="answer_by_pace",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                fields=["group", "status", "worker", "id"],
                name="answer_by_its_worker",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                fields=["group", "status", "hit", "id"],
                name="answer_by_hit",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                fields=["group", "agreement_percent", "id"],
                name="answer_by_agreement",
                condition=Q(agreement_percent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class EarlierAnswer(models.Model):
    """An answer as it was before its worker corrected it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="earlier_answers")
    answers = models.JSONField()
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.assignment} at {self.sent_at}"


class QueueCursor(models.Model):
    """How far a worker has come in a queue: an open HIT at or before the position is one the worker had."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(HITGroup, on_delete=models.CASCADE, related_name="+", db_index=False)
    priority = models.PositiveSmallIntegerField()
    position = models.PositiveBigIntegerField(default=0)
    shuffled_position = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worker", "group", "priority"], name="one_cursor_per_queue")
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} at {self.position} of {self.group_id}"


class Deferral(models.Model):
    """A HIT that the worker skipped, returned or let expire: offered to that worker after all others."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+", db_index=False)
    group = models.ForeignKey(HITGroup, on_delete=models.CASCADE, related_name="+", db_index=False)
    hit = models.ForeignKey(HIT, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hit", "worker"], name="one_deferral_per_hit_and_worker")
        ]
        indexes: ClassVar = [models.Index(fields=["worker", "group", "id"], name="deferral_of_worker")]

    def __str__(self) -> str:
        return f"{self.worker_id} put off {self.hit_id}"
