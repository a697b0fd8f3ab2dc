"""Batches."""

from typing import Any

from django.core.files.base import ContentFile
from django.http.response import HttpResponseBase
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from kempelen.domain.actions import additions, batches, program_projects
from kempelen.domain.actions.terms import Terms
from kempelen.domain.models import Audience, Batch, Project
from kempelen.domain.queries import progress
from kempelen.turkle_api import doing, files, permissions, work
from kempelen.turkle_api.callers import Role
from kempelen.turkle_api.described import described
from kempelen.turkle_api.paging import Hundred
from kempelen.turkle_api.shapes import (
    AddedShape,
    BatchChangeShape,
    BatchShape,
    PermissionsShape,
    ProgressShape,
    RowsShape,
)
from kempelen.turkle_api.view import View

_HOUR = 3600
_CSV = "text/csv"
# What is said when a batch is made, and stays.
_FIXED = {name for name, field in BatchShape().fields.items() if not field.read_only} - set(
    BatchChangeShape().fields
)


class Batches(View):
    """Rows of a CSV, each published as a task of a project."""

    serializer_class = BatchShape
    pagination_class = Hundred

    @described("batches_list", BatchShape(many=True))
    def list(self, request: Request) -> Response:
        """List the batches of your requesters; administrators' tokens list all."""
        page = self.paginate_queryset(work.batches_of(self.caller)) or []
        return self.get_paginated_response(work.shown_batches(page))

    @described("batches_create", BatchShape, status=201)
    def create(self, request: Request) -> Response:
        """Check the rows and publish them; of a large file the tasks appear a moment later, all at once."""
        given = self.checked().validated_data
        project = self._project(given["project"])
        batch = batches.upload(
            project,
            ContentFile(given["csv_text"].encode()),
            file_name=given["filename"],
            name=given["name"],
            own_terms=_own_terms(given, project),
            by=self.caller.user,
        )
        if given.get("published", True):
            doing.now_or_soon(lambda: batches.publish(batch, by=self.caller.user), rows=batch.row_count)
        return self._show(str(batch.pk), status=201)

    @described("batches_retrieve", BatchShape)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Show a batch."""
        return self._show(pk)

    @described("batches_partial_update", BatchShape, request=BatchChangeShape)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change the name, the time allotted, and whether the tasks are given out."""
        batch = self._to_change(pk)
        changes = BatchChangeShape(data=request.data)
        changes.is_valid(raise_exception=True)
        if refused := _FIXED.intersection(request.data):
            raise ValidationError({name: ["Cannot update through patch"] for name in sorted(refused)})
        given = changes.validated_data
        doing.now_or_soon(
            lambda: program_projects.change_batch(
                batch,
                name=given.get("name", ""),
                seconds=given.get("allotted_assignment_time", 0) * _HOUR,
                is_active=given.get("active"),
                by=self.caller.user,
            ),
            rows=batch.row_count,
        )
        return self._show(pk)

    @described("batches_add_tasks", AddedShape, request=RowsShape, status=201)
    def add_tasks(self, request: Request, pk: str) -> Response:
        """Check more rows and add them to a batch that is published."""
        batch = self._to_change(pk)
        rows = RowsShape(data=request.data)
        rows.is_valid(raise_exception=True)
        content = ContentFile(rows.validated_data["csv_text"].encode())
        added = additions.upload(batch, content, file_name="tasks.csv", by=self.caller.user)
        doing.now_or_soon(lambda: additions.publish(added, by=self.caller.user), rows=added.row_count)
        return Response({"new_tasks": added.row_count}, status=201)

    @described("batches_input", str, media_type=_CSV)
    def input(self, request: Request, pk: str) -> HttpResponseBase:
        """Send the rows of the batch as CSV."""
        return files.input_of(self._found(pk))

    @described("batches_results", str, media_type=_CSV)
    def results(self, request: Request, pk: str) -> HttpResponseBase:
        """Send the answers that are in by now as CSV, in Turkle's columns."""
        return files.results_of(self._found(pk), self.caller)

    @described("batches_progress", ProgressShape)
    def progress(self, request: Request, pk: str) -> Response:
        """Tell how far the batch is."""
        batch = self._found(pk)
        figures = progress.of_batch(batch)
        tasks = max(batch.row_count, figures.hits)
        places = work.shown_batches([batch])[0]["assignments_per_task"] * tasks
        return Response(
            {
                "total_tasks": tasks,
                "total_task_assignments": max(figures.places, places),
                "total_finished_tasks": figures.hits_done,
                "total_finished_task_assignments": figures.submitted,
            }
        )

    @described("batches_permissions", PermissionsShape)
    def permissions(self, request: Request, pk: str) -> Response:
        """Show who may work on the batch, where not everybody may."""
        return Response(permissions.shown(self._found(pk)))

    @described("batches_permissions_add", PermissionsShape, request=PermissionsShape, status=201)
    def add_permissions(self, request: Request, pk: str) -> Response:
        """Let more users and groups work; from then on only those who are chosen may."""
        return Response(permissions.added(self.caller, self._to_change(pk), request.data), status=201)

    @described("batches_permissions_replace", PermissionsShape, request=PermissionsShape)
    def replace_permissions(self, request: Request, pk: str) -> Response:
        """Let these users and groups work, and nobody else."""
        return Response(permissions.replaced(self.caller, self._to_change(pk), request.data))

    def _found(self, pk: str) -> Batch:
        return self.found(work.batches_of(self.caller), pk)

    def _to_change(self, pk: str) -> Batch:
        batch = self._found(pk)
        self.caller.check_may(batch.requester_id, Role.EDITOR)
        return batch

    def _project(self, pk: int) -> Project:
        project = work.projects_of(self.caller).filter(pk=pk).first()
        if project is None:
            raise ValidationError({"project": [f'Invalid pk "{pk}" - object does not exist.']})
        self.caller.check_may(project.requester_id, Role.EDITOR)
        return project

    def _show(self, pk: str, *, status: int = 200) -> Response:
        return Response(work.shown_batches([self._found(pk)])[0], status=status)


def _own_terms(given: dict[str, Any], project: Project) -> Terms:
    """Give what the batch is to have otherwise than its project; who may work is the project's choice."""
    own: Terms = {}
    if "assignments_per_task" in given:
        own["max_assignments"] = given["assignments_per_task"]
    if "allotted_assignment_time" in given:
        own["assignment_duration_seconds"] = given["allotted_assignment_time"] * _HOUR
    if not given.get("active", True):
        own["is_paused"] = True
    named = {"login_required", "custom_permissions"} & given.keys()
    if named and project.audience != Audience.GROUPS:
        own["audience"] = work.audience(
            is_login_required=given.get("login_required", project.audience != Audience.ANONYMOUS),
            has_custom_permissions=given.get("custom_permissions", False),
        )
    return own
