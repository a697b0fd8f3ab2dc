"""What workers tell requesters about their HITs."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kempelen.domain.ids import new_id
from kempelen.domain.models.hits import HIT, HITGroup
from kempelen.domain.models.people import User, Worker


class Message(models.Model):
    """A worker's word about a HIT, and the requester's reply."""

    class Kind(models.TextChoices):
        """What the worker wants to say."""

        BROKEN = "broken", "Something is broken"
        QUESTION = "question", "I have a question"

    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    hit = models.ForeignKey(HIT, on_delete=models.CASCADE, related_name="messages")
    group = models.ForeignKey(HITGroup, on_delete=models.CASCADE, related_name="messages", db_index=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="messages", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=2000)
    sent_at = models.DateTimeField()
    reply = models.CharField(max_length=2000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True) | (~Q(reply="") & Q(replied_at__isnull=False)),
                name="message_reply_with_its_time",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["group", "id"], name="message_of_group"),
            models.Index(fields=["worker", "id"], name="message_of_worker"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:40]}"
