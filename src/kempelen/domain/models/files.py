"""Files that workers upload for their answers, and those that requesters upload for their templates."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kempelen.domain.ids import new_id
from kempelen.domain.models.assignments import Assignment
from kempelen.domain.models.hits import HITGroup
from kempelen.domain.models.people import User
from kempelen.domain.models.projects import Project

LONGEST_NAME = 200
LONGEST_FIELD = 1_000
LONGEST_PATH = 200


def _storage_key() -> str:
    """Keep files under names of ours, in some hundred folders: a file's own name is only shown."""
    name = new_id()
    return f"{name[-2:]}/{name}"


class UploadedFile(models.Model):
    """A file that a worker chose for a field of an assignment's answer.

    The row is there before the file's bytes and goes after them, so that nothing is ever stored that no
    row knows of.  `uploaded_at` says that the bytes are there; what is not `is_answered` is a draft's.
    """

    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="files")
    # The assignment's, for what lists the files of a batch.
    group = models.ForeignKey(HITGroup, on_delete=models.PROTECT, related_name="files", db_index=False)
    field = models.CharField(max_length=LONGEST_FIELD)
    # As the worker's machine called it, less what no file may be called.
    name = models.CharField(max_length=LONGEST_NAME)
    size = models.PositiveBigIntegerField()
    # As its first bytes look; what the browser said is not believed.
    media_type = models.CharField(max_length=100)
    storage_key = models.CharField(max_length=100, unique=True, default=_storage_key, editable=False)
    begun_at = models.DateTimeField()
    uploaded_at = models.DateTimeField(null=True, blank=True)
    # Whether it belongs to the answer that was sent, or to one that the worker corrected since.
    is_answered = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_answered=False) | Q(uploaded_at__isnull=False), name="answered_file_is_there"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["group", "id"], name="file_of_group", condition=Q(is_answered=True)),
            models.Index(fields=["begun_at"], name="file_of_draft", condition=Q(is_answered=False)),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectFile(models.Model):
    """A file that a project's template loads by its relative address: a picture, a sound, a script.

    What stands at a path may be replaced; the row of what stood there goes.  A copied project has rows of
    its own for the same stored bytes, which go with the last of them.  As with workers' files, the row is
    there before the bytes and goes after them; without `uploaded_at` nobody sees it.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=LONGEST_PATH)
    size = models.PositiveBigIntegerField()
    # What its name says, which its bytes must not contradict.
    media_type = models.CharField(max_length=100)
    storage_key = models.CharField(max_length=100, db_index=True, default=_storage_key, editable=False)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()
    uploaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "path"],
                condition=Q(uploaded_at__isnull=False),
                name="one_file_per_path_of_project",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["begun_at"], name="project_file_not_there", condition=Q(uploaded_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.path
