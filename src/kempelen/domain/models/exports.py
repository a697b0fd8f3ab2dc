"""Files of results that are made in the background."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kempelen.domain.ids import new_id
from kempelen.domain.models.hits import HITGroup
from kempelen.domain.models.people import Requester, User
from kempelen.domain.models.projects import Batch, Project


class Export(models.Model):
    """A file of results that a member asked for: of a batch, of a HIT group, or of a whole project.

    `waiting` → `ready` | `failed`; a file that is ready is removed some days later, and is then `gone`.
    Nobody sees a file before it is whole.
    """

    class State(models.TextChoices):
        """Where the file is."""

        WAITING = "waiting", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"
        GONE = "gone", "Removed"

    class Form(models.TextChoices):
        """What kind of file it is."""

        CSV = "csv", "CSV in MTurk’s columns"
        SHEET = "sheet", "CSV for spreadsheets"
        TURKLE = "turkle", "CSV in Turkle’s columns"
        JSON_LINES = "jsonl", "JSON Lines"

    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="exports", db_index=False)
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(HITGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=6, choices=Form)
    # Which answers, as the address of a page of results has it (`queries.selections`).
    selection = models.JSONField(default=dict)
    file_name = models.CharField(max_length=255)
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    # Answers in it by now, and how many there will be; None where only the making tells.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    # Where the bytes are or may be; another place with each attempt.
    storage_key = models.CharField(max_length=100, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    # When who asked for it was told on a page that it is ready.
    told_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(batch__isnull=False, group__isnull=True, project__isnull=True)
                | Q(batch__isnull=True, group__isnull=False, project__isnull=True)
                | Q(batch__isnull=True, group__isnull=True, project__isnull=False),
                name="export_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | (Q(ready_at__isnull=False) & ~Q(storage_key="")),
                name="export_ready_with_its_file",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["requester", "id"], name="export_of_requester"),
            models.Index(fields=["ready_at"], name="export_to_remove", condition=Q(state="ready")),
            models.Index(
                fields=["asked_by", "requester"],
                name="export_to_tell",
                condition=Q(state="ready", told_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
