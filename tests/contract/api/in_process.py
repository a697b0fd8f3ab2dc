"""boto3 without a network: what it has signed is handed to the endpoint of this very process.

Everything but the socket is the same, and thousands of calls cost seconds; the domain's clock can be moved.
"""

import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import boto3
from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from kempelen.api import endpoint
from kempelen.domain.actions import access_keys
from kempelen.domain.models import Membership, Requester
from tests.factories import a_user

URL = "http://testserver"
Client = Any


class _Body(io.BytesIO):
    """An answer's body as botocore reads it."""

    def stream(self, **how: Any) -> Iterator[bytes]:
        yield self.read()


def post(headers: Mapping[str, str], body: bytes) -> HttpResponseBase:
    """What the endpoint answers to a call with these headers."""
    named = {name.lower(): value for name, value in headers.items()}
    kind = named.pop("content-type", "")
    return _calls()(RequestFactory().generic("POST", "/", body, content_type=kind, headers=named))


def mturk(requester: Requester, role: str = "owner") -> Client:
    """A boto3 client of a requester's owner, or of a new member in another role."""
    membership = (
        requester.memberships.get(role=role)
        if role == "owner"
        else Membership.objects.create(requester=requester, user=a_user(role.title()), role=role)
    )
    key, secret = access_keys.create(membership)
    client = _session().client(
        "mturk",
        endpoint_url=URL,
        region_name="us-east-1",
        aws_access_key_id=key.public_id,
        aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1, "mode": "standard"}, parameter_validation=True),
    )
    client.meta.events.register("before-send.mturk.*", _answer)
    return client


def called(client: Client, operation: str, given: Mapping[str, Any]) -> tuple[str, Any]:
    """The refusal's code and message less the time, or "" and the answer."""
    try:
        answer = getattr(client, xform_name(operation))(**given)
    except ClientError as refused:
        said = refused.response
        message = re.sub(r" \(\d+ s\)$", "", said["Error"]["Message"])
        return str(said.get("TurkErrorCode") or said["Error"]["Code"]), message
    answer.pop("ResponseMetadata")
    return "", answer


def _answer(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
    sent = {name: _text(value) for name, value in request.headers.items()}
    answer = post({"Host": "testserver", **sent}, request.body)
    assert isinstance(answer, HttpResponse)
    return AWSResponse(request.url, answer.status_code, dict(answer.items()), _Body(answer.content))


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


@cache
def _session() -> boto3.Session:
    return boto3.Session()


@cache
def _calls() -> endpoint.Calls:
    return endpoint.Calls(_no_page)


def _no_page(request: HttpRequest) -> HttpResponseBase:
    raise AssertionError(f"{request.method} {request.path} is no call")
