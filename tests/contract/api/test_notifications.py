"""UpdateNotificationSettings and SendTestEventNotification, and what then arrives (mturk-api.md §2, §6)."""

import json
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from kempelen.domain.models import HIT, Assignment, Delivery, Requester
from tests.contract.api import hits
from tests.contract.api.crowd import CrowdWorker, crowd
from tests.outside import KEYS, PATIENCE_SECONDS, Cloud, Mailbox

__all__ = ["crowd"]

VERSION = "2006-05-05"
AWS_QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/work"


@pytest.fixture(scope="module")
def site_settings(cloud: Cloud, mailbox: Mailbox) -> Mapping[str, str]:
    return {
        "KEMPELEN_NOTIFICATION_ENDPOINT_URL": cloud.endpoint,
        "KEMPELEN_NOTIFICATION_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "KEMPELEN_NOTIFICATION_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
        "KEMPELEN_EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}",
    }


def a_specification(*kinds: str, **members: Any) -> dict[str, Any]:
    given = {"Destination": AWS_QUEUE, "Transport": "SQS", "Version": VERSION}
    return {**given, "EventTypes": list(kinds) or ["AssignmentSubmitted"], **members}


def a_hit_type(mturk: Any, **members: Any) -> str:
    return str(mturk.create_hit_type(**{**hits.PROPERTIES, **members})["HITTypeId"])


def a_hit_of(mturk: Any, hit_type_id: str, **members: Any) -> str:
    question = hits.html_question()
    given = {"HITTypeId": hit_type_id, "LifetimeInSeconds": 3600, "Question": question, **members}
    return str(mturk.create_hit_with_hit_type(**given)["HIT"]["HITId"])


def refused(mturk: Any, call: str, **request: Any) -> dict[str, Any]:
    with pytest.raises(ClientError) as refusal:
        getattr(mturk, call)(**request)
    return dict(refusal.value.response)


def tell(mturk: Any, hit_type_id: str, *kinds: str, **members: Any) -> None:
    specification = a_specification(*kinds, **members)
    mturk.update_notification_settings(HITTypeId=hit_type_id, Notification=specification, Active=True)


def test_what_happens_to_hits_of_a_type_arrives_in_a_queue(
    mturk: Any, cloud: Cloud, crowd: Callable[..., CrowdWorker]
) -> None:
    # Each of MTurk's eleven EventTypes but those that only time brings (§6).
    kinds = {
        *("AssignmentAccepted", "AssignmentReturned", "AssignmentSubmitted", "AssignmentRejected"),
        *("AssignmentApproved", "HITCreated", "HITExpired", "HITExtended", "HITReviewable", "HITDisposed"),
    }
    queue, hit_type_id, cleo, dan = cloud.new_queue(), a_hit_type(mturk), crowd("Cleo"), crowd("Dan")
    tell(mturk, hit_type_id, *kinds, Destination=queue)
    hit_id = a_hit_of(mturk, hit_type_id)
    cleo.give_back(cleo.accept(hit_id))
    mturk.approve_assignment(AssignmentId=(first := cleo.answer(hit_id)))
    mturk.create_additional_assignments_for_hit(HITId=hit_id, NumberOfAdditionalAssignments=2)
    mturk.reject_assignment(AssignmentId=dan.answer(hit_id), RequesterFeedback="No.")
    mturk.update_expiration_for_hit(HITId=hit_id, ExpireAt=0)
    mturk.delete_hit(HITId=hit_id)

    told = cloud.wait_for_events(queue, kinds)
    assert {event["HITId"] for event in told} == {hit_id}
    assert {event["HITTypeId"] for event in told} == {hit_type_id}
    approved = next(event for event in told if event["EventType"] == "AssignmentApproved")
    assert list(approved) == ["EventType", "EventTimestamp", "HITId", "AssignmentId", "HITTypeId"]
    assert approved["AssignmentId"] == first
    assert {"AssignmentId" in event for event in told if event["EventType"].startswith("HIT")} == {False}


def test_what_only_time_brings_arrives_too(
    mturk: Any, cloud: Cloud, crowd: Callable[..., CrowdWorker]
) -> None:
    kinds = {"AssignmentAbandoned", "AssignmentApproved", "HITExpired", "HITReviewable"}
    queue, hit_type_id, cleo = cloud.new_queue(), a_hit_type(mturk), crowd("Cleo")
    tell(mturk, hit_type_id, *kinds, Destination=queue)
    left, done = a_hit_of(mturk, hit_type_id), a_hit_of(mturk, hit_type_id)
    cleo.accept(left)
    cleo.answer(done)
    long_ago = datetime.now(UTC) - timedelta(days=1)
    Assignment.objects.filter(hit__public_id=left).update(deadline_at=long_ago)
    Assignment.objects.filter(hit__public_id=done).update(auto_approval_at=long_ago)
    HIT.objects.filter(public_id=left).update(expires_at=long_ago)

    told = cloud.wait_for_events(queue, kinds)
    hit_of = {event["EventType"]: event["HITId"] for event in told if event["EventType"] != "HITReviewable"}
    assert hit_of == {"AssignmentAbandoned": left, "AssignmentApproved": done, "HITExpired": left}


