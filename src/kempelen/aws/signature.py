"""Who signed a call, by AWS Signature Version 4 in the Authorization header (mturk-api.md §1.1, §1.4).

`read` takes from a call whose key it claims to be signed with; `verify` shows that it was.  The time is that
of the world, not the domain's, and is given by the caller; so is the secret.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from kempelen.aws.errors import ProtocolError
from kempelen.aws.model import SIGNING_NAME

REGION: Final = "us-east-1"
SANDBOX_REGION: Final = "sandbox"
_ALGORITHM: Final = "AWS4-HMAC-SHA256"
_TERMINATOR: Final = "aws4_request"
_WINDOW: Final = timedelta(minutes=5)
_BASIC: Final = "%Y%m%dT%H%M%SZ"
# Whoever could change these could do something else than what was signed.
_MUST_BE_SIGNED: Final = {"host": "Host", "x-amz-target": "X-Amz-Target"}
_IN_THE_QUERY: Final = ("X-Amz-Signature=", "X-Amz-Algorithm=", "AWSAccessKeyId=")
_NO_MATCH: Final = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
    "Access Key and signing method. Consult the service documentation for details."
)


class MissingAuthenticationToken(ProtocolError):
    """The call is not signed at all."""

    def __init__(self) -> None:
        super().__init__("MissingAuthenticationTokenException", "Missing Authentication Token")


class IncompleteSignature(ProtocolError):
    """The signature lacks a part, or has one that cannot be read."""

    def __init__(self, message: str) -> None:
        super().__init__("IncompleteSignatureException", message)


class InvalidSignature(ProtocolError):
    """The signature is of another time, service, request or secret."""

    def __init__(self, message: str = _NO_MATCH) -> None:
        super().__init__("InvalidSignatureException", message)


class UnknownKey(ProtocolError):
    """No such access key, or one that does not work any more."""

    def __init__(self) -> None:
        super().__init__(
            "UnrecognizedClientException", "The security token included in the request is invalid."
        )


@dataclass(frozen=True, slots=True)
class Call:
    """What was sent.  Names of headers are in lower case, their values as WSGI has them, in Latin-1."""

    headers: Mapping[str, str]
    body: bytes
    method: str = "POST"
    path: str = "/"
    query: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What an Authorization header says: whose key signed what, when and for which service."""

    key_id: str
    at: str
    scope: tuple[str, str, str]
    signed_headers: tuple[str, ...]
    signature: str


def read(call: Call, *, now: datetime, is_sandbox: bool) -> Claim:
    """Give whose signature it claims to be, if it is whole, of the present and for this service."""
    if any(name in call.query for name in _IN_THE_QUERY):
        raise IncompleteSignature(
            "Signatures in the query string are not accepted: sign with an Authorization header."
        )
    header = call.headers.get("authorization", "").strip()
    if not header:
        raise MissingAuthenticationToken
    parts = _parts(header, call.headers)
    key_id, *scope = _credential(parts["Credential"])
    at = _time_of(call.headers)
    claim = Claim(
        key_id,
        at.strftime(_BASIC),
        (scope[0], scope[1], scope[2]),
        tuple(parts["SignedHeaders"].split(";")),
        parts["Signature"],
    )
    _check_scope(claim, is_sandbox=is_sandbox)
    _check_time(at, now)
    _check_signed(claim, call.headers)
    return claim


def verify(claim: Claim, call: Call, secret: str) -> None:
    """Refuse with `InvalidSignature` unless whoever signed the call had the secret."""
    body_digest = hashlib.sha256(call.body).hexdigest()
    said = call.headers.get("x-amz-content-sha256", body_digest)
    scope = "/".join(claim.scope)
    canonical = hashlib.sha256(_canonical(claim, call, body_digest)).hexdigest()
    to_sign = f"{_ALGORITHM}\n{claim.at}\n{scope}/{_TERMINATOR}\n{canonical}"
    right = hmac.new(_signing_key(secret, *claim.scope), to_sign.encode(), hashlib.sha256).hexdigest()
    if said != body_digest or not hmac.compare_digest(right.encode(), claim.signature.encode()):
        raise InvalidSignature


def _canonical(claim: Claim, call: Call, body_digest: str) -> bytes:
    """What was signed: every part in the one way to write it."""
    lines = [
        call.method.encode(),
        quote(call.path, safe="/~").encode(),
        "&".join(sorted(call.query.split("&"))).encode(),
    ]
    for name in claim.signed_headers:
        value = b" ".join(call.headers[name].encode("latin-1").split())
        lines.append(f"{name}:".encode("latin-1") + value)
    return b"\n".join([*lines, b"", ";".join(claim.signed_headers).encode("latin-1"), body_digest.encode()])


