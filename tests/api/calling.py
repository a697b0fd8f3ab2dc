"""Signed calls to the API through Django's own test client."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client

from kempelen.aws.model import TARGET_PREFIX
from kempelen.domain.actions import access_keys
from kempelen.domain.models import AccessKey, Membership, Requester, User
from tests.aws import signing
from tests.factories import a_user

TYPE = "application/x-amz-json-1.1"


def a_key(requester: Requester, role: str = "owner") -> tuple[AccessKey, str]:
    """A key and its secret, of the owner or of a new member in another role."""
    if role == "owner":
        return access_keys.create(requester.memberships.get(role=role))
    user: User = a_user(role.title())
    membership = Membership.objects.create(requester=requester, user=user, role=role)
    return access_keys.create(membership)


def call(
    key: tuple[AccessKey, str],
    operation: str = "GetAccountBalance",
    arguments: Mapping[str, Any] | bytes = b"{}",
    *,
    headers: Mapping[str, str] | None = None,
    **how: Any,
) -> HttpResponse:
    """The answer to a call signed with the key."""
    body = arguments if isinstance(arguments, bytes) else json.dumps(arguments).encode()
    target = f"{TARGET_PREFIX}.{operation}"
    to_sign = {"Content-Type": TYPE, "X-Amz-Target": target, "Host": "testserver", **(headers or {})}
    how = {"at": datetime.now(tz=UTC), "secret": key[1], "key_id": key[0].public_id} | how
    signed = signing.signed(body, to_sign, **how)
    client = Client(raise_request_exception=False)
    return client.generic("POST", "/", body, content_type=to_sign["Content-Type"], headers=signed.headers)


def fault(answer: HttpResponse) -> dict[str, str]:
    """What an answer says went wrong."""
    said: dict[str, str] = json.loads(answer.content)
    return said
