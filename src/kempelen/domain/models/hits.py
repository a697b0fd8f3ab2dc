"""HIT types, the queues that HITs stand in, and HITs."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kempelen.domain.ids import new_id
from kempelen.domain.models.people import Requester, WorkerGroup
from kempelen.domain.models.projects import Audience, QueueOrder, TemplateVersion

LOWEST_PRIORITY, HIGHEST_PRIORITY = 0, 9


class HITType(models.Model):
    """The properties that HITs share; the same properties are the same type (mturk-api.md, CreateHITType)."""

    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="hit_types")
    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    title = models.CharField(max_length=128)
    description = models.CharField(max_length=2000, blank=True)
    keywords = models.CharField(max_length=1000, blank=True)
    reward_cents = models.PositiveIntegerField()
    assignment_duration_seconds = models.PositiveIntegerField()
    auto_approval_delay_seconds = models.PositiveIntegerField()
    # As the API shows them, in the order given (mturk-api.md §4); `RequiredQualification` is their index.
    qualification_requirements = models.JSONField(default=list)
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requester", "digest"], name="same_properties_same_hit_type")
        ]

    def __str__(self) -> str:
        return self.title


class HITGroup(models.Model):
    """One line on the worker's home and one queue: a batch's, or all API-made HITs of one type.

    `next_seq` is the next free position of the queue.  It is taken with the row locked, so that
    positions become visible in their order.
    """

    class Status(models.TextChoices):
        """Whether the group's HITs are given out."""

        HIDDEN = "hidden", "Being published"
        OPEN = "open", "Open"
        PAUSED = "paused", "Paused"
        CLOSED = "closed", "Cancelled"

    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="hit_groups")
    hit_type = models.ForeignKey(HITType, on_delete=models.PROTECT, related_name="groups")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.WORKERS)
    worker_groups = models.ManyToManyField(WorkerGroup, blank=True, related_name="hit_groups")
    queue_order = models.CharField(max_length=10, choices=QueueOrder, default=QueueOrder.OLDEST)
    permissions = models.JSONField(default=list, blank=True)
    # Whether workers may correct what they submitted, until it is reviewed or the group is closed.
    allows_corrections = models.BooleanField(default=False)
    # Whether this is the type's own group, in which all its HITs made by the API stand.
    is_of_type = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    next_seq = models.PositiveBigIntegerField(default=1)
    # The priorities that occur in the queue, highest first: each is a queue of its own.
    priorities = models.JSONField(default=list)
    # What is being done to all its HITs, page by page; nothing else begins meanwhile (`actions.prolonging`).
    change = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hit_type"], condition=Q(is_of_type=True), name="one_group_of_its_own_per_hit_type"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hit_type} ({self.public_id})"


class HIT(models.Model):
    """One task, with `max_assignments` places for different workers.

    Each place is left, pending (accepted), unreviewed (submitted) or reviewed; the four counts always
    add up to `max_assignments`.  MTurk's NumberOfAssignmentsAvailable, Pending and Completed are
    `places_left`, `pending_count` and `reviewed_count` (mturk-api.md §3.1).
    """

    class Status(models.TextChoices):
        """MTurk's HITStatus."""

        ASSIGNABLE = "Assignable"
        UNASSIGNABLE = "Unassignable"
        REVIEWABLE = "Reviewable"
        REVIEWING = "Reviewing"
        DISPOSED = "Disposed"

    class ReviewStatus(models.TextChoices):
        """MTurk's HITReviewStatus."""

        NOT_REVIEWED = "NotReviewed"
        MARKED_FOR_REVIEW = "MarkedForReview"
        REVIEWED_APPROPRIATE = "ReviewedAppropriate"
        REVIEWED_INAPPROPRIATE = "ReviewedInappropriate"

    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="hits", db_index=False)
    hit_type = models.ForeignKey(HITType, on_delete=models.PROTECT, related_name="hits", db_index=False)
    group = models.ForeignKey(HITGroup, on_delete=models.PROTECT, related_name="hits", db_index=False)
    template_version = models.ForeignKey(
        TemplateVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="hits", db_index=False
    )
    # A HIT shows a template filled with its inputs, or the question document that the API was given.
    inputs = models.JSONField(null=True, blank=True)
    question = models.TextField(blank=True)
    row_number = models.PositiveIntegerField(null=True, blank=True)
    max_assignments = models.PositiveIntegerField()
    places_left = models.PositiveIntegerField()
    pending_count = models.PositiveIntegerField(default=0)
    unreviewed_count = models.PositiveIntegerField(default=0)
    reviewed_count = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=12, choices=Status, default=Status.ASSIGNABLE)
    review_status = models.CharField(max_length=21, choices=ReviewStatus, default=ReviewStatus.NOT_REVIEWED)
    priority = models.PositiveSmallIntegerField(default=LOWEST_PRIORITY)
    seq = models.PositiveBigIntegerField()
    shuffled_seq = models.PositiveBigIntegerField()
    requester_annotation = models.CharField(max_length=255, blank=True)
    lifetime_seconds = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # Set when the expiry is settled, by time or by call; no place is given out from then on.
    expired_at = models.DateTimeField(null=True, blank=True)
    # By level ("Assignment", "HIT"): the policy's name and parameters, as the API was given them.
    review_policies = models.JSONField(null=True, blank=True)
    # Since when its answers are to be compared with each other (`actions.comparing`); None: they are.
    comparison_due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    max_assignments=F("places_left")
                    + F("pending_count")
                    + F("unreviewed_count")
                    + F("reviewed_count")
                ),
                name="hit_places_add_up",
            ),
            models.CheckConstraint(
                condition=Q(status="Assignable", places_left__gt=0, expired_at__isnull=True)
                | (~Q(status="Assignable") & (Q(places_left=0) | Q(expired_at__isnull=False))),
                name="hit_assignable_while_places_are_left",
            ),
            models.CheckConstraint(
                condition=Q(status="Assignable")
                | Q(status="Unassignable", pending_count__gt=0)
                | Q(status__in=["Reviewable", "Reviewing", "Disposed"], pending_count=0),
                name="hit_reviewable_when_nobody_works",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["group", "priority", "seq"], name="hit_queue", condition=Q(status="Assignable")
            ),
            models.Index(
                fields=["group", "priority", "shuffled_seq"],
                name="hit_queue_shuffled",
                condition=Q(status="Assignable"),
            ),
            models.Index(fields=["group", "id"], name="hit_of_group"),
            models.Index(fields=["expires_at"], name="hit_expiry", condition=Q(expired_at__isnull=True)),
            models.Index(fields=["requester", "id"], name="hit_of_requester"),
            models.Index(
                fields=["requester", "status", "id"],
                name="hit_to_review",
                condition=Q(status__in=["Reviewable", "Reviewing"]),
            ),
            models.Index(
                fields=["comparison_due_at"],
                name="hit_to_compare",
                condition=Q(comparison_due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
