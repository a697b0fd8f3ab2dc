"""Qualification types, the scores that workers hold, and what they ask for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kempelen.domain.ids import new_id
from kempelen.domain.models.hits import HITType
from kempelen.domain.models.people import Requester, Worker


class QualificationType(models.Model):
    """Something that workers can be qualified for; a system type has no requester (mturk-api.md §4.1)."""

    class Status(models.TextChoices):
        """MTurk's QualificationTypeStatus, and the one it keeps to itself (mturk-api.md §3.3)."""

        ACTIVE = "Active"
        INACTIVE = "Inactive"
        DISPOSED = "Disposed"

    requester = models.ForeignKey(
        Requester, null=True, blank=True, on_delete=models.CASCADE, related_name="qualification_types"
    )
    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    description = models.CharField(max_length=2000, blank=True)
    keywords = models.CharField(max_length=1000, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    is_requestable = models.BooleanField(default=True)
    # Documents as they were given: QuestionForm and AnswerKey.
    test = models.TextField(blank=True)
    answer_key = models.TextField(blank=True)
    test_duration_seconds = models.PositiveBigIntegerField(null=True, blank=True)
    # Unknown: each worker may ask once, for ever.
    retry_delay_seconds = models.PositiveBigIntegerField(null=True, blank=True)
    is_auto_granted = models.BooleanField(default=False)
    auto_granted_value = models.IntegerField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["requester", "name"],
                condition=Q(status__in=["Active", "Inactive"]),
                name="qualification_type_name_once",
            ),
            models.CheckConstraint(
                condition=Q(test="") | Q(is_auto_granted=False, test_duration_seconds__isnull=False),
                name="qualification_test_with_its_time",
            ),
            models.CheckConstraint(
                condition=Q(answer_key="") | ~Q(test=""), name="qualification_answer_key_with_its_test"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Qualification(models.Model):
    """That a worker holds a qualification type, or held it until it was revoked."""

    class Status(models.TextChoices):
        """MTurk's QualificationStatus."""

        GRANTED = "Granted"
        REVOKED = "Revoked"

    qualification_type = models.ForeignKey(
        QualificationType, on_delete=models.CASCADE, related_name="qualifications", db_index=False
    )
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="qualifications")
    # None where only holding it counts.
    value = models.IntegerField(null=True, blank=True)
    status = models.CharField(max_length=7, choices=Status, default=Status.GRANTED)
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    # Why it was revoked, for the worker to read.
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["qualification_type", "worker"], name="one_score_per_worker"),
            models.CheckConstraint(
                condition=Q(status="Granted", revoked_at__isnull=True)
                | Q(status="Revoked", revoked_at__isnull=False),
                name="qualification_status_with_its_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["qualification_type", "status", "id"], name="qualification_of_type")
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} has {self.qualification_type_id}: {self.value}"


class QualificationRequest(models.Model):
    """A worker's request for a qualification, with the test that was taken for it, if there is one."""

    class Status(models.TextChoices):
        """From taking the test to the answer; MTurk shows only what is pending."""

        TAKING_TEST = "TakingTest", "Taking the test"
        PENDING = "Pending", "Waiting for the requester"
        GRANTED = "Granted", "Granted"
        REJECTED = "Rejected", "Rejected"
        ABANDONED = "Abandoned", "Time ran out"

    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    qualification_type = models.ForeignKey(
        QualificationType, on_delete=models.CASCADE, related_name="requests", db_index=False
    )
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="qualification_requests")
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    # The test and its key as they were when the worker began, and the answers in their stored form.
    test = models.TextField(blank=True)
    answer_key = models.TextField(blank=True)
    answers = models.JSONField(null=True, blank=True)
    # What was granted for it, then.
    value = models.IntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    # Why it was refused, for the worker to read.
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["qualification_type", "worker"],
                condition=Q(status__in=["TakingTest", "Pending"]),
                name="one_open_request_per_worker",
            ),
            models.CheckConstraint(
                condition=Q(status="TakingTest", submitted_at__isnull=True, resolved_at__isnull=True)
                | Q(status="Pending", submitted_at__isnull=False, resolved_at__isnull=True)
                | Q(status__in=["Granted", "Rejected", "Abandoned"], resolved_at__isnull=False),
                name="qualification_request_with_its_times",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["qualification_type", "submitted_at", "id"],
                name="qualification_request_pending",
                condition=Q(status="Pending"),
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class RequiredQualification(models.Model):
    """That HITs of a type require a qualification type: the index to `HITType.qualification_requirements`.

    Names the qualification type by its public id, since system types need no row.
    """

    hit_type = models.ForeignKey(HITType, on_delete=models.CASCADE, related_name="required_qualifications")
    qualification_type_public_id = models.CharField(max_length=30, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hit_type", "qualification_type_public_id"], name="required_qualification_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hit_type_id} requires {self.qualification_type_public_id}"
