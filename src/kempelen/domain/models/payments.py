"""What requesters owe workers: every approval and every bonus is a row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kempelen.domain.models.assignments import Assignment
from kempelen.domain.models.hits import HIT
from kempelen.domain.models.people import Requester, User, Worker


class Payment(models.Model):
    """An amount that a worker earned; never changed, and gone if what it was paid for is undone (`deciding`).

    A bonus outside any HIT has neither HIT nor assignment.
    """

    class Kind(models.TextChoices):
        """What the worker was paid for."""

        REWARD = "reward", "Reward"
        BONUS = "bonus", "Bonus"

    kind = models.CharField(max_length=6, choices=Kind)
    requester = models.ForeignKey(
        Requester, on_delete=models.PROTECT, related_name="payments", db_index=False
    )
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="payments", db_index=False)
    hit = models.ForeignKey(
        HIT, null=True, blank=True, on_delete=models.PROTECT, related_name="payments", db_index=False
    )
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="payments", db_index=False
    )
    amount_cents = models.PositiveIntegerField()
    # Of a bonus: what the worker reads.
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    paid_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(kind="reward"), name="one_reward_per_assignment"
            ),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="payment_of_something"),
            models.CheckConstraint(
                condition=Q(hit__isnull=False, assignment__isnull=False)
                | Q(kind="bonus", hit__isnull=True, assignment__isnull=True),
                name="payment_for_an_assignment_or_bonus_outside",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["hit", "id"], name="bonus_of_hit", condition=Q(kind="bonus")),
            models.Index(fields=["assignment", "id"], name="bonus_of_assignment", condition=Q(kind="bonus")),
            models.Index(fields=["worker", "paid_at", "id"], name="payment_of_worker"),
            models.Index(fields=["requester", "paid_at", "id"], name="payment_of_requester"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.amount_cents} for {self.assignment_id or 'no assignment'}"
