"""Users."""

from typing import Any, cast

from django.conf import settings
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from kempelen.domain.actions import user_details
from kempelen.domain.actions.user_details import Details
from kempelen.domain.models import Requester, User
from kempelen.turkle_api import people
from kempelen.turkle_api.callers import Role
from kempelen.turkle_api.described import described
from kempelen.turkle_api.paging import Hundred
from kempelen.turkle_api.shapes import UserShape
from kempelen.turkle_api.view import View

# What a user's own token may say about the user.
_OWN = {"first_name", "last_name"}


class Users(View):
    """Accounts, with the workers that belong to them."""

    serializer_class = UserShape
    pagination_class = Hundred

    @described("users_list", UserShape(many=True))
    def list(self, request: Request) -> Response:
        """List the users whom you may know of: administrators all, others themselves, colleagues, workers."""
        page = self.paginate_queryset(people.users_known_to(self.caller)) or []
        return self.get_paginated_response(people.shown_users(self.caller, page))

    @described("users_create", UserShape, status=201)
    def create(self, request: Request) -> Response:
        """Make a user; takes an administrator's token, or an owner's where the server lets people sign up."""
        given = self._given()
        may = self.caller.is_administrator
        if not given.get("is_staff"):
            given.pop("is_staff", None)
        if not may and (settings.KEMPELEN_SIGNUP == "closed" or not self._owns_something()):
            raise PermissionDenied("To make users takes an administrator’s token, or an owner’s.")
        if not may and (given.get("is_staff") or given.get("is_superuser")):
            raise PermissionDenied("Only administrators’ tokens give rights.")
        groups = people.groups_with(self.caller, given.pop("groups", []))
        for group in groups:
            self.caller.check_may(group.requester_id, Role.EDITOR)
        made = user_details.create(
            cast(Details, given), groups=groups, home=self._home(given), by=self.caller.user
        )
        shown = people.shown_users(self.caller, [made])[0]
        names = {name: getattr(made, name) for name in ("username", "first_name", "last_name", "email")}
        return Response(shown | names, status=201)

    @described("users_retrieve", UserShape)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Show a user."""
        return self._show(self.found(people.users_known_to(self.caller), pk))

    @described("users_retrieve_by_username", UserShape)
    def by_username(self, request: Request, username: str) -> Response:
        """Show the user of this name, or with this WorkerId."""
        found = people.user_called(self.caller, username)
        if found is None:
            raise NotFound("No User matches the given query.")
        return self._show(found)

    @described("users_update", UserShape)
    def update(self, request: Request, pk: str) -> Response:
        """Change a user; what must be there must be given."""
        return self._change(pk, self._given())

    @described("users_partial_update", UserShape)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is given of a user; without an administrator's token only your own name."""
        return self._change(pk, self._given(partial=True))

    def _given(self, **options: Any) -> dict[str, Any]:
        return dict(self.checked(**options).validated_data)

    def _change(self, pk: str, given: dict[str, Any]) -> Response:
        user = self.found(people.users_known_to(self.caller), pk)
        if not self.caller.is_administrator:
            self._check_own(user, given)
        self._leave_out_what_is_so(user, given)
        pks = given.pop("groups", None)
        groups = None if pks is None else people.groups_with(self.caller, pks)
        changed = user_details.change(
            user,
            cast(Details, given),
            groups=groups,
            among=people.groups_of(self.caller),
            home=self._home(given),
            by=self.caller.user,
        )
        return self._show(User.objects.select_related("worker").get(pk=changed.pk))

    def _check_own(self, user: User, given: dict[str, Any]) -> None:
        if user.pk != self.caller.user.pk:
            raise PermissionDenied("To change other users takes an administrator’s token.")
        current = people.shown_users(self.caller, [user])[0]
        changed = {name for name, value in given.items() if current.get(name) != value}
        if changed - _OWN:
            raise PermissionDenied("With your own token only first_name and last_name can be changed.")
        for name in given.keys() - _OWN:
            given.pop(name)

    def _leave_out_what_is_so(self, user: User, given: dict[str, Any]) -> None:
        """Ask for no requester, and make nobody a member, where a program sends back what it has read."""
        if given.get("is_superuser", user.is_superuser) != user.is_superuser:
            return
        if given.get("is_staff") == people.shown_users(self.caller, [user])[0]["is_staff"]:
            given.pop("is_staff")

    def _owns_something(self) -> bool:
        return any(membership.includes(Role.OWNER) for membership in self.caller.roles.values())

    def _home(self, given: dict[str, Any]) -> Requester | None:
        return (
            self.caller.home() if self.caller.is_administrator and given.get("is_staff") is not None else None
        )

    def _show(self, user: User) -> Response:
        return Response(people.shown_users(self.caller, [user])[0])
