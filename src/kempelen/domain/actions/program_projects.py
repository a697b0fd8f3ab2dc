"""Projects and batches as programs that know Turkle make and change them: each call whole or not at all."""

from collections.abc import Sequence
from typing import TypedDict, Unpack

from django.db import transaction

from kempelen.domain import batch_events, events
from kempelen.domain.actions import assignment_time, audiences, projects, stopping, terms, worker_groups
from kempelen.domain.batches import lint
from kempelen.domain.errors import InvalidValue
from kempelen.domain.models import (
    Audience,
    Batch,
    Job,
    Project,
    Requester,
    TemplateLanguage,
    User,
    Worker,
    WorkerGroup,
)
from kempelen.domain.properties import YEAR_SECONDS

MOST_FINDINGS = 5
# Turkle's own.
DEFAULT_TIME_SECONDS = 24 * 3600


class Wanted(TypedDict, total=False):
    """What a program says of a project; what it leaves out stays as it is."""

    name: str
    html: str
    file_name: str
    max_assignments: int
    assignment_duration_seconds: int
    audience: str
    is_active: bool


@transaction.atomic
def create(requester: Requester, *, by: User, **wanted: Unpack[Wanted]) -> Project:
    """Make a project; its work costs nothing and stays open for a year, since Turkle's never ends."""
    _check_template(wanted["html"])
    project = projects.create_project(
        requester,
        name=wanted["name"],
        html=wanted["html"],
        audience=wanted.get("audience", Audience.WORKERS),
        max_assignments=wanted.get("max_assignments", 1),
        assignment_duration_seconds=wanted.get("assignment_duration_seconds", DEFAULT_TIME_SECONDS),
        lifetime_seconds=YEAR_SECONDS,
        by=by,
    )
    _finish(project, wanted, by=by)
    return project


@transaction.atomic
def change(project: Project, *, by: User, **wanted: Unpack[Wanted]) -> Project:
    """Change what is given; another template is another version, and running work keeps the one it has."""
    language = project.template.current_version.language
    if "html" in wanted and wanted["html"] != project.template.current_version.html:
        _check_template(wanted["html"], language=language)
    given: projects.ProjectProperties = {}
    if "max_assignments" in wanted:
        given["max_assignments"] = wanted["max_assignments"]
    if "assignment_duration_seconds" in wanted:
        given["assignment_duration_seconds"] = wanted["assignment_duration_seconds"]
    projects.update_project(project, name=wanted.get("name"), html=wanted.get("html"), by=by, **given)
    if wanted.get("audience", project.audience) != project.audience:
        open_to(project, audience=wanted["audience"], by=by)
    _finish(project, wanted, by=by)
    return project


@transaction.atomic
def change_batch(
    batch: Batch, *, by: User, name: str = "", seconds: int = 0, is_active: bool | None = None
) -> Job | None:
    """Change what is given of a batch; a job may have to tell its HITs."""
    if name and name != batch.name:
        was, batch.name = batch.name, name
        batch.save(update_fields=["name"])
        events.record(batch_events.BatchRenamed(batch, by=by, data={"was": was, "name": name}))
    job = assignment_time.change(batch, seconds=seconds, by=by) if seconds else None
    if is_active is not None:
        stopping.set_active(batch, to=is_active, by=by)
    return job


def open_to(
    opened: Project | Batch,
    *,
    audience: str,
    groups: Sequence[WorkerGroup] | None = None,
    workers: Sequence[str] | None = None,
    by: User,
) -> None:
    """Choose who may work; groups and workers stay as they are unless given, and may be none."""
    were_chosen, were_named = who_may(opened)
    chosen = were_chosen if groups is None else groups
    named = [worker.public_id for worker in were_named] if workers is None else workers
    if isinstance(opened, Project):
        audiences.open_project(
            opened, audience=audience, groups=chosen, workers=named, may_be_nobody=True, by=by
        )
    else:
        audiences.open_batch(
            opened, audience=audience, groups=chosen, workers=named, may_be_nobody=True, by=by
        )


def who_may(opened: Project | Batch) -> tuple[list[WorkerGroup], list[Worker]]:
    """Give the groups, and the workers with accounts, who were chosen; also of a batch not yet published."""
    if isinstance(opened, Batch) and "audience" in opened.own_terms and opened.hit_group is None:
        groups = worker_groups.groups_of(opened.requester).filter(pk__in=opened.own_terms.get("groups", []))
        ids = opened.own_terms.get("workers", [])
        workers = Worker.objects.filter(public_id__in=ids, user__isnull=False)
        return list(groups), list(workers.order_by("public_id"))
    row = opened if isinstance(opened, Project) else opened.hit_group or opened.project
    named = audiences.named_workers(row).filter(user__isnull=False)
    return list(audiences.chosen_groups(row)), list(named)


def audience_of(batch: Batch) -> str:
    """Give who may work on the batch, or will when it is published."""
    return batch.hit_group.audience if batch.hit_group else terms.of(batch).audience


def _finish(project: Project, wanted: Wanted, *, by: User) -> None:
    if "file_name" in wanted and wanted["file_name"] != project.file_name:
        project.file_name = wanted["file_name"]
        project.save(update_fields=["file_name"])
    if wanted.get("is_active") is False:
        stopping.stop(project, by=by)
    elif wanted.get("is_active") and project.is_archived:
        stopping.go_on(project, by=by)


def _check_template(html: str, *, language: str = TemplateLanguage.MTURK) -> None:
    """Refuse a template with which nothing could be published."""
    faults = [finding for finding in lint.lint(html, language=language) if finding.level == "error"]
    if faults:
        said = "; ".join(f"line {fault.line}: {fault.message}" for fault in faults[:MOST_FINDINGS])
        raise InvalidValue("html", said[0].upper() + said[1:] + ".")
