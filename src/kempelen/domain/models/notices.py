"""What is told: to a requester's programs about events, and to workers by requesters."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kempelen.domain.ids import new_id
from kempelen.domain.models.hits import HITType
from kempelen.domain.models.people import Requester, Worker


class Transport(models.TextChoices):
    """How a message travels; MTurk's NotificationTransport."""

    EMAIL = "Email"
    SQS = "SQS"
    SNS = "SNS"


class Notification(models.Model):
    """Where the events of a HIT type's HITs are told; one per HIT type (mturk-api.md §6)."""

    hit_type = models.OneToOneField(HITType, on_delete=models.CASCADE, related_name="notification")
    transport = models.CharField(max_length=5, choices=Transport)
    destination = models.CharField(max_length=2048)
    version = models.CharField(max_length=20)
    # MTurk's EventTypes, which are the names of our events.
    event_types = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.hit_type_id} to {self.destination}"


class Delivery(models.Model):
    """A message on its way out, written in the transaction that asks for it; sent at least once.

    Whoever takes a delivery leases it until `leased_until`, in the world's time, as with jobs.
    """

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="deliveries")
    transport = models.CharField(max_length=5, choices=Transport)
    destination = models.CharField(max_length=2048)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    # Why the last attempt failed; of a finished delivery: why it was given up.
    problem = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], name="delivery_due", condition=Q(finished_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.public_id} to {self.destination}"


class Notice(models.Model):
    """A requester's message to a worker, on the worker's page and by mail (NotifyWorkers)."""

    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="notices")
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="notices", db_index=False)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["worker", "id"], name="notice_of_worker")]

    def __str__(self) -> str:
        return self.subject
