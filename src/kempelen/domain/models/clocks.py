"""Where a sandbox's clock stands."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class MovedClock(models.Model):
    """How the domain's time follows from the world's: one row, or none where the clock was never moved.

    When the world's clock showed `real_at` the domain’s showed `domain_at`, and it has run `factor`
    times as fast since.
    """

    ONLY = 1

    real_at = models.DateTimeField()
    domain_at = models.DateTimeField()
    factor = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="one_clock"),
            models.CheckConstraint(
                condition=Q(factor__gte=0, factor__lte=1_000_000), name="clock_factor_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain_at} at {self.real_at}, times {self.factor}"
