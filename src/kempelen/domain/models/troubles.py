"""Trouble that a sandbox makes on demand, and what was made so far."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class TroubleMade(models.Model):
    """The one row that says which trouble is made now; without it, or where `wanted` is empty, none is."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    # `domain.trouble.wanted.Wanted` as JSON.
    wanted = models.JSONField(default=dict)
    # Another each time that trouble is set; what is counted belongs to one.
    round = models.BigIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="trouble_made_once")]

    def __str__(self) -> str:
        return f"round {self.round}"


class TroubleCount(models.Model):
    """How often something was asked of the server in a round, and what it was done to.

    `target` is an operation of the API or a name of `domain.trouble.wanted`; `done` has a number for each
    kind of trouble.
    """

    round = models.BigIntegerField()
    target = models.CharField(max_length=64)
    requests = models.BigIntegerField(default=0)
    done = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "target"], name="trouble_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.target} in round {self.round}"
