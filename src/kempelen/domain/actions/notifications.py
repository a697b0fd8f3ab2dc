"""Telling a requester's programs what happens to HITs of a type: MTurk's notifications (mturk-api.md §6).

Whether an event is told is decided when it happens (`events.record`).  Soon after, the events that wait
become messages (`write_out`), which `deliveries` sends.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from kempelen.domain import answers, clock, destinations, event_documents, events, ids
from kempelen.domain.actions import deliveries, hit_types
from kempelen.domain.errors import InvalidParameter, MissingParameter
from kempelen.domain.event_documents import Told
from kempelen.domain.models import (
    HIT,
    Assignment,
    Delivery,
    Event,
    HITType,
    Notification,
    Requester,
    Transport,
)

# The web page of MTurk's documentation says one, its service model the other; both were in use.
VERSIONS = ("2006-05-05", "2014-08-15")
PING = "Ping"
# Events that become messages in one transaction, and the most that one message tells of.
_PAGE = 500
_MOST_IN_ONE = 50


@dataclass(frozen=True)
class Specification:
    """Which events are told, and where: MTurk's NotificationSpecification."""

    transport: str
    destination: str
    version: str
    event_types: Sequence[str]


@transaction.atomic
def update(
    requester: Requester,
    hit_type_id: str,
    *,
    specification: Specification | None = None,
    is_active: bool | None = None,
) -> Notification:
    """Set what is told about the type's HITs, in place of what was set before, or switch it on or off.

    The first specification of a type is active unless it says otherwise; later ones leave that as it is.
    """
    hit_type = hit_types.found(requester, hit_type_id)
    if specification is None and is_active is None:
        raise MissingParameter("Notification", "Give Notification, Active or both.")
    # Two at the same moment must not both make the first.
    HITType.objects.select_for_update().get(pk=hit_type.pk)
    kept = Notification.objects.filter(hit_type=hit_type).first()
    if specification is not None:
        _check(specification)
        if PING in specification.event_types:
            raise InvalidParameter("EventTypes", PING)
        kept = kept or Notification(hit_type=hit_type)
        kept.transport, kept.destination = specification.transport, specification.destination
        kept.version, kept.event_types = specification.version, list(dict.fromkeys(specification.event_types))
    elif kept is None:
        raise MissingParameter(
            "Notification", f"HIT type {hit_type_id} has no notification yet that Active could switch."
        )
    if is_active is not None:
        kept.is_active = is_active
    kept.save()
    return kept


def send_test(
    requester: Requester, specification: Specification, event_type: str, *, send: deliveries.Send
) -> Delivery:
    """Send one message of an event that did not happen, now, or refuse with `InvalidDestination`.

    It tells of a HIT that there is none of.  `EventTypes` need not name the event.
    """
    _check(specification)
    told = Told(
        kind=event_type,
        at=clock.now(),
        hit_id=ids.new_id(),
        hit_type_id=ids.new_id(),
        assignment_id=ids.new_id() if event_type.startswith("Assignment") else "",
    )
    message = _message(requester, specification, [told])
    try:
        deliveries.deliver_now(message, send)
    except deliveries.NotSent as failure:
        raise destinations.InvalidDestination(f"The test event could not be sent: {failure}") from failure
    return message


def write_out() -> int:
    """Turn events that wait to be told into messages; gives how many did, 0 if none waits.

    What can still be undone waits longer (`verdicts.HELD_BACK`), and is never told if it is.
    """
    waiting = Event.objects.filter(awaits_notification=True, told_from__lte=clock.now())
    waiting = waiting.order_by("told_from", "pk")
    # Looking costs no lock; on SQLite the transaction below would stop every other writer.
    if not waiting.exists():
        return 0
    with transaction.atomic():
        page = list(waiting.select_for_update(skip_locked=True)[:_PAGE])
        deliveries.write_all(_messages(page))
        Event.objects.filter(pk__in=[event.pk for event in page]).update(awaits_notification=False)
    return len(page)


def own_place() -> destinations.Place:
    """Give the place beside AWS to which this server sends, with an empty endpoint if there is none."""
    return destinations.Place(
        settings.KEMPELEN_NOTIFICATION_REGION, settings.KEMPELEN_NOTIFICATION_ENDPOINT_URL
    )


def _check(specification: Specification) -> None:
    """Refuse what cannot be meant; MTurk's texts for these are not known."""
    if specification.transport not in Transport.values:
        raise InvalidParameter("Transport", specification.transport)
    if specification.version not in VERSIONS:
        raise InvalidParameter("Version", specification.version)
    for event_type in specification.event_types:
        if event_type not in events.TOLD | {PING}:
            raise InvalidParameter("EventTypes", event_type)
    if answers.storable(specification.destination) != specification.destination:
        raise InvalidParameter("Destination", answers.storable(specification.destination))
    destinations.check(specification.transport, specification.destination, own=own_place())


def _messages(page: Sequence[Event]) -> list[Delivery]:
    """Give the messages that tell of these events, those of one HIT type together."""
    happened_to = HIT.objects.filter(pk__in={event.hit_pk for event in page}).defer("inputs", "question")
    hits = {
        hit.pk: hit for hit in happened_to.select_related("hit_type__notification", "hit_type__requester")
    }
    assignments = Assignment.objects.filter(pk__in={event.assignment_pk for event in page})
    assignment_ids = dict(assignments.values_list("pk", "public_id"))
    by_type: dict[HITType, list[Told]] = {}
    for event in page:
        hit = hits.get(event.hit_pk or 0)
        if hit is None or not hasattr(hit.hit_type, "notification"):
            continue  # the HIT has moved to a type that nobody asked about
        one = Told(
            kind=event.kind,
            at=event.at,
            hit_id=hit.public_id,
            hit_type_id=hit.hit_type.public_id,
            assignment_id=assignment_ids.get(event.assignment_pk or 0, ""),
        )
        by_type.setdefault(hit.hit_type, []).append(one)
    return [
        _message(hit_type.requester, hit_type.notification, told[start : start + _MOST_IN_ONE])
        for hit_type, told in by_type.items()
        for start in range(0, len(told), _MOST_IN_ONE)
    ]


def _message(requester: Requester, asked: Specification | Notification, told: Sequence[Told]) -> Delivery:
    document_id = deliveries.new_delivery_id()
    of_sns = event_documents.epoch_milliseconds(clock.now())
    of_mail = f"{settings.KEMPELEN_SITE_NAME}: {told[0].kind}"
    return deliveries.new(
        requester,
        transport=asked.transport,
        destination=asked.destination,
        subject=of_sns if asked.transport == Transport.SNS else of_mail[:200],
        body=event_documents.write(
            told, document_id=document_id, customer_id=requester.public_id, version=asked.version
        ),
        public_id=document_id,
    )
