"""Whose key signed a call, and what it may do."""

import logging
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from kempelen.aws import signature
from kempelen.aws.errors import ProtocolError
from kempelen.domain import sealing
from kempelen.domain.actions import access_keys
from kempelen.domain.models import AccessKey, Membership, Requester, User

log = logging.getLogger("kempelen.api")

_INVOCATION_HEADER = "amz-sdk-invocation-id"
_INVOCATION = re.compile(r"[A-Za-z0-9-]{16,64}")


class AccessDenied(ProtocolError):
    """The key's owner has a role that does not include the operation."""


@dataclass(frozen=True)
class Caller:
    """Who calls: a member of a requester, by one of their access keys."""

    key: AccessKey
    # The server's address as the caller wrote it, without a slash at its end.
    address: str = ""
    # What names the call: AWS's SDKs send the same when they repeat one by themselves.
    invocation: str = ""

    @property
    def membership(self) -> Membership:
        """The user's role in the requester."""
        return self.key.membership

    @property
    def requester(self) -> Requester:
        """The requester in whose name everything is done, and whose things alone can be seen."""
        return self.key.membership.requester

    @property
    def user(self) -> User:
        """The user to whom the key belongs."""
        return self.key.membership.user

    def check_may(self, operation: str, role: str) -> None:
        """Refuse with `AccessDenied`, in MTurk's words, unless the caller's role includes this one."""
        if self.membership.includes(role):
            return
        who = f"arn:aws:iam::{self.requester.public_id}:user/{self.user.username}"
        raise AccessDenied(
            "AccessDeniedException",
            f"User: {who} is not authorized to perform: mechanicalturk:{operation} with an explicit deny "
            f"in a service control policy (members in the role of {self.membership.role} may not)",
        )


def who_signed(call: signature.Call, *, now: datetime, scheme: str = "http") -> Caller:
    """Give the caller whose key signed the call, or refuse with one of the signature's `ProtocolError`s."""
    claim = signature.read(call, now=now, is_sandbox=settings.KEMPELEN_MODE == "sandbox")
    # What is no id of ours could be nothing that a database can look for.
    key = access_keys.to_verify(claim.key_id) if claim.key_id.isalnum() else None
    if key is None:
        raise signature.UnknownKey
    _verify(claim, call, _secret_of(key))
    access_keys.note_used(key, at=now)
    address = settings.KEMPELEN_URL or f"{scheme}://{call.headers.get('host', '')}"
    invocation = call.headers.get(_INVOCATION_HEADER, "")
    return Caller(key, address, invocation if _INVOCATION.fullmatch(invocation) else "")


def _verify(claim: signature.Claim, call: signature.Call, secret: str) -> None:
    """Refuse a wrong signature.  Under a prefix SDKs sign its path, with or without a slash at its end.

    A proxy may have cut the path off, so that what was signed is not seen here.
    """
    prefix = settings.KEMPELEN_PREFIX
    for path in (prefix, f"{prefix}/") if prefix else ():
        with suppress(signature.InvalidSignature):
            signature.verify(claim, replace(call, path=path), secret)
            return
    signature.verify(claim, call, secret)


def _secret_of(key: AccessKey) -> str:
    try:
        return access_keys.secret_of(key)
    except sealing.CannotOpen as error:
        log.warning(
            "Access key %s cannot be checked: its secret was encrypted with another KEMPELEN_SECRET_KEY. Add "
            "that to KEMPELEN_SECRET_KEY_FALLBACKS, or make a new key.",
            key.public_id,
        )
        raise signature.UnknownKey from error
