"""Messages to queues and topics, over HTTP."""

import json
import re

import pytest
from django.conf import LazySettings

from kempelen import transports
from kempelen.domain.actions import deliveries
from kempelen.domain.actions.deliveries import NotSent
from kempelen.domain.models import Delivery, Requester
from kempelen.transports import queues
from tests.outside import KEYS, Cloud

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def own_place(settings: LazySettings, cloud: Cloud) -> None:
    settings.KEMPELEN_NOTIFICATION_ENDPOINT_URL = cloud.endpoint
    settings.KEMPELEN_NOTIFICATION_ACCESS_KEY_ID = KEYS["aws_access_key_id"]
    settings.KEMPELEN_NOTIFICATION_SECRET_ACCESS_KEY = KEYS["aws_secret_access_key"]


def a_message(transport: str, destination: str) -> Delivery:
    return deliveries.new(
        Requester(), transport=transport, destination=destination, subject="1565385436809", body='{"é":1}'
    )


def test_a_message_arrives_in_a_queue_as_it_is(cloud: Cloud) -> None:
    queue = cloud.new_queue()
    transports.send(a_message("SQS", queue))
    assert cloud.take(queue) == ['{"é":1}']


def test_a_message_arrives_in_a_fifo_queue_once(cloud: Cloud) -> None:
    queue = cloud.sqs.create_queue(QueueName="once.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    message = a_message("SQS", queue)
    transports.send(message)
    transports.send(message)
    assert cloud.take(queue) == ['{"é":1}']


def test_a_topic_passes_the_message_on_with_its_subject(cloud: Cloud) -> None:
    queue = cloud.new_queue()
    topic = cloud.new_topic(queue)
    transports.send(a_message("SNS", topic))
    [envelope] = map(json.loads, cloud.take(queue))
    assert (envelope["Type"], envelope["TopicArn"]) == ("Notification", topic)
    assert (envelope["Subject"], envelope["Message"]) == ("1565385436809", '{"é":1}')


def test_a_queue_that_is_not_there_may_come_to_be(cloud: Cloud) -> None:
    with pytest.raises(NotSent, match="queue does not exist") as failure:
        transports.send(a_message("SQS", f"{cloud.endpoint}/123456789012/missing"))
    assert not failure.value.is_final


def test_a_destination_that_the_settings_no_longer_allow_is_given_up(settings: LazySettings) -> None:
    settings.KEMPELEN_NOTIFICATION_ENDPOINT_URL = ""
    with pytest.raises(NotSent) as failure:
        transports.send(a_message("SQS", "http://169.254.169.254/latest/meta-data"))
    assert failure.value.is_final


def test_the_endpoint_is_asked_and_never_the_host_of_the_url(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KEMPELEN_NOTIFICATION_ENDPOINT_URL = "http://127.0.0.1:9"
    monkeypatch.setattr(queues, "_CONNECT_SECONDS", 1)
    with pytest.raises(NotSent, match=re.escape("http://127.0.0.1:9/")):
        transports.send(a_message("SQS", "http://127.0.0.1:10/1/work"))
