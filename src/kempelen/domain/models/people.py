"""Users, the requesters whose members they are, and workers."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from kempelen.domain.ids import new_worker_id


class User(AbstractUser):
    """Somebody who logs in.  May be a worker, a member of requesters, or both.

    One who has closed the account stays as a row without name, address or password, so that the audit log
    can say that it was one and the same; `is_active` is then false for good.
    """

    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "kempelen_user"

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Requester(models.Model):
    """An account that owns projects, HITs and batches, strictly apart from every other."""

    public_id = models.CharField(max_length=20, unique=True, default=new_worker_id, editable=False)
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=60, unique=True)
    members = models.ManyToManyField(User, through="Membership", related_name="requesters")
    # Projects, templates and batches are numbered per requester, so that people can name them.
    projects_numbered = models.PositiveIntegerField(default=0)
    batches_numbered = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A user's role in a requester; each role may do all that the ones after it may."""

    class Role(models.TextChoices):
        """From most to least rights."""

        OWNER = "owner", "Owner"
        EDITOR = "editor", "Editor"
        REVIEWER = "reviewer", "Reviewer"
        VIEWER = "viewer", "Viewer"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "requester"], name="one_role_per_member"),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "editor", "reviewer", "viewer"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.requester}"

    def includes(self, role: str) -> bool:
        """Tell whether this membership may do what `role` may."""
        return _RANKS[self.role] <= _RANKS[role]


_RANKS: dict[str, int] = {role: rank for rank, role in enumerate(Membership.Role.values)}


class Worker(models.Model):
    """Who does work: a user's, or an anonymous browser's.

    A worker outlives the user, so that deleting an account keeps the answers.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_worker_id, editable=False)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="worker")
    browser_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    # Whether the next HIT is accepted as soon as one is submitted; unknown until chosen: the server decides.
    accepts_next = models.BooleanField(null=True, blank=True)
    uses_shortcuts = models.BooleanField(default=True)
    # A language tag such as `de` for numbers and dates; empty: as the browser asks.
    language = models.CharField(max_length=10, blank=True)
    # Where the worker says to be: ISO 3166 codes of a country and, in the United States, a state.
    country = models.CharField(max_length=2, blank=True)
    subdivision = models.CharField(max_length=2, blank=True)
    # Whether the worker has agreed to see adult content.
    is_adult = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) | Q(browser_digest__isnull=True),
                name="worker_of_a_user_or_of_a_browser",
            )
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_anonymous(self) -> bool:
        """Whether only a browser's cookie knows this worker."""
        return self.browser_digest is not None


class WorkerGroup(models.Model):
    """Workers who may be given access to a project or a batch.

    One that `is_named` holds the workers whom a project or batch names one by one; no list of groups shows
    it.  Who may work is so asked in one way, which the queue and the home page have indexes for.
    """

    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="worker_groups")
    name = models.CharField(max_length=100)
    members = models.ManyToManyField(Worker, related_name="groups", blank=True)
    is_named = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requester", "name"], name="worker_group_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class LoginLink(models.Model):
    """A link that logs its user in once; only its digest is stored."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="login_links")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"log-in link of {self.user}"


class Invitation(models.Model):
    """A link that lets its holder sign up; joins a requester or a worker group if it names one."""

    digest = models.CharField(max_length=64, unique=True)
    requester = models.ForeignKey(
        Requester, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(max_length=10, choices=Membership.Role, blank=True)
    worker_group = models.ForeignKey(
        WorkerGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    uses_left = models.PositiveIntegerField(default=1)
    # To whom it was mailed, if it was.
    email = models.EmailField(blank=True, db_default="")
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"invitation, {self.uses_left} left"


class FailedLogins(models.Model):
    """How often logging in has failed lately, by the digest of what is counted (`actions.logins`).

    In the database, so that all processes of all nodes count together.
    """

    digest = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    forgotten_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} failures until {self.forgotten_at}"


class WorkerBlock(models.Model):
    """That a worker may not see or do a requester's HITs any more; the worker is not told."""

    requester = models.ForeignKey(
        Requester, on_delete=models.CASCADE, related_name="worker_blocks", db_index=False
    )
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="blocks")
    reason = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requester", "worker"], name="one_block_per_worker")
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} blocked by {self.requester_id}"
