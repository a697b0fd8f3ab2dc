"""What stands for the world outside: queues and topics as AWS has them, and a mail server."""

import itertools
import json
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PATIENCE_SECONDS = 60
REGION = "us-east-1"
# What one server holds in memory, the next in the same process still has: no name is given twice.
_NUMBERS = itertools.count(1)
KEYS = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}


class Cloud:
    """SQS and SNS on this machine, in memory."""

    def __init__(self, endpoint: str) -> None:
        # Only where they are used: both are slow to import.
        import boto3

        self.endpoint = endpoint
        self.sqs = boto3.client("sqs", endpoint_url=endpoint, region_name=REGION, **KEYS)
        self.sns = boto3.client("sns", endpoint_url=endpoint, region_name=REGION, **KEYS)

    def new_queue(self) -> str:
        """The URL of a new, empty queue."""
        return str(self.sqs.create_queue(QueueName=f"work-{next(_NUMBERS)}")["QueueUrl"])

    def new_topic(self, queue: str) -> str:
        """The ARN of a new topic, whose messages go on to the queue."""
        topic = str(self.sns.create_topic(Name=f"work-{next(_NUMBERS)}")["TopicArn"])
        arn = self.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
        self.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn["Attributes"]["QueueArn"])
        return topic

    def take(self, queue: str) -> list[str]:
        """The messages that are in the queue now, taken out of it."""
        taken = []
        while True:
            got = self.sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
            if not got:
                return taken
            for message in got:
                self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                taken.append(message["Body"])

    def wait_for(self, queue: str, count: int) -> list[str]:
        """The messages of the queue, as soon as there are so many."""
        got: list[str] = []
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while len(got) < count:
            assert time.monotonic() < give_up_at, f"{len(got)} of {count} messages came: {got}"
            got += self.take(queue)
            time.sleep(0.02)
        return got

    def wait_for_events(self, queue: str, kinds: set[str]) -> list[dict[str, Any]]:
        """The events told to the queue, as soon as each of the kinds is among them."""
        told: list[dict[str, Any]] = []
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while kinds - {event["EventType"] for event in told}:
            assert time.monotonic() < give_up_at, f"Only these came: {told}"
            told += [event for body in self.take(queue) for event in json.loads(body)["Events"]]
            time.sleep(0.02)
        return told


class Mailbox:
    """A mail server that keeps what it is sent, and refuses what it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuses: dict[str, str] = {}
        self.port = 0

    async def handle_RCPT(  # noqa: N802 (the name that aiosmtpd calls)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the recipient, or not."""
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail."""
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    def wait_for(self, count: int) -> list[EmailMessage]:
        """The mails, as soon as there are so many."""
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while len(self.mails) < count:
            assert time.monotonic() < give_up_at, f"{len(self.mails)} of {count} mails came"
            time.sleep(0.02)
        return self.mails


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    """Queues and topics for the tests of one file."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    cloud = Cloud(f"http://{host}:{port}")
    try:
        yield cloud
    finally:
        cloud.sqs.close()
        cloud.sns.close()
        server.stop()


class _OnAnyPort(Controller):
    """Finds out which port it was given before it tries whether it answers there."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    """A mail server for the tests of one file."""
    box = Mailbox()
    controller = _OnAnyPort(box, hostname="127.0.0.1", port=0, ready_timeout=PATIENCE_SECONDS)
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()