def test_the_body_is_as_it_was_recorded(
    ada: Requester, mturk: Any, cloud: Cloud, crowd: Callable[..., CrowdWorker]
) -> None:
    # [S9]: compact, in this order; times in whole seconds; the version is echoed.
    queue, hit_type_id = cloud.new_queue(), a_hit_type(mturk)
    tell(mturk, hit_type_id, "AssignmentSubmitted", Destination=queue, Version="2014-08-15")
    hit_id = a_hit_of(mturk, hit_type_id)
    assignment_id = crowd().answer(hit_id)

    [text] = cloud.wait_for(queue, 1)
    body = json.loads(text)
    assert text == json.dumps(body, separators=(",", ":"))
    assert list(body) == ["Events", "EventDocId", "SourceAccount", "CustomerId", "EventDocVersion"]
    [event] = body["Events"]
    ids = [event["HITId"], event["AssignmentId"], event["HITTypeId"]]
    assert ids == [hit_id, assignment_id, hit_type_id]
    at = datetime.strptime(event["EventTimestamp"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta() <= datetime.now(UTC) - at < timedelta(minutes=5)
    assert re.fullmatch("[0-9a-f]{40}", body["EventDocId"])
    assert re.fullmatch("[0-9]{12}", body["SourceAccount"])
    assert (body["CustomerId"], body["EventDocVersion"]) == (ada.public_id, "2014-08-15")


def test_a_topic_passes_events_on_to_its_queues(
    mturk: Any, cloud: Cloud, crowd: Callable[..., CrowdWorker]
) -> None:
    # [S9]: the Subject of the envelope is the time in milliseconds.
    queue, hit_type_id = cloud.new_queue(), a_hit_type(mturk)
    topic = cloud.new_topic(queue)
    tell(mturk, hit_type_id, "AssignmentAccepted", Destination=topic, Transport="SNS")
    hit_id = a_hit_of(mturk, hit_type_id)
    crowd().accept(hit_id)

    envelope = json.loads(cloud.wait_for(queue, 1)[0])
    assert (envelope["Type"], envelope["TopicArn"]) == ("Notification", topic)
    assert re.fullmatch(r"\d{13}", envelope["Subject"])
    [event] = json.loads(envelope["Message"])["Events"]
    assert (event["EventType"], event["HITId"]) == ("AssignmentAccepted", hit_id)


def test_an_address_gets_a_mail(mturk: Any, mailbox: Mailbox) -> None:
    hit_type_id = a_hit_type(mturk)
    tell(mturk, hit_type_id, "HITCreated", Destination="ada@example.org", Transport="Email")
    hit_id = a_hit_of(mturk, hit_type_id)

    mail = mailbox.wait_for(1)[-1]
    assert (mail["To"], mail["Subject"]) == ("ada@example.org", "Kempelen: HITCreated")
    assert json.loads(mail.get_content())["Events"][0]["HITId"] == hit_id


def test_nothing_is_told_while_the_notification_is_not_active(mturk: Any, cloud: Cloud) -> None:
    queue, hit_type_id = cloud.new_queue(), a_hit_type(mturk)
    tell(mturk, hit_type_id, "HITCreated", Destination=queue)
    mturk.update_notification_settings(HITTypeId=hit_type_id, Active=False)
    a_hit_of(mturk, hit_type_id)
    mturk.update_notification_settings(HITTypeId=hit_type_id, Active=True)
    last = a_hit_of(mturk, hit_type_id)

    assert [event["HITId"] for event in cloud.wait_for_events(queue, {"HITCreated"})] == [last]


def test_each_type_tells_its_own_place_and_a_new_specification_replaces_the_old(
    mturk: Any, cloud: Cloud
) -> None:
    # "One specification per HIT type" (§6).
    old, new, other = cloud.new_queue(), cloud.new_queue(), cloud.new_queue()
    birds, boats = a_hit_type(mturk, Title="Birds"), a_hit_type(mturk, Title="Boats")
    tell(mturk, birds, "HITCreated", Destination=old)
    tell(mturk, birds, "HITCreated", Destination=new)
    tell(mturk, boats, "HITCreated", Destination=other)
    bird, boat = a_hit_of(mturk, birds), a_hit_of(mturk, boats)

    assert [event["HITId"] for event in cloud.wait_for_events(new, {"HITCreated"})] == [bird]
    assert [event["HITId"] for event in cloud.wait_for_events(other, {"HITCreated"})] == [boat]
    assert cloud.take(old) == []


def test_a_queue_that_comes_later_gets_what_happened_before(mturk: Any, cloud: Cloud) -> None:
    # Delivery is at least once (§6): what fails is tried again.
    queue, hit_type_id = f"{cloud.endpoint}/123456789012/later", a_hit_type(mturk)
    tell(mturk, hit_type_id, "HITCreated", Destination=queue)
    hit_id = a_hit_of(mturk, hit_type_id)
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not Delivery.objects.filter(problem__contains="does not exist").exists():
        assert time.monotonic() < give_up_at, Delivery.objects.values()
    cloud.sqs.create_queue(QueueName="later")

    assert cloud.wait_for_events(queue, {"HITCreated"})[0]["HITId"] == hit_id


def test_both_void_operations_answer_nothing_and_settings_may_be_repeated(mturk: Any, cloud: Cloud) -> None:
    queue, hit_type_id = cloud.new_queue(), a_hit_type(mturk)
    specification = a_specification(Destination=queue)
    for _ in range(2):
        answer = mturk.update_notification_settings(HITTypeId=hit_type_id, Notification=specification)
        assert set(answer) == {"ResponseMetadata"}
    answer = mturk.send_test_event_notification(Notification=specification, TestEventType="Ping")
    assert set(answer) == {"ResponseMetadata"}


@pytest.mark.parametrize("kind", ["Ping", "HITReviewable", "AssignmentAbandoned"])
def test_a_test_event_is_sent_at_once_though_event_types_lacks_it(
    mturk: Any, cloud: Cloud, kind: str
) -> None:
    queue = cloud.new_queue()
    specification = a_specification("AssignmentSubmitted", Destination=queue)
    mturk.send_test_event_notification(Notification=specification, TestEventType=kind)
    [body] = map(json.loads, cloud.take(queue))
    assert [event["EventType"] for event in body["Events"]] == [kind]
    assert body["EventDocVersion"] == VERSION


def test_a_test_event_that_cannot_be_sent_says_why(mturk: Any, cloud: Cloud) -> None:
    # MTurk answered with an empty InternalFailure [S27]; the code is its dispatch list's [S26].
    specification = a_specification(Destination=f"{cloud.endpoint}/123456789012/missing")
    answer = refused(mturk, "send_test_event_notification", Notification=specification, TestEventType="Ping")
    assert answer["Error"]["Code"] == "RequestError"
    assert answer["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidTransportEndpoint"
    assert "queue does not exist" in answer["Message"]


@pytest.mark.parametrize(
    "members",
    [
        {"Destination": "http://169.254.169.254/latest/meta-data"},
        {"Destination": "http://localhost/1/work"},
        {"Destination": "https://sqs.us-east-1.amazonaws.com.example/1/work"},
        {"Destination": "work", "Transport": "SNS"},
        {"Destination": "work", "Transport": "Email"},
    ],
    ids=str,
)
def test_a_destination_that_nothing_may_be_sent_to_is_refused(mturk: Any, members: dict[str, str]) -> None:
    specification = a_specification(**members)
    for call, request in (
        ("update_notification_settings", {"HITTypeId": a_hit_type(mturk)}),
        ("send_test_event_notification", {"TestEventType": "Ping"}),
    ):
        answer = refused(mturk, call, Notification=specification, **request)
        assert answer["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidTransportEndpoint"


@pytest.mark.parametrize(
    ("members", "parameter", "value"),
    [
        ({"EventTypes": ["AssignmentSubmitted", "Ping"]}, "EventTypes", "Ping"),
        ({"Version": "2017-01-17"}, "Version", "2017-01-17"),
    ],
)
def test_what_the_settings_cannot_mean_is_refused(
    mturk: Any, members: dict[str, Any], parameter: str, value: str
) -> None:
    specification = a_specification(**members)
    answer = refused(
        mturk, "update_notification_settings", HITTypeId=a_hit_type(mturk), Notification=specification
    )
    assert answer["Error"]["Code"] == "ParameterValidationError"
    assert f'The value "{value}" is not valid for the parameter {parameter}. (' in answer["Error"]["Message"]


def test_settings_need_something_to_set(mturk: Any) -> None:
    # "Notification or Active or both"; Active alone needs an earlier specification [D].
    hit_type_id = a_hit_type(mturk, Title="Never told of")
    for request in ({}, {"Active": True}):
        answer = refused(mturk, "update_notification_settings", HITTypeId=hit_type_id, **request)
        assert answer["Error"]["Code"] == "ParameterValidationError"


def test_an_event_of_no_kind_is_refused_by_the_model(mturk: Any) -> None:
    specification = a_specification("HITEaten")
    answer = refused(mturk, "send_test_event_notification", Notification=specification, TestEventType="Ping")
    assert answer["Error"]["Code"] == "ValidationException"


def test_another_requesters_type_is_unknown(
    ben: Requester, mturk: Any, mturk_of: Callable[[Requester], Any]
) -> None:
    answer = refused(
        mturk_of(ben),
        "update_notification_settings",
        HITTypeId=(hit_type_id := a_hit_type(mturk)),
        Notification=a_specification(),
    )
    assert (
        f'The value "{hit_type_id}" is not valid for the parameter HITTypeId.' in answer["Error"]["Message"]
    )
