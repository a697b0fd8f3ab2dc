"""What was brought from a Turkle database, so that bringing it again brings only what is new."""

from typing import ClassVar

from django.db import models

from kempelen.domain.models.people import Requester


class TurkleDatabase(models.Model):
    """A Turkle database that was imported, known by when it was first migrated; wherever it lies."""

    fingerprint = models.CharField(max_length=64, unique=True)
    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="turkle_databases")
    first_imported_at = models.DateTimeField()
    last_imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Turkle of {self.requester_id}, first imported at {self.first_imported_at}"


class TurkleRow(models.Model):
    """Which row of ours a row of Turkle's became; primary keys of both, without foreign keys."""

    class Kind(models.TextChoices):
        """What the row is, in Turkle's word."""

        USER = "user"
        GROUP = "group"
        PROJECT = "project"
        BATCH = "batch"
        TASK = "task"
        ASSIGNMENT = "assignment"
        # The workers who stand for visitors that never logged in, numbered from 1.
        VISITOR = "visitor"

    database = models.ForeignKey(TurkleDatabase, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    turkle_pk = models.BigIntegerField()
    our_pk = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["database", "kind", "turkle_pk"], name="turkle_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.turkle_pk} is {self.our_pk}"
