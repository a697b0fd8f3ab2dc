"""Notifications: what a requester's own programs are told."""

from typing import NotRequired, TypedDict

from kempelen.aws.shapes.named import EntityId, EventType, NotificationTransport


class NotificationSpecification(TypedDict):
    """Which events are told, where and how.

    Destination: The address of an SQS queue or the ARN of an SNS topic.
    Transport: SQS or SNS; Email is of the past.
    Version: The version of the message's form, such as 2006-05-05 or 2014-08-15.
    EventTypes: What is worth telling.
    """

    Destination: str
    Transport: NotificationTransport
    Version: str
    EventTypes: list[EventType]


class SendTestEventNotificationRequest(TypedDict):
    """Tell of an event that did not happen, to see whether the message arrives.

    Notification: Where and how.
    TestEventType: The event, whether or not Notification names it.
    """

    Notification: NotificationSpecification
    TestEventType: EventType


class UpdateNotificationSettingsRequest(TypedDict):
    """Say which events of the HITs of a type are told, and where.

    Notification: Takes the place of what was said before.
    Active: False to be told nothing for now.
    """

    HITTypeId: EntityId
    Notification: NotRequired[NotificationSpecification]
    Active: NotRequired[bool]
