"""What requesters prepare: templates, projects, batches."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kempelen.domain.ids import new_id
from kempelen.domain.models.people import Requester, User, WorkerGroup

DEFAULT_LIFETIME_SECONDS = 7 * 24 * 3600
DEFAULT_ASSIGNMENT_DURATION_SECONDS = 3600
# What MTurk takes where a client names no delay: 30 days (mturk-api.md §3.5).
DEFAULT_AUTO_APPROVAL_DELAY_SECONDS = 30 * 24 * 3600


class Audience(models.TextChoices):
    """Who may work on something."""

    ANONYMOUS = "anonymous", "Anybody with the link, without an account"
    WORKERS = "workers", "Every worker with an account"
    GROUPS = "groups", "Members of chosen worker groups"


class QueueOrder(models.TextChoices):
    """The order in which a group's HITs are given out."""

    OLDEST = "oldest", "Oldest first"
    RANDOM = "random", "Random"
    PRIORITY = "priority", "By the column “priority”, 9 first"


class Permission(models.TextChoices):
    """What a task's page may be allowed to ask the browser for; nothing unless the project says so."""

    CAMERA = "camera", "Camera"
    MICROPHONE = "microphone", "Microphone"
    FULLSCREEN = "fullscreen", "Full screen"
    AUTOPLAY = "autoplay", "Sound and video that start by themselves"


class TemplateLanguage(models.TextChoices):
    """How a template takes its row's values."""

    MTURK = "mturk", "MTurk: ${name}"
    LIQUID = "liquid", "Liquid, as Ground Truth and A2I: {{ task.input.name }}"


class Template(models.Model):
    """HTML with `${variables}`, in immutable versions; what MTurk calls a HIT layout."""

    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="templates")
    public_id = models.CharField(max_length=30, unique=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    # `publish-hits` knows a template by the absolute path it was read from.
    source_path = models.CharField(max_length=4096, null=True, blank=True)  # noqa: DJ001 (most have none)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requester", "source_path"], name="one_template_per_path")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def current_version(self) -> "TemplateVersion":
        """The version that new batches take."""
        return self.versions.latest("number")


class TemplateVersion(models.Model):
    """A template's HTML as it was at one time; never changed, so that old HITs show what was answered."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    html = models.TextField()
    language = models.CharField(
        max_length=10,
        choices=TemplateLanguage,
        default=TemplateLanguage.MTURK,
        db_default=TemplateLanguage.MTURK,
    )
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.template}, version {self.number}"


class Project(models.Model):
    """A template, the properties of the HITs made from it, and who may work on them."""

    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="projects")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    template = models.OneToOneField(Template, on_delete=models.PROTECT, related_name="project")
    title = models.CharField(max_length=128)
    description = models.CharField(max_length=2000, blank=True)
    keywords = models.CharField(max_length=1000, blank=True)
    reward_cents = models.PositiveIntegerField(default=0)
    lifetime_seconds = models.PositiveIntegerField(default=DEFAULT_LIFETIME_SECONDS)
    assignment_duration_seconds = models.PositiveIntegerField(default=DEFAULT_ASSIGNMENT_DURATION_SECONDS)
    auto_approval_delay_seconds = models.PositiveIntegerField(default=DEFAULT_AUTO_APPROVAL_DELAY_SECONDS)
    max_assignments = models.PositiveIntegerField(default=1)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.WORKERS)
    groups = models.ManyToManyField(WorkerGroup, blank=True, related_name="projects")
    queue_order = models.CharField(max_length=10, choices=QueueOrder, default=QueueOrder.OLDEST)
    # As the API shows them (mturk-api.md §4), checked; a batch's HIT type takes them when it is published.
    qualification_requirements = models.JSONField(default=list, blank=True)
    # What the HITs of new batches are annotated with; left empty, what Amazon's site wrote.
    requester_annotation = models.CharField(max_length=255, blank=True, default="", db_default="")
    # Values of `Permission`.
    permissions = models.JSONField(default=list, blank=True)
    allows_corrections = models.BooleanField(default=False)
    # Whether its tasks get local copies of what Amazon's templates load from elsewhere (Bootstrap, jQuery).
    substitutes_known_urls = models.BooleanField(default=True, db_default=True)
    is_archived = models.BooleanField(default=False)
    # What the template's file was called, where a program said so; shown, never opened.
    file_name = models.CharField(max_length=255, blank=True, default="", db_default="")
    # When the project was stopped as a whole: a batch that is paused since that very moment goes on with it.
    stopped_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requester", "number"], name="project_number_once"),
            models.CheckConstraint(condition=Q(max_assignments__gte=1), name="project_asks_somebody"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_stopped(self) -> bool:
        """Whether nothing of it is given out: its batches were paused when it was archived."""
        return self.is_archived and self.stopped_at is not None


def _csv_path(rows: "RowsFile", _name: str) -> str:
    """Keep uploads under names of ours: a file's own name is only shown, never a path."""
    return f"batches/{new_id()}.csv"


class RowsFile(models.Model):
    """A file of rows that become HITs, and how far that is."""

    file_name = models.CharField(max_length=255, blank=True)
    csv_file = models.FileField(upload_to=_csv_path, blank=True)
    # What the check of the file found, for reading it again: encoding, delimiter, warnings.
    csv_facts = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    row_count = models.PositiveIntegerField(default=0)
    published_count = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Batch(RowsFile):
    """One CSV published for a project, and rows added since.

    `uploaded` → `publishing` → `published` | `failed`.  Its HITs are seen by nobody before `published`.
    """

    class State(models.TextChoices):
        """Where the batch is between upload and work."""

        UPLOADED = "uploaded", "Checked, not published"
        PUBLISHING = "publishing", "Being published"
        PUBLISHED = "published", "Published"
        FAILED = "failed", "Failed"

    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="batches")
    number = models.PositiveIntegerField()
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="batches")
    template_version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="batches")
    hit_group = models.OneToOneField(
        "HITGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="batch"
    )
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    # Where it differs from its project (`actions.terms`), kept until it is published.
    own_terms = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    # As they were when publishing began: the project may change meanwhile.
    max_assignments = models.PositiveIntegerField(default=1)
    lifetime_seconds = models.PositiveIntegerField(default=DEFAULT_LIFETIME_SECONDS)
    requester_annotation = models.CharField(max_length=255, blank=True, default="", db_default="")
    # When an upload is to be published by itself, and whose word that was.
    publish_at = models.DateTimeField(null=True, blank=True)
    scheduled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # When the last of its HITs expires, as far as it was set for all of them together.
    ends_at = models.DateTimeField(null=True, blank=True)
    # The batch whose unfinished rows this one asks for again.
    repeats = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="repeated_by"
    )
    paused_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requester", "number"], name="batch_number_once"),
            models.CheckConstraint(
                condition=Q(published_count__lte=F("row_count")), name="batch_not_over_full"
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False, hit_group__isnull=False)
                | (~Q(state="published") & Q(published_at__isnull=True)),
                name="batch_published_with_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Addition(RowsFile):
    """Rows that come to a published batch: they stand after those that it has.

    In the same states as a batch; its HITs appear page by page, behind those that the queue holds.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="additions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=Batch.State, default=Batch.State.UPLOADED)
    # How many rows the batch had before, known when publishing begins.
    rows_before = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="addition_number_once"),
            models.UniqueConstraint(
                fields=["batch"], condition=Q(state="publishing"), name="one_addition_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch}, addition {self.number}"
