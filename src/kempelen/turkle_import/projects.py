"""Turkle's projects: templates with the properties of their tasks, and who may work on them."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from kempelen.domain import file_names
from kempelen.domain.actions import projects
from kempelen.domain.ids import new_id
from kempelen.domain.models import Audience, Project, TemplateVersion, WorkerGroup
from kempelen.domain.properties import LONGEST, RANGES, YEAR_SECONDS
from kempelen.turkle_import.ledger import Kind
from kempelen.turkle_import.run import Run
from kempelen.turkle_import.tables import PROJECTS, Row

_PAGE = 20
_MOST_NAME = 200


@dataclass(frozen=True)
class Properties:
    """What Turkle says of a project's or a batch's tasks, within our limits."""

    max_assignments: int
    assignment_duration_seconds: int


@dataclass(frozen=True)
class Allowed:
    """Who may work on something, with primary keys of our groups and workers."""

    audience: str
    groups: list[int] = field(default_factory=list)
    workers: list[int] = field(default_factory=list)


def bring_projects(run: Run) -> None:
    """Make a project of each project."""
    for page in PROJECTS.pages(run.source, size=_PAGE):
        for row in page:
            with run.together():
                _bring_project(run, row)


def name_of(run: Run, row: Row, thing: str) -> str:
    """Give the name of a project or a batch as it can be here."""
    name: str = row["name"].strip().replace("\0", "") or f"{thing} {row['id']}"
    if len(name) > _MOST_NAME:
        run.report.note(f"name was shortened to {_MOST_NAME} characters", f"{thing} {row['id']}")
    return name[:_MOST_NAME]


def properties_of(run: Run, row: Row, thing: str) -> Properties:
    """Give how many do each task and how long they have, and note what had no bounds."""
    asked, hours = row["assignments_per_task"], row["allotted_assignment_time"]
    most, (shortest, longest) = max(1, asked), RANGES["assignment_duration_seconds"]
    if asked < 1:
        run.report.note("asked for less than one assignment per task; it is one here", f"{thing} {row['id']}")
    seconds = min(max(hours * 3600, shortest), longest)
    if seconds != hours * 3600:
        run.report.note("time per task is from 30 seconds to a year here", f"{thing} {row['id']}: {hours} h")
    return Properties(min(most, RANGES["max_assignments"][1]), seconds)


def allowed(run: Run, row: Row, *, thing: str, codename: str) -> Allowed:
    """Give who may work on a project or a batch of Turkle's."""
    if not row["custom_permissions"]:
        return Allowed(Audience.WORKERS if row["login_required"] else Audience.ANONYMOUS)
    found = [_allowed_one_by_one(run, kind, codename, row["id"]) for kind in (Kind.GROUP, Kind.USER)]
    if not any(found):
        run.report.note(
            "was open to chosen people and none were chosen: nobody may work", f"{thing} {row['id']}"
        )
    return Allowed(Audience.GROUPS, *found)


def _allowed_one_by_one(run: Run, kind: Kind, codename: str, turkle_pk: int) -> list[int]:
    """Give our rows of the groups or users with a permission on one thing, as guardian keeps it."""
    table = f"guardian_{kind}objectpermission"
    if not run.source.has(table):
        return []
    asked = (
        f"SELECT o.{kind}_id FROM {table} o JOIN auth_permission p ON p.id = o.permission_id "
        "WHERE p.codename = %s AND o.object_pk = %s"
    )
    found = run.source.rows(asked, [codename, str(turkle_pk)])
    return list(run.ledger.ours(kind, [pk for (pk,) in found]).values())


def groups_of(run: Run, given: Allowed) -> list[WorkerGroup]:
    """Give the groups that may work; who is named one by one stands in one, as in `actions.audiences`."""
    groups = list(WorkerGroup.objects.filter(pk__in=given.groups))
    if given.workers:
        named = WorkerGroup.objects.create(requester=run.requester, name=f"named {new_id()}", is_named=True)
        named.members.set(given.workers)
        groups.append(named)
    return groups


def version_of(project: Project, html: str) -> TemplateVersion:
    """Give the version of the project's template with this HTML, made if there is none."""
    found = project.template.versions.filter(html=html).order_by("number").last()
    return found or projects.save_template(project.template, html)


def _bring_project(run: Run, row: Row) -> None:
    known = run.ledger.one(Kind.PROJECT, row["id"])
    if known is not None:
        run.report.known["projects"] += 1
        _renew_template(run, known, row)
        return
    name = name_of(run, row, "Project")
    properties = properties_of(run, row, "Project")
    may_work = allowed(run, row, thing="Project", codename="can_work_on")
    problem = _template_problem(row["html_template"])
    if problem:
        run.report.leave_out("projects", problem, name)
        return
    run.report.brought["projects"] += 1
    if not row["active"]:
        run.report.note("was not active: the project is archived, its batches are paused with it", name)
    if run.is_trial:
        run.ledger.remember(Kind.PROJECT, {row["id"]: run.stand_in()})
        return
    project = projects.create_project(
        run.requester,
        name=name,
        title=name[: LONGEST["title"]],
        html=row["html_template"],
        by=run.user(row["created_by_id"]),
        audience=may_work.audience,
        lifetime_seconds=YEAR_SECONDS,
        max_assignments=properties.max_assignments,
        assignment_duration_seconds=properties.assignment_duration_seconds,
    )
    project.groups.set(groups_of(run, may_work))
    _date(project, row, run.now)
    run.ledger.remember(Kind.PROJECT, {row["id"]: project.pk})


def _date(project: Project, row: Row, now: datetime) -> None:
    # As `actions.stopping` leaves a project that is stopped as a whole.
    project.is_archived, project.stopped_at = not row["active"], None if row["active"] else now
    project.file_name = file_names.of_path(row["filename"])
    project.created_at = row["created_at"] or now
    project.updated_at = row["updated_at"] or project.created_at
    project.save(update_fields=["is_archived", "stopped_at", "file_name", "created_at", "updated_at"])
    project.template.versions.update(created_at=project.updated_at)


def _renew_template(run: Run, project_pk: int, row: Row) -> None:
    """Keep a template that was changed in Turkle since as a further version."""
    project = Project.objects.select_related("template").filter(pk=project_pk).first()
    if project is None or _template_problem(row["html_template"]):
        return
    if not project.template.versions.filter(html=row["html_template"]).exists():
        run.report.note("template was changed in Turkle since: it is the newest version now", project.name)
        if not run.is_trial:
            projects.save_template(project.template, row["html_template"], by=run.user(row["updated_by_id"]))


def _template_problem(html: str) -> str:
    """Say why no project could have this template; nothing if it could."""
    if not html.strip() or "\0" in html:
        return "template is empty, or holds NUL characters"
    if len(html) > settings.KEMPELEN_TEMPLATE_LIMIT:
        return f"template has more than {settings.KEMPELEN_TEMPLATE_LIMIT:,} characters"
    return ""
