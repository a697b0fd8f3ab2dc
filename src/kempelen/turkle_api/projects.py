"""Projects."""

from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from kempelen.domain.actions import program_projects
from kempelen.domain.actions.program_projects import Wanted
from kempelen.domain.models import Audience, Project
from kempelen.turkle_api import permissions, work
from kempelen.turkle_api.callers import Role
from kempelen.turkle_api.described import described
from kempelen.turkle_api.paging import Twenty
from kempelen.turkle_api.shapes import BatchShape, PermissionsShape, ProjectShape
from kempelen.turkle_api.view import View

_HOUR = 3600


class Projects(View):
    """Templates with the properties of the tasks made from them, and who may work on them."""

    serializer_class = ProjectShape
    pagination_class = Twenty

    @described("projects_list", ProjectShape(many=True))
    def list(self, request: Request) -> Response:
        """List the projects of your requesters; administrators' tokens list all."""
        page = self.paginate_queryset(work.projects_of(self.caller)) or []
        return self.get_paginated_response(work.shown_projects(page))

    @described("projects_create", ProjectShape, status=201)
    def create(self, request: Request) -> Response:
        """Make a project, in the requester that the address names or the only one you have."""
        given = self.checked().validated_data
        home = self.caller.home()
        made = program_projects.create(home, by=self.caller.user, **_wanted(given, Audience.WORKERS))
        return self._show(str(made.pk), status=201)

    @described("projects_retrieve", ProjectShape)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Show a project."""
        return self._show(pk)

    @described("projects_update", ProjectShape)
    def update(self, request: Request, pk: str) -> Response:
        """Change a project; what must be there must be given."""
        return self._change(pk)

    @described("projects_partial_update", ProjectShape)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is given of a project; batches that are published keep what they have."""
        return self._change(pk, partial=True)

    @described("projects_batches", BatchShape(many=True))
    def batches(self, request: Request, pk: str) -> Response:
        """List the project's batches."""
        project = self.found(work.projects_of(self.caller), pk)
        page = self.paginate_queryset(work.batches_of(self.caller).filter(project=project)) or []
        if not page:
            raise NotFound
        return self.get_paginated_response(work.shown_batches(page))

    @described("projects_permissions", PermissionsShape)
    def permissions(self, request: Request, pk: str) -> Response:
        """Show who may work on batches that are published from now on, where not everybody may."""
        return Response(permissions.shown(self.found(work.projects_of(self.caller), pk)))

    @described("projects_permissions_add", PermissionsShape, request=PermissionsShape, status=201)
    def add_permissions(self, request: Request, pk: str) -> Response:
        """Let more users and groups work; from then on only those who are chosen may."""
        project = self._to_change(pk)
        return Response(permissions.added(self.caller, project, request.data), status=201)

    @described("projects_permissions_replace", PermissionsShape, request=PermissionsShape)
    def replace_permissions(self, request: Request, pk: str) -> Response:
        """Let these users and groups work, and nobody else."""
        return Response(permissions.replaced(self.caller, self._to_change(pk), request.data))

    def _to_change(self, pk: str) -> Project:
        project = self.found(work.projects_of(self.caller), pk)
        self.caller.check_may(project.requester_id, Role.EDITOR)
        return project

    def _change(self, pk: str, **options: Any) -> Response:
        project = self._to_change(pk)
        given = self.checked(**options).validated_data
        program_projects.change(project, by=self.caller.user, **_wanted(given, project.audience))
        return self._show(pk)

    def _show(self, pk: str, *, status: int = 200) -> Response:
        project = self.found(work.projects_of(self.caller), pk)
        return Response(work.shown_projects([project])[0], status=status)


def _wanted(given: dict[str, Any], current: str) -> Wanted:
    """Give in our words what was sent; who may work is told by two fields, which may come one by one."""
    names = {
        "name": "name",
        "html_template": "html",
        "filename": "file_name",
        "assignments_per_task": "max_assignments",
        "active": "is_active",
    }
    wanted: dict[str, Any] = {ours: given[theirs] for theirs, ours in names.items() if theirs in given}
    if "allotted_assignment_time" in given:
        wanted["assignment_duration_seconds"] = given["allotted_assignment_time"] * _HOUR
    if "login_required" in given or "custom_permissions" in given:
        wanted["audience"] = work.audience(
            is_login_required=given.get("login_required", current != Audience.ANONYMOUS),
            has_custom_permissions=given.get("custom_permissions", current == Audience.GROUPS),
        )
    return wanted  # type: ignore[return-value]