@lru_cache(maxsize=4096)
def _signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    """The key of a day, which signs nothing but that day's calls to a service."""
    key = f"AWS4{secret}".encode()
    for part in (date, region, service, _TERMINATOR):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def _parts(header: str, headers: Mapping[str, str]) -> dict[str, str]:
    """What stands behind the names in an Authorization header."""
    algorithm, _, rest = header.partition(" ")
    parts = {}
    for part in filter(None, (piece.strip() for piece in rest.split(","))):
        name, equals, value = part.partition("=")
        if not equals:
            raise IncompleteSignature(
                f"'{part}' not a valid key=value pair (missing equal-sign) in Authorization header: "
                f"'{header}'."
            )
        parts[name] = value
    lacking = [
        f"Authorization header requires '{name}' parameter."
        for name in ("Credential", "Signature", "SignedHeaders")
        if not parts.get(name)
    ]
    if not _has_date(headers):
        lacking.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
    if lacking:
        raise IncompleteSignature(f"{' '.join(lacking)} Authorization={header}")
    if algorithm != _ALGORITHM:
        raise IncompleteSignature(f"Unsupported AWS 'algorithm': '{algorithm}'.")
    return parts


def _credential(text: str) -> list[str]:
    """The key's id, and the scope without its last part, which is always the same."""
    elements = text.split("/")
    if len(elements) != 5:
        raise IncompleteSignature(
            "Credential must have exactly 5 slash-delimited elements, e.g. "
            f"keyid/date/region/service/term, got '{text}'"
        )
    if elements[-1] != _TERMINATOR:
        raise InvalidSignature(
            f"Credential should be scoped with a valid terminator: '{_TERMINATOR}', not '{elements[-1]}'."
        )
    return elements[:-1]


def _has_date(headers: Mapping[str, str]) -> bool:
    return bool(headers.get("x-amz-date") or headers.get("date"))


def _time_of(headers: Mapping[str, str]) -> datetime:
    """When the call says it was signed; HTTP's own Date counts where there is no X-Amz-Date."""
    text = headers.get("x-amz-date") or headers["date"]
    try:
        # A tenth of the time of `strptime`; it takes other forms too.
        at = datetime.fromisoformat(text)
        if at.strftime(_BASIC) == text:
            return at.replace(tzinfo=UTC)
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime("" if "x-amz-date" in headers else text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise IncompleteSignature(
            f"Date must be in ISO-8601 'basic format'. Got '{text}'. See https://en.wikipedia.org/wiki/ISO_8601"
        ) from None


def _check_scope(claim: Claim, *, is_sandbox: bool) -> None:
    date, region, service = claim.scope
    wrong = ""
    if region != REGION and not (is_sandbox and region == SANDBOX_REGION):
        wrong += f"Credential should be scoped to a valid region, not '{region}'. "
    if service != SIGNING_NAME:
        wrong += f"Credential should be scoped to correct service: '{SIGNING_NAME}'. "
    if date != claim.at[:8]:
        wrong += (
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
            f"'{date}' != '{claim.at[:8]}', from '{claim.at}'."
        )
    if wrong:
        raise InvalidSignature(wrong)


def _check_time(at: datetime, now: datetime) -> None:
    if now - _WINDOW <= at <= now + _WINDOW:
        return
    signed, present = at.strftime(_BASIC), now.strftime(_BASIC)
    if at < now - _WINDOW:
        limit = (now - _WINDOW).strftime(_BASIC)
        raise InvalidSignature(
            f"Signature expired: {signed} is now earlier than {limit} ({present} - 5 min.)"
        )
    limit = (now + _WINDOW).strftime(_BASIC)
    raise InvalidSignature(
        f"Signature not yet current: {signed} is still later than {limit} ({present} + 5 min.)"
    )


def _check_signed(claim: Claim, headers: Mapping[str, str]) -> None:
    """Refuse if a header that decides what is done is unsigned, or one that was signed is not there."""
    names = claim.signed_headers
    for name, title in _MUST_BE_SIGNED.items():
        if name not in names:
            raise InvalidSignature(f"'{title}' must be a 'SignedHeader' in the AWS Authorization.")
    is_canonical = list(names) == sorted({name.lower() for name in names})
    if not is_canonical or not headers.keys() >= set(names):
        raise InvalidSignature
