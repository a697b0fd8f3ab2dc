"""Telling a requester's programs what happens."""

import json
import re
from typing import Any

import pytest
from django.db import transaction

from kempelen.domain import event_documents, events
from kempelen.domain.actions import assignments, deliveries, hit_types, notifications
from kempelen.domain.actions.notifications import Specification
from kempelen.domain.destinations import InvalidDestination
from kempelen.domain.errors import InvalidParameter, InvalidValue
from kempelen.domain.models import Delivery, Event, HITType, Notification, Requester, Worker
from tests.factories import a_hit, a_submitted_assignment

QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/work"


def a_specification(*kinds: str, **properties: Any) -> Specification:
    defaults = {"transport": "SQS", "destination": QUEUE, "version": "2006-05-05"}
    return Specification(event_types=kinds or ("AssignmentSubmitted",), **(defaults | properties))


def set_up(requester: Requester, hit_type: HITType, *kinds: str, **properties: Any) -> Notification:
    return notifications.update(
        requester, hit_type.public_id, specification=a_specification(*kinds, **properties)
    )


def test_the_first_specification_is_active_and_a_later_one_leaves_that_as_it_is(ada: Requester) -> None:
    hit_type = a_hit(ada).hit_type
    assert set_up(ada, hit_type).is_active
    assert not notifications.update(ada, hit_type.public_id, is_active=False).is_active
    again = set_up(ada, hit_type, "HITExpired", "HITExpired", version="2014-08-15")
    assert (again.is_active, again.event_types, again.version) == (False, ["HITExpired"], "2014-08-15")
    assert Notification.objects.count() == 1


def test_active_alone_needs_an_earlier_specification(ada: Requester) -> None:
    hit_type = a_hit(ada).hit_type
    with pytest.raises(InvalidValue):
        notifications.update(ada, hit_type.public_id, is_active=True)
    with pytest.raises(InvalidValue):
        notifications.update(ada, hit_type.public_id)


@pytest.mark.parametrize(
    "unfit",
    [
        a_specification("Ping"),
        a_specification("HITEaten"),
        a_specification(transport="Pigeon"),
        a_specification(version="2017-01-17"),
        a_specification(destination=f"{QUEUE}\0"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(ada: Requester, unfit: Specification) -> None:
    with pytest.raises(InvalidParameter):
        notifications.update(ada, a_hit(ada).hit_type.public_id, specification=unfit)
    assert not Notification.objects.exists()


def test_a_destination_inside_our_network_is_refused(ada: Requester) -> None:
    with pytest.raises(InvalidDestination):
        set_up(ada, a_hit(ada).hit_type, destination="http://127.0.0.1:9324/1/work")


def test_another_requesters_type_is_not_found(ada: Requester, ben: Requester) -> None:
    with pytest.raises(InvalidParameter):
        set_up(ben, a_hit(ada).hit_type)


def test_waiting_events_become_one_message_of_their_type(ada: Requester, cleo: Worker) -> None:
    hit = a_hit(ada)
    set_up(ada, hit.hit_type, "AssignmentAccepted", "AssignmentSubmitted")
    assignment = a_submitted_assignment(cleo, hit)
    assert (notifications.write_out(), notifications.write_out()) == (2, 0)
    message = Delivery.objects.get()
    assert (message.transport, message.destination, message.requester) == ("SQS", QUEUE, ada)
    body = json.loads(message.body)
    told = [(one["EventType"], one["HITId"], one["AssignmentId"]) for one in body["Events"]]
    assert told == [
        (kind, hit.public_id, assignment.public_id) for kind in ("AssignmentAccepted", "AssignmentSubmitted")
    ]
    assert {one["HITTypeId"] for one in body["Events"]} == {hit.hit_type.public_id}
    assert body["EventDocId"] == message.public_id
    assert re.fullmatch("[0-9a-f]{40}", body["EventDocId"])
    assert (body["CustomerId"], body["EventDocVersion"]) == (ada.public_id, "2006-05-05")


def test_many_events_come_in_messages_of_fifty(ada: Requester, ben: Requester) -> None:
    hit, other = a_hit(ada), a_hit(ben)
    set_up(ada, hit.hit_type, "HITExpired")
    set_up(
        ben, other.hit_type, "HITExpired", transport="SNS", destination="arn:aws:sns:us-east-1:123456789012:t"
    )
    with transaction.atomic():
        events.record_all(events.HITExpired(one) for one in [hit, other] * 60)
    assert notifications.write_out() == 120
    sizes = [
        (message.requester, len(json.loads(message.body)["Events"])) for message in Delivery.objects.all()
    ]
    assert sorted(sizes, key=str) == [(ada, 10), (ada, 50), (ben, 10), (ben, 50)]
    assert Delivery.objects.filter(requester=ben)[0].subject.isdecimal()


def test_events_told_at_their_time_are_told_though_the_notification_is_switched_off(
    ada: Requester, cleo: Worker
) -> None:
    hit = a_hit(ada)
    set_up(ada, hit.hit_type, "AssignmentApproved")
    assignments.approve(ada, a_submitted_assignment(cleo, hit).public_id)
    notifications.update(ada, hit.hit_type.public_id, is_active=False)
    assert notifications.write_out() == 1
    assert Delivery.objects.count() == 1


def test_an_event_whose_hit_moved_to_a_silent_type_waits_no_longer(ada: Requester, cleo: Worker) -> None:
    hit = a_hit(ada)
    set_up(ada, hit.hit_type, "AssignmentSubmitted")
    a_submitted_assignment(cleo, hit)
    silent = {name: getattr(hit.hit_type, name) for name in ("description", "keywords", "reward_cents")}
    hit.hit_type = hit_types.hit_type_of(
        ada, title="Silent", assignment_duration_seconds=60, auto_approval_delay_seconds=60, **silent
    )
    hit.save()
    assert notifications.write_out() == 1
    assert not Delivery.objects.exists()
    assert not Event.objects.filter(awaits_notification=True).exists()


@pytest.mark.parametrize(("kind", "has_assignment"), [("Ping", False), ("AssignmentReturned", True)])
def test_a_test_event_is_sent_whatever_the_event_types(
    ada: Requester, kind: str, has_assignment: bool
) -> None:
    sent: list[Delivery] = []
    message = notifications.send_test(ada, a_specification("HITExpired"), kind, send=sent.append)
    assert sent == [message]
    [told] = json.loads(message.body)["Events"]
    assert (told["EventType"], "AssignmentId" in told) == (kind, has_assignment)
    assert Delivery.objects.get().finished_at is not None
    assert json.loads(message.body)["SourceAccount"] == event_documents.account_of(ada.public_id)


def test_a_test_event_that_cannot_be_sent_is_refused_and_not_tried_again(ada: Requester) -> None:
    def send(_message: Delivery) -> None:
        raise deliveries.NotSent("no such queue")

    with pytest.raises(InvalidDestination, match="no such queue"):
        notifications.send_test(ada, a_specification(), "Ping", send=send)
    assert Delivery.objects.get().problem == "no such queue"
    assert Delivery.objects.get().finished_at is not None
