"""What has happened, and what is still to be done in the background."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """Something that happened, written in the transaction that made it true.

    The ids are primary keys without foreign keys: an event stays when what it tells of is gone, and
    writing one costs no look-up.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    requester_pk = models.BigIntegerField(null=True, blank=True)
    batch_pk = models.BigIntegerField(null=True, blank=True)
    hit_pk = models.BigIntegerField(null=True, blank=True)
    assignment_pk = models.BigIntegerField(null=True, blank=True)
    worker_pk = models.BigIntegerField(null=True, blank=True)
    user_pk = models.BigIntegerField(null=True, blank=True)
    data = models.JSONField(default=dict)
    # Whether a notification asks for it that is not written out yet (`actions.notifications`).
    awaits_notification = models.BooleanField(default=False, db_default=False)
    # From when on it may be told: later than `at` where it can still be undone.
    told_from = models.DateTimeField(null=True, blank=True)
    # Whether it belongs into the log of who did what (`events.AUDITED`).
    is_audited = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["requester_pk", "id"], name="event_audited_of", condition=Q(is_audited=True)
            ),
            models.Index(fields=["id"], name="event_audited", condition=Q(is_audited=True)),
            models.Index(fields=["requester_pk", "id"], name="event_of_requester"),
            models.Index(
                fields=["told_from", "id"], name="event_to_tell", condition=Q(awaits_notification=True)
            ),
            # For those that are undone before they are told.
            models.Index(
                fields=["assignment_pk"], name="event_held_back", condition=Q(awaits_notification=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new event; one that is written is never changed."""
        if not self._state.adding:
            raise TypeError("What has happened is not changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what has happened is not forgotten."""
        raise TypeError("What has happened is not deleted.")


class Job(models.Model):
    """Work for the background, written in the transaction that asks for it; done at least once.

    Whoever takes a job leases it until `leased_until`, in the world's time: a process dies by that clock,
    whatever the domain's shows (`domain.clock`).  Then the job may be taken again.
    """

    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)
    # Since when it waits for somebody to say what becomes of it (`actions.failed_jobs`).
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], name="job_due", condition=Q(finished_at__isnull=True)),
            models.Index(fields=["id"], name="job_failed", condition=Q(failed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.arguments}"
