"""How the server stands: what is in it, and what waits to be done."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Q, QuerySet

from kempelen.domain import clock
from kempelen.domain.models import HIT, Assignment, Batch, Delivery, Job, Membership, Requester, User, Worker

SEARCHED = ("username__icontains", "email__icontains", "first_name__icontains", "worker__public_id__iexact")


@dataclass(frozen=True)
class Standing:
    """Counts for people who look after the server."""

    database: str
    users: int
    workers: int
    requesters: int
    batches: int
    hits: int
    assignments: int
    waiting_jobs: int
    oldest_due_at: datetime | None
    failed_jobs: int
    waiting_messages: int
    given_up_messages: int


def standing() -> Standing:
    """Count what there is; large tables by what the database knows of them already."""
    is_free = Q(leased_until=None) | Q(leased_until__lte=clock.real_now())
    due = Job.objects.filter(is_free, finished_at=None, due_at__lte=clock.now()).order_by("due_at")
    waiting = Delivery.objects.filter(finished_at=None)
    return Standing(
        database=_database(),
        users=User.objects.filter(closed_at=None).count(),
        workers=_about(Worker),
        requesters=Requester.objects.count(),
        batches=Batch.objects.count(),
        hits=_about(HIT),
        assignments=_about(Assignment),
        waiting_jobs=Job.objects.filter(finished_at=None).count(),
        oldest_due_at=due.values_list("due_at", flat=True).first(),
        failed_jobs=failed_jobs().count(),
        waiting_messages=waiting.count(),
        given_up_messages=Delivery.objects.filter(finished_at__isnull=False).exclude(problem="").count(),
    )


def failed_jobs() -> QuerySet[Job]:
    """Give the jobs that failed for the last time and that nobody has said anything about, newest first."""
    return Job.objects.filter(failed_at__isnull=False).order_by("-pk")


def users(search: str, show: str) -> QuerySet[User]:
    """Give users by name: all, `active`, `deactivated`, `administrators` or `closed`."""
    shown = {
        "active": Q(is_active=True),
        "deactivated": Q(is_active=False, closed_at=None),
        "administrators": Q(is_superuser=True),
        "closed": Q(closed_at__isnull=False),
    }.get(show, Q(closed_at=None))
    found = User.objects.filter(shown).select_related("worker").order_by("username")
    for word in search.split():
        matches = Q()
        for lookup in SEARCHED:
            matches |= Q(**{lookup: word})
        found = found.filter(matches)
    return found


def requesters(search: str) -> QuerySet[Requester]:
    """Give requesters by name with `member_count`, `owner_count`, `project_count` and `batch_count`."""
    owners = Q(memberships__role=Membership.Role.OWNER, memberships__user__is_active=True)
    return (
        Requester.objects.filter(Q(name__icontains=search) | Q(slug__icontains=search))
        .annotate(
            member_count=Count("memberships", distinct=True),
            owner_count=Count("memberships", filter=owners, distinct=True),
            project_count=Count("projects", distinct=True),
            batch_count=Count("batches", distinct=True),
        )
        .order_by("name", "pk")
    )


def _database() -> str:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _about(model: type[Worker] | type[HIT] | type[Assignment]) -> int:
    """Count rows by the highest primary key: nothing is deleted, and counting a million takes a second."""
    return model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
