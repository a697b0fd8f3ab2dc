"""What was meant for Amazon, sent to the endpoint that is asked in its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session
from botocore.utils import get_environ_proxies

from kempelen.aws import signature
from kempelen.aws.errors import ProtocolError
from kempelen.aws.model import SIGNING_NAME
from kempelen.toolkit.connection import Keys
from kempelen.toolkit.troubles import Unreachable

# Between two neighbours only (RFC 9110, 7.6.1); a length is written anew.
_BETWEEN_NEIGHBOURS = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te",
    "trailer", "transfer-encoding", "upgrade", "content-length", "expect",
}  # fmt: skip
_OF_SIGNATURES = {
    "authorization",
    "host",
    "x-amz-date",
    "date",
    "x-amz-security-token",
    "x-amz-content-sha256",
}
_SIGNED = {"content-type", "x-amz-target"}


@dataclass(frozen=True)
class Asked:
    """A request as a program sent it to one of Amazon's hosts; `target` is its path with the query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answered:
    """What the endpoint answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Endpoint:
    """The endpoint that answers in Amazon's place; safe to be used by several threads.

    A call that was signed with our own key is signed anew, for the endpoint's host: so it reaches a server
    that stands behind others by its name. What others signed keeps its signature, and with it Amazon's name
    as its Host, since that is what was signed.
    """

    def __init__(self, url: str, keys: Keys | None, bundle: str) -> None:
        self.url = url.rstrip("/")
        self._keys = keys
        self._session = URLLib3Session(
            verify=bundle, proxies=get_environ_proxies(url), timeout=(10, 60), max_pool_connections=32
        )

    def ask(self, asked: Asked) -> Answered:
        """Send it on; raises `Unreachable` where nobody answers."""
        headers = {name: value for name, value in asked.headers.items() if _goes_on(name)}
        claim = _claim_with(self._keys, asked)
        if claim:
            headers = self._signed_anew(asked, headers, claim)
        elif not any(name.lower() == "authorization" for name in headers):
            headers = {name: value for name, value in headers.items() if name.lower() != "host"}
        url = f"{self.url}{asked.target}"
        request = AWSRequest(method=asked.method, url=url, data=asked.body, headers=headers)
        try:
            reply = self._session.send(request.prepare())
            body = reply.content
        except BotoCoreError as error:
            raise Unreachable(f"{self.url} does not answer: {error}") from error
        return Answered(reply.status_code, list(_kept(reply.headers.items())), body)

    def _signed_anew(
        self, asked: Asked, headers: Mapping[str, str], claim: signature.Claim
    ) -> dict[str, str]:
        assert self._keys
        others = {name: value for name, value in headers.items() if name.lower() not in _OF_SIGNATURES}
        to_sign = {name: value for name, value in others.items() if name.lower() in _SIGNED}
        request = AWSRequest(
            method=asked.method, url=f"{self.url}{asked.target}", data=asked.body, headers=to_sign
        )
        keys = Credentials(self._keys.access_key, self._keys.secret_key, self._keys.token)
        SigV4Auth(keys, SIGNING_NAME, claim.scope[1]).add_auth(request)
        return others | dict(request.headers.items())


def _claim_with(keys: Keys | None, asked: Asked) -> signature.Claim | None:
    """Give the claim of a call that was truly signed with these keys."""
    if keys is None:
        return None
    address = urlsplit(asked.target)
    headers = {name.lower(): value for name, value in asked.headers.items()}
    call = signature.Call(headers, asked.body, asked.method, address.path, address.query)
    try:
        claim = signature.read(call, now=datetime.now(tz=UTC), is_sandbox=True)
        if claim.key_id != keys.access_key:
            return None
        signature.verify(claim, call, keys.secret_key)
    except ProtocolError:
        # It is the endpoint's to say what is wrong.
        return None
    return claim


def _goes_on(name: str) -> bool:
    return name.lower() not in _BETWEEN_NEIGHBOURS


def _kept(headers: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((name, value) for name, value in headers if _goes_on(name))
