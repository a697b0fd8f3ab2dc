"""Whose token a call brings, and what it reaches.

A token acts with its user's rights in their requesters, as the pages do.  One in the scope of administrators
reaches everything on the server.  An address under `/r/SLUG/` narrows either to that requester.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.db.models import Q
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request

from kempelen.domain import clock
from kempelen.domain.actions import api_tokens
from kempelen.domain.models import ApiToken, Membership, Requester, User

Role = Membership.Role
_KEYWORD = b"token"


@dataclass(frozen=True)
class Caller:
    """Who calls, by one of their tokens, and about which requester if the address names one."""

    token: ApiToken
    slug: str = ""

    @property
    def user(self) -> User:
        """The user to whom the token belongs, and in whose name everything is done."""
        return self.token.user

    @property
    def is_administrator(self) -> bool:
        """Whether the token reaches everything."""
        return self.token.scope == ApiToken.Scope.ADMINISTRATOR

    @cached_property
    def roles(self) -> dict[int, Membership]:
        """The user's memberships by their requesters' primary keys, as far as the address reaches."""
        found = self.user.memberships.select_related("requester").order_by("pk")
        if self.slug:
            found = found.filter(requester__slug=self.slug)
        return {membership.requester_id: membership for membership in found}

    @cached_property
    def _named(self) -> Requester | None:
        """The requester whom the address names, if the caller may know of it."""
        if not self.slug:
            return None
        if self.is_administrator:
            found = Requester.objects.filter(slug=self.slug).first()
        else:
            found = next((membership.requester for membership in self.roles.values()), None)
        if found is None:
            raise NotFound("No Requester matches the given query.")
        return found

    def reaches(self, field: str = "requester") -> Q:
        """Give the condition that a row is of a requester whom the caller may look at."""
        named = self._named
        if named is not None:
            return Q(**{field: named.pk})
        return Q() if self.is_administrator else Q(**{f"{field}__in": list(self.roles)})

    def may(self, requester_pk: int, role: str) -> bool:
        """Tell whether the caller may do in the requester what this role may."""
        membership = self.roles.get(requester_pk)
        return self.is_administrator or (membership is not None and membership.includes(role))

    def check_may(self, requester_pk: int, role: str) -> None:
        """Refuse unless the caller may do in the requester what this role may."""
        if not self.may(requester_pk, role):
            raise PermissionDenied(f"This takes the role of {role} in the requester.")

    def check_administers(self, what: str) -> None:
        """Refuse unless the token is an administrator's."""
        if not self.is_administrator:
            raise PermissionDenied(f"{what} takes an administrator’s token.")

    def home(self, role: str = Role.EDITOR) -> Requester:
        """Give the requester in which something new is made: the address's, or the only one there is.

        Turkle's clients name none.  Administrators who are members of one requester make things there, else
        in the server's only one.
        """
        if (named := self._named) is not None:
            self.check_may(named.pk, role)
            return named
        mine = [one.requester for one in self.roles.values() if one.includes(role)]
        if self.is_administrator and not mine:
            mine = list(Requester.objects.order_by("pk")[:2])
        if len(mine) == 1:
            return mine[0]
        if mine:
            known = ", ".join(f"/r/{requester.slug}/api/" for requester in mine[:5])
            raise ValidationError({"detail": f"Say in which requester, by the address: use {known}."})
        raise PermissionDenied(f"This takes the role of {role} in a requester.")


class ByToken(BaseAuthentication):
    """`Authorization: Token KEY`, as Turkle takes it."""

    def authenticate(self, request: Request) -> tuple[User, Caller] | None:
        """Give the user and the caller, nothing where no token came, or refuse a wrong one."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != _KEYWORD:
            return None
        if len(words) != 2:
            raise AuthenticationFailed("Invalid token header. Write: Token KEY.")
        token = api_tokens.of_key(words[1].decode("latin-1"))
        if token is None:
            raise AuthenticationFailed("Invalid token.")
        api_tokens.note_used(token, at=clock.now())
        asked: Any = request._request
        return token.user, Caller(token, asked.requester_slug)

    def authenticate_header(self, request: Request) -> str:
        """Say how to come back, where nobody was let in."""
        return "Token"


def caller_of(request: Request | HttpRequest) -> Caller:
    """Give who makes a call that was let in."""
    return cast(Caller, cast(Any, request).auth)
