"""Projects and batches as the API shows them: each page with the same number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import BooleanField, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from kempelen.domain.actions import program_projects, stopping, terms
from kempelen.domain.models import HIT, Assignment, Audience, Batch, HITGroup, Project, TemplateVersion
from kempelen.turkle_api.callers import Caller

_HOUR = 3600
_VISIBLE = (Batch.State.PUBLISHING, Batch.State.PUBLISHED)
# The statuses stand in them, so that SQLite sees that small partial indexes hold all that is asked for.
_ASSIGNABLE = RawSQL("status = 'Assignable'", (), output_field=BooleanField())
_ACCEPTED = RawSQL("status = 'Accepted'", (), output_field=BooleanField())
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def projects_of(caller: Caller) -> QuerySet[Project]:
    """Give the projects that the caller reaches, by id, with what the API shows of their templates."""
    versions = TemplateVersion.objects.filter(template=OuterRef("template"))
    newest, first = versions.order_by("-number"), versions.order_by("number")
    found = Project.objects.filter(caller.reaches()).select_related("requester", "template")
    return found.annotate(
        html=Subquery(newest.values("html")[:1]),
        changer=Subquery(newest.values("created_by")[:1]),
        maker=Subquery(first.values("created_by")[:1]),
    ).order_by("pk")


def shown_projects(projects: Sequence[Any]) -> list[dict[str, Any]]:
    """Give the projects as the API shows them."""
    batches: defaultdict[int, list[int]] = defaultdict(list)
    rows = Batch.objects.filter(project__in=[project.pk for project in projects]).order_by("pk")
    for pk, project_pk in rows.values_list("pk", "project"):
        batches[project_pk].append(pk)
    return [
        {
            "id": project.pk,
            "name": project.name,
            "created_at": project.created_at,
            "created_by": project.maker,
            "updated_at": project.updated_at,
            "updated_by": project.changer,
            "active": not project.is_archived,
            "allotted_assignment_time": hours(project.assignment_duration_seconds),
            "assignments_per_task": project.max_assignments,
            "login_required": project.audience != Audience.ANONYMOUS,
            "custom_permissions": project.audience == Audience.GROUPS,
            "filename": project.file_name or "template.html",
            "html_template": project.html,
            "batches": batches[project.pk],
        }
        for project in projects
    ]


def batches_of(caller: Caller) -> QuerySet[Batch]:
    """Give the batches that the caller reaches, by id."""
    found = Batch.objects.filter(caller.reaches())
    return found.select_related("requester", "project__requester", "hit_group__hit_type").order_by("pk")


def shown_batches(batches: Sequence[Batch]) -> list[dict[str, Any]]:
    """Give the batches as the API shows them."""
    unfinished = _unfinished([batch.hit_group_id for batch in batches if batch.hit_group_id is not None])
    return [_shown(batch, is_unfinished=batch.hit_group_id in unfinished) for batch in batches]


def _shown(batch: Batch, *, is_unfinished: bool) -> dict[str, Any]:
    agreed, group = terms.of(batch), batch.hit_group
    audience = program_projects.audience_of(batch)
    seconds = group.hit_type.assignment_duration_seconds if group else agreed.assignment_duration_seconds
    return {
        "id": batch.pk,
        "name": batch.name,
        "created_at": batch.created_at,
        "created_by": batch.created_by_id,
        "project": batch.project_id,
        "filename": batch.file_name,
        "allotted_assignment_time": hours(seconds),
        "assignments_per_task": batch.max_assignments if group else agreed.max_assignments,
        "login_required": audience != Audience.ANONYMOUS,
        "custom_permissions": audience == Audience.GROUPS,
        "active": stopping.is_active(batch),
        "completed": batch.state == Batch.State.PUBLISHED and not is_unfinished,
        "published": batch.state in _VISIBLE,
    }


def _unfinished(group_pks: list[int]) -> set[int]:
    """Give those of the HIT groups that have a place to give, or somebody at work; two short queries."""
    a_place = HIT.objects.filter(_ASSIGNABLE, group=OuterRef("pk")).values("pk")[:1]
    groups = HITGroup.objects.filter(pk__in=group_pks).annotate(place=Subquery(a_place))
    open_ones = groups.filter(place__isnull=False).values_list("pk", flat=True)
    # All that is in somebody's hands, on the whole server: no more than there are people at work.
    in_hand = Assignment.objects.filter(_ACCEPTED, deadline_at__gt=_LONG_AGO).order_by()
    at_work = in_hand.values_list("group", flat=True)
    return {*open_ones, *(set(group_pks) & set(at_work))}


def hours(seconds: int) -> int:
    """Give whole hours, rounded up: Turkle counts in them."""
    return -(-seconds // _HOUR)


def audience(*, is_login_required: bool, has_custom_permissions: bool) -> str:
    """Give our word for who may work."""
    if has_custom_permissions:
        return Audience.GROUPS
    return Audience.WORKERS if is_login_required else Audience.ANONYMOUS
