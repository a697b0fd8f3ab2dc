"""Signed calls as SDKs make them: botocore signs, at any time and in any region; other SDKs' header sets."""

from collections.abc import Mapping
from datetime import UTC, datetime
from unittest.mock import patch

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from kempelen.aws.signature import Call

KEY_ID = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TARGET = "MTurkRequesterServiceV20170117.GetAccountBalance"
HEADERS = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": TARGET, "Host": "localhost:8000"}


def signed(
    body: bytes = b"{}",
    headers: Mapping[str, str] = HEADERS,
    *,
    at: datetime = NOON,
    key_id: str = KEY_ID,
    secret: str = SECRET,
    region: str = "us-east-1",
    service: str = "mturk-requester",
    token: str | None = None,
    query: str = "",
    unsigned: Mapping[str, str] | None = None,
) -> Call:
    """A call that botocore signed; `unsigned` headers are added afterwards, as proxies do."""
    url = f"http://localhost:8000/{'?' if query else ''}{query}"
    request = AWSRequest(method="POST", url=url, data=body, headers=dict(headers))
    with patch("botocore.auth.get_current_datetime", return_value=at):
        SigV4Auth(Credentials(key_id, secret, token), service, region).add_auth(request)
    sent = {**dict(request.headers), **(unsigned or {})}
    return Call({name.lower(): value for name, value in sent.items()}, body, query=query)
