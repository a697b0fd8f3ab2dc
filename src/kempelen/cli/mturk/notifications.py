"""`kempelen notifications`."""

from collections.abc import Callable
from dataclasses import asdict
from enum import Enum
from typing import Annotated, Any

import typer

from kempelen.cli.mturk.options import AsJson, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import print_json, tell_table
from kempelen.toolkit import ledger, notifying
from kempelen.toolkit.connection import Connection, connect
from kempelen.toolkit.notifying import Setting
from kempelen.toolkit.troubles import Trouble


class Verb(Enum):
    """What is done."""

    SET = "set"
    OFF = "off"
    ON = "on"
    SHOW = "show"
    TEST = "test"


What = Annotated[
    Verb,
    typer.Argument(
        metavar="VERB",
        help="set: tell events of a HIT type, in place of what was set. off, on: keep it and switch it. "
        "show: what was set from this machine. test: send an event that did not happen.",
    ),
]
Batch = Annotated[
    str, typer.Option("--batch", metavar="BATCH", help="The HIT type of a batch.", show_default=False)
]
HitType = Annotated[str, typer.Option("--hit-type", metavar="ID", help="The HIT type.", show_default=False)]
To = Annotated[
    str,
    typer.Option(metavar="WHERE", help="A queue’s URL, a topic’s ARN or a mail address.", show_default=False),
]
Events = Annotated[
    list[str] | None,
    typer.Option(
        "--event",
        metavar="EVENT",
        help="Such as AssignmentSubmitted; several times for several.  "
        "[default: AssignmentSubmitted and HITReviewable; for test Ping]",
        show_default=False,
    ),
]


def notifications(
    verb: What,
    batch: Batch = "",
    hit_type: HitType = "",
    to: To = "",
    event: Events = None,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Have events told to a queue, a topic or an address.

    The API never says what is set: `show` knows what was set from this machine.

    Examples:

        kempelen notifications set --batch tweets --to https://sqs.us-east-1.amazonaws.com/123456789012/work

        kempelen notifications test --batch tweets

        kempelen notifications off --batch tweets
    """
    if batch and hit_type:
        raise Trouble("Which HIT type? Give --batch or --hit-type.")
    type_id = ledger.read(ledger.find(batch)).head.hit_type_id if batch else hit_type
    said = _DO[verb](connect(profile, endpoint_url), type_id, to, event or [])
    if as_json:
        print_json(said)
    elif verb is Verb.SHOW:
        tell_table(said, "Nothing was set from here.")
    else:
        typer.echo(_SAID[verb])


def _set(connection: Connection, type_id: str, to: str, events: list[str]) -> dict[str, Any]:
    _need(type_id)
    if not to:
        raise Trouble("Where to? Give --to with a queue’s URL, a topic’s ARN or a mail address.")
    one = notifying.setting(connection.endpoint, type_id, to, events or list(notifying.USUAL))
    notifying.put(connection, one)
    return asdict(one)


def _off(connection: Connection, type_id: str, to: str, events: list[str]) -> dict[str, Any]:
    return _switched(connection, type_id, is_active=False)


def _on(connection: Connection, type_id: str, to: str, events: list[str]) -> dict[str, Any]:
    return _switched(connection, type_id, is_active=True)


def _switched(connection: Connection, type_id: str, *, is_active: bool) -> dict[str, Any]:
    _need(type_id)
    notifying.switch(connection, type_id, is_active=is_active)
    return {"hit_type_id": type_id, "is_active": is_active}


def _show(connection: Connection, type_id: str, to: str, events: list[str]) -> list[dict[str, Any]]:
    return [_row(one) for one in notifying.known(connection.endpoint, type_id)]


def _row(one: Setting) -> dict[str, Any]:
    events = ", ".join(one.events)
    state = "on" if one.is_active else "off"
    return {"hit_type": one.hit_type_id, "to": one.destination, "events": events, "is": state}


def _test(connection: Connection, type_id: str, to: str, events: list[str]) -> dict[str, Any]:
    if len(events) > 1:
        raise Trouble("One test sends one event: give --event once.")
    event = events[0] if events else notifying.PING
    if to:
        one = notifying.setting(connection.endpoint, type_id, to, [event])
    else:
        found = notifying.known(connection.endpoint, type_id) if type_id else []
        if not found:
            raise Trouble("Where to? Give --to, or a --batch whose notifications were set from here.")
        one = notifying.setting(connection.endpoint, type_id, found[0].destination, [event])
    notifying.send_test(connection, one, event)
    return {"sent": event, "to": one.destination}


def _need(type_id: str) -> None:
    if not type_id:
        raise Trouble("Of which HITs? Give --batch, or --hit-type with an id.")


_DO: dict[Verb, Callable[[Connection, str, str, list[str]], Any]] = {
    Verb.SET: _set,
    Verb.OFF: _off,
    Verb.ON: _on,
    Verb.SHOW: _show,
    Verb.TEST: _test,
}
_SAID = {
    Verb.SET: "Set. `kempelen notifications test` tells whether a message arrives.",
    Verb.OFF: "Switched off; what was set is kept.",
    Verb.ON: "Switched on.",
    Verb.TEST: "Sent.",
}
