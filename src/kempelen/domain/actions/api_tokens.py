"""API tokens, with which programs speak to the Turkle-compatible API: made, found, revoked.

A token acts with its user's rights, whatever they are at that moment; one of an administrator with those of
administrators, as long as the user is one.
"""

import secrets
import string
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from kempelen.domain import clock, events, ids, people_events
from kempelen.domain.errors import InvalidValue, NotAllowed, NotFound
from kempelen.domain.models import ApiToken, User

_SIGNS = string.ascii_letters + string.digits
# About 238 bits; the prefix lets people and scanners see what it is.
_PREFIX, _LENGTH = "kempelen_", 40
_ENDING = 4
# How exactly the last use is known: a write for every call would cost more than most calls.
_NOTED_EVERY = timedelta(minutes=1)
Scope = ApiToken.Scope


@transaction.atomic
def create(
    user: User,
    *,
    scope: str = Scope.USER,
    name: str = "",
    expires_at: datetime | None = None,
    by: User | None = None,
) -> tuple[ApiToken, str]:
    """Make a token of the user; gives it with its key, which people are shown this once."""
    if scope == Scope.ADMINISTRATOR and not user.is_superuser:
        raise NotAllowed(f"{user} does not administer this server: make a token without that right.")
    key = _PREFIX + "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    token = add(user, key, scope=scope, name=name, expires_at=expires_at)
    data = {"token": token.ending, "scope": token.scope}
    events.record(people_events.ApiTokenMade(user, by=by, data=data))
    return token, key


def add(
    user: User, key: str, *, scope: str = Scope.USER, name: str = "", expires_at: datetime | None = None
) -> ApiToken:
    """Let a key that exists already, such as one of Turkle's, open what its user may."""
    name = name.strip()
    if len(name) > 100 or "\0" in name:
        raise InvalidValue("name", "A token's name has at most 100 characters.")
    if scope not in Scope.values:
        raise InvalidValue("scope", f"“{scope}” is not one of {', '.join(Scope.values)}.")
    return ApiToken.objects.create(
        user=user,
        digest=ids.digest_of(key),
        ending=key[-_ENDING:],
        scope=scope,
        name=name,
        expires_at=expires_at,
        created_at=clock.now(),
    )


@transaction.atomic
def revoke(token: ApiToken, *, by: User | None = None) -> None:
    """Let the token never work again; a second time changes nothing."""
    revoked = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
    if revoked:
        data = {"token": token.ending, "scope": token.scope}
        events.record(people_events.ApiTokenRevoked(token.user, by=by, data=data))


def working() -> QuerySet[ApiToken]:
    """Give the tokens that open something now, with their users."""
    in_time = Q(expires_at=None) | Q(expires_at__gt=clock.real_now())
    in_office = Q(scope=Scope.USER) | Q(user__is_superuser=True)
    found = ApiToken.objects.filter(in_time, in_office, revoked_at=None, user__is_active=True)
    return found.select_related("user")


def of_key(key: str) -> ApiToken | None:
    """Give the token whose key this is, if it works, with its user."""
    return working().filter(digest=ids.digest_of(key)).first()


def token_of(user: User, pk: int) -> ApiToken:
    """Give a token of the user that is not revoked, or refuse with `NotFound`."""
    found = ApiToken.objects.filter(user=user, pk=pk, revoked_at=None).select_related("user").first()
    if found is None:
        raise NotFound("token", pk)
    return found


def note_used(token: ApiToken, *, at: datetime) -> None:
    """Remember that the token was used, to the minute."""
    if token.last_used_at is not None and at - token.last_used_at < _NOTED_EVERY:
        return
    not_yet = Q(last_used_at=None) | Q(last_used_at__lte=at - _NOTED_EVERY)
    ApiToken.objects.filter(not_yet, pk=token.pk).update(last_used_at=at)
