"""SQS queues and SNS topics, of AWS or of the endpoint that the settings name."""

import threading
from typing import TYPE_CHECKING, Any

from django.conf import settings

from kempelen.domain import destinations
from kempelen.domain.actions.deliveries import NotSent
from kempelen.domain.actions.notifications import own_place
from kempelen.domain.models import Delivery

if TYPE_CHECKING:
    from botocore.client import BaseClient

_CONNECT_SECONDS, _READ_SECONDS = 5, 10
_making = threading.Lock()
_made: dict[tuple[str, destinations.Place], Any] = {}


def send(message: Delivery) -> None:
    """Put the message into the queue, or raise `NotSent`."""
    options = {"QueueUrl": message.destination, "MessageBody": message.body}
    if message.destination.endswith(".fifo"):
        options |= {"MessageGroupId": "kempelen", "MessageDeduplicationId": message.public_id}
    _call("sqs", "send_message", message, options)


def publish(message: Delivery) -> None:
    """Publish the message to the topic, or raise `NotSent`."""
    options = {"TopicArn": message.destination, "Message": message.body, "Subject": message.subject}
    _call("sns", "publish", message, options)


def _call(service: str, operation: str, message: Delivery, options: dict[str, str]) -> None:
    # Here, since it is slow and few servers need it.
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        place = destinations.place_of(message.transport, message.destination, own=own_place())
        getattr(_client(service, place), operation)(**options)
    except destinations.InvalidDestination as refused:
        raise NotSent(str(refused), is_final=True) from refused
    except (BotoCoreError, ClientError) as failure:
        raise NotSent(str(failure)) from failure


def _client(service: str, place: destinations.Place) -> "BaseClient":
    """Give the service's client: made once, since that is slow, and then used by all threads."""
    with _making:
        if (service, place) not in _made:
            _made[service, place] = _new_client(service, place)
        return _made[service, place]


def _new_client(service: str, place: destinations.Place) -> "BaseClient":
    # Here, since it is slow and few servers need it.
    import boto3
    from botocore.config import Config

    # What fails is tried again by whoever delivers.
    once = {"total_max_attempts": 1, "mode": "standard"}
    config = Config(connect_timeout=_CONNECT_SECONDS, read_timeout=_READ_SECONDS, retries=once)
    # The default session would be shared with whatever else uses boto3 in this process.
    return boto3.Session().client(
        service,
        region_name=place.region,
        endpoint_url=place.endpoint or None,
        aws_access_key_id=settings.KEMPELEN_NOTIFICATION_ACCESS_KEY_ID or None,
        aws_secret_access_key=settings.KEMPELEN_NOTIFICATION_SECRET_ACCESS_KEY or None,
        config=config,
    )
