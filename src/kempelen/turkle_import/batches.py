"""Turkle's batches: those that were published, and those that wait for their review."""

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File

from kempelen.domain import batch_events, events, file_names
from kempelen.domain.actions import batches
from kempelen.domain.actions import projects as of_projects
from kempelen.domain.actions.terms import Terms
from kempelen.domain.batches import batch_files, lint, templates
from kempelen.domain.batches.csv_problems import CsvProblems
from kempelen.domain.models import Batch, HITGroup, Project, Worker
from kempelen.domain.properties import YEAR_SECONDS
from kempelen.turkle_import import projects
from kempelen.turkle_import.ledger import Kind
from kempelen.turkle_import.projects import Allowed, Properties
from kempelen.turkle_import.run import Run
from kempelen.turkle_import.tables import BATCHES, PROJECTS, TASKS, Row

_PAGE = 100
_TASKS_AT_ONCE = 500


def bring_batches(run: Run) -> None:
    """Make a batch of each batch; `tasks` then makes the HITs, and `show` lets them be seen."""
    for page in BATCHES.pages(run.source, size=_PAGE):
        owners = {
            row["id"]: row for row in PROJECTS.of(run.source, "id", sorted({r["project_id"] for r in page}))
        }
        for row in page:
            with run.together():
                _bring_batch(run, row, owners.get(row["project_id"]))


def show(run: Run) -> None:
    """Let the batches whose HITs are all here be seen: open, or paused as they were."""
    if run.is_trial:
        return
    for page in BATCHES.pages(run.source, size=_PAGE):
        ours = run.ledger.ours(Kind.BATCH, [row["id"] for row in page])
        for row in page:
            if row["id"] in ours:
                with run.together():
                    _show(row, ours[row["id"]])


def _bring_batch(run: Run, row: Row, owner: Row | None) -> None:
    if owner is None:
        return
    project_pk = run.ledger.one(Kind.PROJECT, row["project_id"])
    if project_pk is None:
        run.report.leave_out("batches", "belongs to a project that was left out", row["name"])
        return
    known = run.ledger.one(Kind.BATCH, row["id"])
    if known is not None and not _is_to_be_published(run, row, known):
        run.report.known["batches"] += 1
        return
    row = _with_rights_of(row, owner)
    name = projects.name_of(run, row, "Batch")
    properties = projects.properties_of(run, row, "Batch")
    if row["published"]:
        _published(run, row, name, properties, owner, project_pk)
    else:
        _waiting(run, row, name, properties, owner, project_pk)


def _is_to_be_published(run: Run, row: Row, batch_pk: int) -> bool:
    """Tell whether a batch that waited when it was brought was published in Turkle since; ours then goes."""
    batch = Batch.objects.filter(pk=batch_pk).first()
    if batch is None or not batch.csv_file or not row["published"]:
        return False
    if batch.state != Batch.State.UPLOADED:
        run.report.note("was published there and here: its tasks of Turkle's are left out", batch.name)
        return False
    if not run.is_trial:
        batches.discard(batch)
        run.ledger.forget(Kind.BATCH, row["id"])
    return True


def _with_rights_of(row: Row, owner: Row) -> Row:
    """Give the batch with its project's rights where its version had none of its own."""
    lacking = {name: owner[name] for name in ("custom_permissions", "login_required") if row[name] is None}
    return {**row, **lacking, "is_ruled_by_project": "custom_permissions" in lacking}


def _may_work(run: Run, row: Row) -> Allowed:
    if row["is_ruled_by_project"]:
        of_project = {**row, "id": row["project_id"]}
        return projects.allowed(run, of_project, thing="Batch of project", codename="can_work_on")
    return projects.allowed(run, row, thing="Batch", codename="can_work_on_batch")


