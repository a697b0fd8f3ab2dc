"""The message that tells of events: MTurk's JSON, byte for byte (mturk-api.md §6); pure."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Told:
    """An event as it is told; `assignment_id` only where it happened to an assignment."""

    kind: str
    at: datetime
    hit_id: str
    hit_type_id: str
    assignment_id: str = ""


def write(told: Sequence[Told], *, document_id: str, customer_id: str, version: str) -> str:
    """Give the message: compact, its members in MTurk's order.

    Clients know a message that comes twice by `document_id`.
    """
    document = {
        "Events": [_event(one) for one in told],
        "EventDocId": document_id,
        "SourceAccount": account_of(customer_id),
        "CustomerId": customer_id,
        "EventDocVersion": version,
    }
    return json.dumps(document, separators=(",", ":"))


def account_of(customer_id: str) -> str:
    """Give the 12 digits that stand where MTurk writes the AWS account; always the same for a requester."""
    digest = hashlib.sha256(f"account of {customer_id}".encode()).digest()
    return f"{int.from_bytes(digest[:8]) % 10**12:012}"


def epoch_milliseconds(at: datetime) -> str:
    """Give the time as MTurk writes it into the subject of an SNS message."""
    return str(int(at.timestamp() * 1000))


def _event(told: Told) -> dict[str, str]:
    event = {
        "EventType": told.kind,
        "EventTimestamp": told.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "HITId": told.hit_id,
    }
    if told.assignment_id:
        event["AssignmentId"] = told.assignment_id
    return event | {"HITTypeId": told.hit_type_id}
