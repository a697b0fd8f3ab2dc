"""A client of AWS JSON APIs with as little in it as possible, so that what is measured is the server.

It makes and signs a call in some 30 µs, for which an SDK takes a millisecond or two.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench.browsing import Browser, Reply

REGION = "us-east-1"
_SIGNED = "content-type;host;x-amz-date;x-amz-target"


@dataclass(frozen=True)
class Service:
    """What tells one AWS service's calls from another's."""

    name: str
    target: str
    kind: str


MTURK = Service("mturk-requester", "MTurkRequesterServiceV20170117", "application/x-amz-json-1.1")
SQS = Service("sqs", "AmazonSQS", "application/x-amz-json-1.0")


class Client:
    """Somebody's program, which calls one service with one key, on one connection."""

    def __init__(self, url: str, service: Service, key_id: str, secret: str) -> None:
        self._browser = Browser(url)
        self._service = service
        self._key_id, self._secret = key_id, secret
        self._keys: dict[str, bytes] = {}

    def call(self, operation: str, members: Mapping[str, Any]) -> Reply:
        """Call it, signed now."""
        body = json.dumps(members).encode()
        headers = self._signed(operation, body, datetime.now(tz=UTC).strftime("%Y%m%dT%H%M%SZ"))
        return self._browser.send("/", body, self._service.kind, headers)

    def _signed(self, operation: str, body: bytes, at: str) -> dict[str, str]:
        """Give the headers that make it a signed call (AWS Signature Version 4)."""
        service, day = self._service, at[:8]
        target = f"{service.target}.{operation}"
        host = "{}:{}".format(*self._browser.address)
        canonical = (
            f"POST\n/\n\ncontent-type:{service.kind}\nhost:{host}\nx-amz-date:{at}\nx-amz-target:{target}\n\n"
            f"{_SIGNED}\n{hashlib.sha256(body).hexdigest()}"
        )
        scope = f"{day}/{REGION}/{service.name}/aws4_request"
        to_sign = f"AWS4-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        signature = hmac.new(self._key_of(day), to_sign.encode(), hashlib.sha256).hexdigest()
        return {
            "X-Amz-Date": at,
            "X-Amz-Target": target,
            "Authorization": (
                f"AWS4-HMAC-SHA256 Credential={self._key_id}/{scope}, SignedHeaders={_SIGNED}, "
                f"Signature={signature}"
            ),
        }

    def _key_of(self, day: str) -> bytes:
        if day not in self._keys:
            key = f"AWS4{self._secret}".encode()
            for part in (day, REGION, self._service.name, "aws4_request"):
                key = hmac.new(key, part.encode(), hashlib.sha256).digest()
            self._keys[day] = key
        return self._keys[day]
