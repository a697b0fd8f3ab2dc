"""What a requester knows and notes of workers: figures, notes, changes to many."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kempelen.domain.ids import new_id
from kempelen.domain.models.people import Requester, User, Worker


class WorkerRecord(models.Model):
    """A worker's figures with a requester, counted in the background (`actions.worker_records`).

    One row for each worker who ever took a place on a HIT of the requester, so that lists of workers can be
    sorted and paged without counting assignments.  Percentages are rounded down; None is not known.
    """

    requester = models.ForeignKey(
        Requester, on_delete=models.CASCADE, related_name="worker_records", db_index=False
    )
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="records")
    submitted = models.PositiveIntegerField(default=0)
    approved = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    work_seconds = models.PositiveBigIntegerField(default=0)
    # What was paid; bonuses outside any HIT are not in them, since no work stands against them.
    reward_cents = models.PositiveBigIntegerField(default=0)
    bonus_cents = models.PositiveBigIntegerField(default=0)
    approval_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    # The time that the worker's tasks took, in percent of what the median of the same groups comes to.
    pace_percent = models.PositiveIntegerField(null=True, blank=True)
    hourly_cents = models.PositiveBigIntegerField(null=True, blank=True)
    # The mean of `Assignment.agreement_percent`, over so many of the worker's answers that have one.
    compared = models.PositiveIntegerField(default=0)
    agreement_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    last_seen_at = models.DateTimeField()
    # Whether something else than the worker's own doing has changed the figures since they were counted.
    is_stale = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requester", "worker"], name="one_record_per_worker"),
            models.CheckConstraint(
                condition=Q(submitted__gte=F("approved") + F("rejected")), name="record_reviewed_of_submitted"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["requester", "last_seen_at", "id"], name="record_last_seen"),
            models.Index(fields=["id"], name="record_to_count", condition=Q(is_stale=True)),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} with {self.requester_id}"

    @property
    def reviewed(self) -> int:
        """How many were approved or rejected."""
        return self.approved + self.rejected

    @property
    def paid_cents(self) -> int:
        """What was paid for HITs, with bonuses."""
        return self.reward_cents + self.bonus_cents


class WorkerNote(models.Model):
    """What a requester's members note about a worker, for themselves; the worker never sees it."""

    requester = models.ForeignKey(
        Requester, on_delete=models.CASCADE, related_name="worker_notes", db_index=False
    )
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=2000)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["requester", "worker", "id"], name="note_of_worker")]

    def __str__(self) -> str:
        return self.text[:40]


class WorkersChange(models.Model):
    """What a member asked to be done with many workers: done in the background, some at a time.

    `workers` has their primary keys in order, so that it goes on where it stopped.
    """

    class Kind(models.TextChoices):
        """What is done with each."""

        MESSAGE = "message", "Send a message"
        BLOCK = "block", "Block"
        UNBLOCK = "unblock", "Unblock"
        GRANT = "grant", "Grant a qualification"
        REVOKE = "revoke", "Revoke a qualification"
        ADD_TO_GROUP = "add", "Put into a worker group"
        FROM_FILE = "file", "Do as a file says"

    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="workers_changes")
    kind = models.CharField(max_length=7, choices=Kind)
    arguments = models.JSONField(default=dict)
    workers = models.JSONField(default=list)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    # Of those, how many were refused; the first of them with the reason.
    refused = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=list)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done__lte=F("total"), refused__lte=F("done")), name="workers_change_adds_up"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.total}"
