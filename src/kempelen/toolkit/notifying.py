"""What a requester's programs are told of the HITs of a type, and where: MTurk's notifications.

MTurk's API takes settings and never gives them back, so what was set is also noted here, beside the profiles.
"""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from kempelen.aws.shapes.named import EventType
from kempelen.toolkit import profiles
from kempelen.toolkit.connection import Connection
from kempelen.toolkit.troubles import Trouble

EVENTS: tuple[str, ...] = get_args(get_args(EventType)[0])
PING = "Ping"
# What most programs wait for.
USUAL = ("AssignmentSubmitted", "HITReviewable")
_VERSION = "2006-05-05"


@dataclass(frozen=True)
class Setting:
    """What was set for a HIT type at an endpoint."""

    endpoint: str
    hit_type_id: str
    transport: str
    destination: str
    events: list[str]
    is_active: bool = True

    def specification(self) -> dict[str, Any]:
        """Give it as the API takes it."""
        return {
            "Destination": self.destination,
            "Transport": self.transport,
            "Version": _VERSION,
            "EventTypes": self.events,
        }


def setting(endpoint: str, hit_type_id: str, destination: str, events: list[str]) -> Setting:
    """Give what is to be set; refuses (`Trouble`) events and destinations that there are none of."""
    if unknown := [one for one in events if one not in EVENTS]:
        raise Trouble(f"There is no event {unknown[0]!r}. It is one of {', '.join(EVENTS)}.")
    return Setting(endpoint, hit_type_id, _transport(destination), destination, events)


def _transport(destination: str) -> str:
    if destination.startswith(("https://", "http://")):
        return "SQS"
    if destination.startswith("arn:"):
        return "SNS"
    if "@" in destination:
        return "Email"
    raise Trouble(
        f"{destination!r} is no destination. Write a queue’s URL (SQS), a topic’s ARN (SNS) or an address."
    )


def put(connection: Connection, one: Setting) -> None:
    """Set it; it takes the place of what was set for the type."""
    members = {"HITTypeId": one.hit_type_id, "Notification": one.specification(), "Active": one.is_active}
    connection.call("UpdateNotificationSettings", **members)
    _note(one)


def switch(connection: Connection, hit_type_id: str, *, is_active: bool) -> None:
    """Switch what is set for a type on or off; it is kept."""
    connection.call("UpdateNotificationSettings", HITTypeId=hit_type_id, Active=is_active)
    known = _read().get(_key(connection.endpoint, hit_type_id))
    if known is not None:
        _note(Setting(**(asdict(known) | {"is_active": is_active})))


def send_test(connection: Connection, one: Setting, event: str) -> None:
    """Send an event that did not happen, now; refused with the reason where it cannot be sent."""
    connection.call("SendTestEventNotification", Notification=one.specification(), TestEventType=event)


def known(endpoint: str, hit_type_id: str = "") -> list[Setting]:
    """Give what was set from here at an endpoint, of one type or of all."""
    return [
        one for one in _read().values() if one.endpoint == endpoint and hit_type_id in ("", one.hit_type_id)
    ]


def _key(endpoint: str, hit_type_id: str) -> str:
    return f"{endpoint} {hit_type_id}"


def _path() -> Path:
    return profiles.path().with_name("notifications.json")


def _read() -> dict[str, Setting]:
    try:
        text = _path().read_bytes()
    except FileNotFoundError:
        return {}
    try:
        found = [Setting(**one) for one in json.loads(text)]
    except (ValueError, TypeError) as error:
        raise Trouble(f"{_path()} cannot be understood: {error}. Mend it, or delete it.") from error
    return {_key(one.endpoint, one.hit_type_id): one for one in found}


def _note(one: Setting) -> None:
    """Write the file as a whole, so that nobody finds a half."""
    settings = _read() | {_key(one.endpoint, one.hit_type_id): one}
    folder = _path().parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, part = tempfile.mkstemp(dir=folder, prefix=".notifications-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([asdict(each) for each in settings.values()], file, indent=2)
    Path(part).replace(_path())
