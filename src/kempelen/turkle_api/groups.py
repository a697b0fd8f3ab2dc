"""Worker groups."""

from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from kempelen.domain.actions import worker_groups
from kempelen.domain.models import WorkerGroup
from kempelen.turkle_api import people
from kempelen.turkle_api.callers import Role
from kempelen.turkle_api.described import described
from kempelen.turkle_api.paging import Hundred
from kempelen.turkle_api.shapes import GroupShape, MembersShape
from kempelen.turkle_api.view import View


class Groups(View):
    """Groups of workers, to whom projects and batches can be opened."""

    serializer_class = GroupShape
    pagination_class = Hundred

    @described("groups_list", GroupShape(many=True))
    def list(self, request: Request) -> Response:
        """List the groups of your requesters; administrators' tokens list all."""
        page = self.paginate_queryset(people.groups_of(self.caller)) or []
        return self.get_paginated_response(people.shown_groups(page))

    @described("groups_create", GroupShape, status=201)
    def create(self, request: Request) -> Response:
        """Make a group with these users in it."""
        given = self.checked().validated_data
        home = self.caller.home()
        workers = people.workers_of(self.caller, given["users"])
        group = worker_groups.create(home, given["name"], workers=workers, by=self.caller.user)
        return Response(people.shown_groups([group])[0], status=201)

    @described("groups_retrieve", GroupShape)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Show a group."""
        return self._show(self.found(people.groups_of(self.caller), pk))

    @described("groups_retrieve_by_name", GroupShape(many=True))
    def by_name(self, request: Request, name: str) -> Response:
        """List the groups of this name: each requester may have one."""
        page = self.paginate_queryset(people.groups_of(self.caller).filter(name=name)) or []
        if not page:
            raise NotFound
        return self.get_paginated_response(people.shown_groups(page))

    @described("groups_add_users", GroupShape, request=MembersShape)
    def add_users(self, request: Request, pk: str) -> Response:
        """Put users into a group; who is in it stays."""
        group = self.found(people.groups_of(self.caller), pk)
        self.caller.check_may(group.requester_id, Role.EDITOR)
        given = MembersShape(data=request.data)
        given.is_valid(raise_exception=True)
        workers = people.workers_of(self.caller, given.validated_data["users"])
        worker_groups.change_members(group, add=workers, by=self.caller.user)
        return self._show(group)

    def _show(self, group: WorkerGroup) -> Response:
        return Response(people.shown_groups([group])[0])
