"""What members decided about answers on the web: each decision, and many that were asked for at once.

What programs decide by the API leaves no row here: as on Amazon's service, it is final.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kempelen.domain.ids import new_id
from kempelen.domain.models.assignments import Assignment
from kempelen.domain.models.hits import HITGroup
from kempelen.domain.models.people import Requester, User
from kempelen.domain.models.projects import Project


def _csv_path(_review: models.Model, _name: str) -> str:
    """Keep uploads under names of ours: a file's own name is only shown, never a path."""
    return f"reviewed/{new_id()}.csv"


class BulkReview(models.Model):
    """Many answers that are approved, rejected or paid a bonus at once: planned, looked at, then done.

    `planning` → `planned` → `deciding` → `done`, from which `undoing` → `undone` for a while; `faulty` is a
    file that cannot be carried out.  Its decisions are rows from the plan on, so that exactly what was
    confirmed is done, by whichever process, however often one dies.
    """

    class State(models.TextChoices):
        """Where the review is between plan and end."""

        PLANNING = "planning", "Being planned"
        PLANNED = "planned", "Planned"
        FAULTY = "faulty", "Not possible"
        DECIDING = "deciding", "Being done"
        DONE = "done", "Done"
        UNDOING = "undoing", "Being taken back"
        UNDONE = "undone", "Taken back"

    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="bulk_reviews")
    # What the answers are of: one HIT group, or all batches of a project.
    group = models.ForeignKey(
        HITGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="bulk_reviews"
    )
    project = models.ForeignKey(
        Project,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bulk_reviews",
        db_index=False,
    )
    state = models.CharField(max_length=8, choices=State, default=State.PLANNING)
    # What is done with each answer (`Decision.Kind`); empty where a file says it row by row.
    kind = models.CharField(max_length=7, blank=True)
    reason = models.CharField(max_length=1024, blank=True)
    amount_cents = models.PositiveIntegerField(null=True, blank=True)
    # Which answers: those of a selection, as its query says it, or these, by their ids, or a file's.
    selection = models.JSONField(null=True, blank=True)
    chosen_ids = models.JSONField(null=True, blank=True)
    csv_file = models.FileField(upload_to=_csv_path, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    # How far the plan has come: rows of the file, or the last answer's place in the selection.
    place = models.JSONField(null=True, blank=True)
    # Counts and cents by what they are of (`actions.bulk_reviews`).
    figures = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["planning", "planned", "faulty"], begun_at__isnull=True)
                | Q(state="deciding", begun_at__isnull=False, finished_at__isnull=True)
                | Q(state__in=["done", "undoing", "undone"], finished_at__isnull=False),
                name="bulk_review_state_with_its_times",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=False, project__isnull=True)
                | Q(group__isnull=True, project__isnull=False),
                name="bulk_review_of_one_thing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["group", "id"], name="bulk_review_of_group"),
            models.Index(
                fields=["project", "id"], name="bulk_review_of_project", condition=Q(project__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind or self.file_name} of {self.of}: {self.state}"

    @property
    def of(self) -> HITGroup | Project:
        """What the answers are of."""
        of = self.group or self.project
        assert of is not None  # by a constraint
        return of


class Decision(models.Model):
    """What a member decided about one answer, or plans to with a `BulkReview`, and how it was before.

    The ids of users and payments stay when those are gone; `verdicts` says how long it can be undone.
    """

    class Kind(models.TextChoices):
        """What becomes of the answer."""

        APPROVE = "approve", "Approve"
        REJECT = "reject", "Reject"
        BONUS = "bonus", "Bonus"

    class State(models.TextChoices):
        """Whether it is done.  `left` was not possible and `kept` could not be undone: `why` tells."""

        PLANNED = "planned", "Planned"
        DONE = "done", "Done"
        LEFT = "left", "Left out"
        UNDONE = "undone", "Taken back"
        KEPT = "kept", "Kept"

    requester = models.ForeignKey(
        Requester, on_delete=models.CASCADE, related_name="decisions", db_index=False
    )
    review = models.ForeignKey(
        BulkReview,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="decisions",
        db_index=False,
    )
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="decisions", db_index=False
    )
    kind = models.CharField(max_length=7, choices=Kind)
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=1024, blank=True)
    amount_cents = models.PositiveIntegerField(null=True, blank=True)
    row_number = models.PositiveIntegerField(null=True, blank=True)
    why = models.CharField(max_length=40, blank=True)
    status_before = models.CharField(max_length=10, blank=True)
    feedback_before = models.CharField(max_length=1024, blank=True)
    payment_pk = models.BigIntegerField(null=True, blank=True)
    user_pk = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            # A plan that is made again after a kill doubles nothing; NULLs, of single ones, differ.
            models.UniqueConstraint(
                fields=["review", "assignment"], name="one_decision_per_answer_and_review"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "left"], decided_at__isnull=True)
                | (Q(state__in=["done", "kept", "undone"], decided_at__isnull=False) & ~Q(status_before="")),
                name="decision_with_what_was_before",
            ),
            models.CheckConstraint(
                condition=Q(kind="bonus", amount_cents__isnull=False)
                | (~Q(kind="bonus") & Q(amount_cents__isnull=True)),
                name="decision_of_a_bonus_with_its_amount",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["review", "state", "id"], name="decision_of_review"),
            models.Index(fields=["assignment", "id"], name="decision_of_assignment"),
            models.Index(fields=["requester", "user_pk", "id"], name="decision_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.assignment_id}: {self.state}"


class ReviewReason(models.Model):
    """A reason that a requester's members gave lately, offered when the next is asked for."""

    LONGEST = 200

    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=7, choices=Decision.Kind)
    text = models.CharField(max_length=LONGEST)
    used_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requester", "kind", "text"], name="review_reason_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["requester", "kind", "used_at"], name="review_reason_newest")
        ]

    def __str__(self) -> str:
        return self.text
