"""What review policies found, and what they did about it (mturk-api.md §5)."""

from typing import ClassVar

from django.db import models

from kempelen.domain.ids import new_id
from kempelen.domain.models.hits import HIT


class ReviewLevel(models.TextChoices):
    """Whether a policy looks at one assignment or at all of a HIT; MTurk's ReviewPolicyLevel."""

    ASSIGNMENT = "Assignment"
    HIT = "HIT"


class ReviewAction(models.Model):
    """Something that a policy did, or tried to do."""

    class Status(models.TextChoices):
        """MTurk's ReviewActionStatus."""

        INTENDED = "Intended"
        SUCCEEDED = "Succeeded"
        FAILED = "Failed"
        CANCELLED = "Cancelled"

    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    hit = models.ForeignKey(HIT, on_delete=models.CASCADE, related_name="review_actions", db_index=False)
    level = models.CharField(max_length=10, choices=ReviewLevel)
    name = models.CharField(max_length=20)
    target_id = models.CharField(max_length=64)
    target_type = models.CharField(max_length=20)
    status = models.CharField(max_length=9, choices=Status)
    completed_at = models.DateTimeField(null=True, blank=True)
    result = models.TextField(blank=True)
    error_code = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["hit", "level", "id"], name="review_action_of_hit")]

    def __str__(self) -> str:
        return f"{self.name} {self.target_id}: {self.status}"


class ReviewResult(models.Model):
    """A value that a policy computed about an assignment, a question or a HIT."""

    hit = models.ForeignKey(HIT, on_delete=models.CASCADE, related_name="review_results", db_index=False)
    level = models.CharField(max_length=10, choices=ReviewLevel)
    # The `review` action whose result this is.
    action = models.ForeignKey(ReviewAction, on_delete=models.CASCADE, related_name="results")
    subject_id = models.CharField(max_length=128)
    subject_type = models.CharField(max_length=20)
    question_id = models.CharField(max_length=128, blank=True)
    key = models.CharField(max_length=40)
    value = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["hit", "level", "id"], name="review_result_of_hit")]

    def __str__(self) -> str:
        return f"{self.key} of {self.subject_id}: {self.value}"