def _published(run: Run, row: Row, name: str, properties: Properties, owner: Row, project_pk: int) -> None:
    may_work = _may_work(run, row)
    run.report.brought["batches"] += 1
    if run.is_trial:
        run.ledger.remember(Kind.BATCH, {row["id"]: run.stand_in()})
        return
    project = Project.objects.select_related("template", "requester").get(pk=project_pk)
    group = HITGroup.objects.create(
        requester=run.requester,
        hit_type=of_projects.hit_type_of(
            project, assignment_duration_seconds=properties.assignment_duration_seconds
        ),
        audience=may_work.audience,
        status=HITGroup.Status.HIDDEN,
        created_at=row["created_at"],
    )
    group.worker_groups.set(projects.groups_of(run, may_work))
    batch = Batch(
        requester=run.requester,
        project=project,
        template_version=projects.version_of(project, owner["html_template"]),
        hit_group=group,
        name=name,
        state=Batch.State.PUBLISHING,
        file_name=_file_name(row),
        max_assignments=properties.max_assignments,
        lifetime_seconds=YEAR_SECONDS,
        created_by=run.user(row["created_by_id"]),
        created_at=row["created_at"],
    )
    batches.number_and_save(batch)
    run.ledger.remember(Kind.BATCH, {row["id"]: batch.pk})


def _file_name(row: Row) -> str:
    name: str = file_names.of_path(row["filename"])
    return name or "turkle.csv"


def _waiting(run: Run, row: Row, name: str, properties: Properties, owner: Row, project_pk: int) -> None:
    """Make an upload of a batch that nobody published yet: it can be looked at and published here."""
    may_work = _may_work(run, row)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "waiting.csv"
        _write_csv(path, list(_inputs_of(run, row["id"])))
        problem = _problem(path, _file_name(row), owner["html_template"])
        if problem:
            run.report.leave_out(
                "batches", "was not published, and its rows do not fit its template", f"{name}: {problem}"
            )
            return
        run.report.brought["batches"] += 1
        pk = run.stand_in()
        if not run.is_trial:
            terms = _terms(row, properties, may_work)
            pk = _uploaded(run, row, name, path, project_pk, terms).pk
    run.ledger.remember(Kind.BATCH, {row["id"]: pk})


def _terms(row: Row, properties: Properties, may_work: Allowed) -> Terms:
    named = Worker.objects.filter(pk__in=may_work.workers).values_list("public_id", flat=True)
    return Terms(
        max_assignments=properties.max_assignments,
        assignment_duration_seconds=properties.assignment_duration_seconds,
        audience=may_work.audience,
        groups=may_work.groups,
        workers=list(named),
        is_paused=not row["active"],
    )


def _uploaded(run: Run, row: Row, name: str, path: Path, project_pk: int, terms: Terms) -> Batch:
    project = Project.objects.select_related("template", "requester").get(pk=project_pk)
    by, file_name = run.user(row["created_by_id"]), _file_name(row)
    with path.open("rb") as content:
        return batches.upload(project, File(content), file_name=file_name, name=name, by=by, own_terms=terms)


def _problem(path: Path, file_name: str, html: str) -> str:
    """Say why rows could not be uploaded for the template; nothing if they could."""
    faults = [finding.message for finding in lint.lint(html) if finding.level == "error"]
    if faults:
        return faults[0]
    template = templates.compile_template(html)
    try:
        batch_files.check(
            path, wanted=template.required, wanted_in_scripts=template.in_scripts, file_name=file_name
        )
    except CsvProblems as problems:
        return str(problems).partition("\n")[0]
    return ""


def _inputs_of(run: Run, turkle_pk: int) -> Iterator[dict[str, str]]:
    pks = run.source.rows("SELECT id FROM turkle_task WHERE batch_id = %s ORDER BY id", [turkle_pk])
    for at in range(0, len(pks), _TASKS_AT_ONCE):
        for row in TASKS.of(run.source, "id", [pk for (pk,) in pks[at : at + _TASKS_AT_ONCE]]):
            yield row["input_csv_fields"] if isinstance(row["input_csv_fields"], dict) else {}


def _write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _show(row: Row, batch_pk: int) -> None:
    locked = Batch.objects.select_for_update(of=("self",)).select_related("hit_group", "project")
    batch = locked.filter(pk=batch_pk).first()
    if batch is None or batch.state != Batch.State.PUBLISHING or batch.hit_group is None:
        return
    # What is paused since its project was stopped goes on with the project.
    batch.paused_at = batch.project.stopped_at if row["active"] else row["created_at"]
    group = batch.hit_group
    group.priorities = [0]
    group.status = HITGroup.Status.PAUSED if batch.paused_at else HITGroup.Status.OPEN
    group.save(update_fields=["priorities", "status"])
    batch.state, batch.published_at = Batch.State.PUBLISHED, row["created_at"]
    batch.save(update_fields=["state", "published_at", "paused_at"])
    events.record(batch_events.BatchPublished(batch, data={"hits": batch.row_count, "from": "Turkle"}))
