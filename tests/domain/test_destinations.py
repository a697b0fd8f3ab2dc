"""Where messages may go."""

import pytest

from kempelen.domain.destinations import InvalidDestination, Place, check, place_of

NOWHERE = Place("us-east-1")
OWN = Place("eu-west-1", "http://queues.internal:9324")


@pytest.mark.parametrize(
    ("url", "region"),
    [
        ("https://sqs.eu-central-1.amazonaws.com/123456789012/work", "eu-central-1"),
        ("https://sqs.us-gov-west-1.amazonaws.com/123456789012/work.fifo", "us-gov-west-1"),
        ("https://sqs.cn-north-1.amazonaws.com.cn/123456789012/work", "cn-north-1"),
        ("https://eu-west-1.queue.amazonaws.com/123456789012/work", "eu-west-1"),
        ("https://queue.amazonaws.com/123456789012/work", "us-east-1"),
    ],
)
def test_a_queue_of_aws_says_its_region(url: str, region: str) -> None:
    assert place_of("SQS", url, own=NOWHERE) == Place(region)
    assert place_of("SQS", url, own=OWN) == Place(region)


def test_a_queue_at_the_servers_own_endpoint_is_asked_for_there() -> None:
    assert place_of("SQS", "http://queues.internal:9324/123456789012/work", own=OWN) == OWN
    assert place_of("SQS", "http://sqs.eu-west-1.queues.internal:4566/0/work", own=OWN) == OWN


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:8000/1/work",
        "https://sqs.us-east-1.amazonaws.com.evil.example/1/work",
        "https://evil.example/sqs.us-east-1.amazonaws.com/work",
        "https://sqs.us-east-1.amazonaws.com@evil.example/1/work",
        "https://bucket.s3.amazonaws.com/1/work",
        "http://sqs.us-east-1.amazonaws.com/1/work",
        "https://sqs.us-east-1.amazonaws.com:8443/1/work",
        "https://sqs.us-east-1.amazonaws.com/",
        "https://sqs.us-east-1.amazonaws.com/1/work?Action=DeleteQueue",
        "https://[::1/1/work",
        "http://queues.internal.evil.example/1/work",
        "http://evilqueues.internal/1/work",
        "file:///etc/passwd",
        "work",
        "",
    ],
)
@pytest.mark.parametrize("own", [NOWHERE, OWN])
def test_no_other_url_is_a_destination(url: str, own: Place) -> None:
    with pytest.raises(InvalidDestination) as refused:
        check("SQS", url, own=own)
    assert refused.value.turk_error_code == "AWS.MechanicalTurk.InvalidTransportEndpoint"


def test_a_topic_says_its_region_and_goes_to_the_servers_endpoint_if_there_is_one() -> None:
    topic = "arn:aws:sns:eu-central-1:123456789012:work"
    assert place_of("SNS", topic, own=NOWHERE) == Place("eu-central-1")
    assert place_of("SNS", topic, own=OWN) == Place("eu-central-1", OWN.endpoint)


@pytest.mark.parametrize(
    ("transport", "destination"),
    [
        ("SNS", "arn:aws:sqs:us-east-1:123456789012:work"),
        ("SNS", "https://sqs.us-east-1.amazonaws.com/1/work"),
        ("Email", "somebody"),
        ("Email", "a@example.org, b@example.org"),
        ("Email", "a@example.org\nBcc: b@example.org"),
        ("Email", "x" * 250 + "@example.org"),
    ],
)
def test_topics_and_addresses_have_their_form(transport: str, destination: str) -> None:
    with pytest.raises(InvalidDestination):
        check(transport, destination, own=NOWHERE)


def test_an_address_is_a_destination_of_mail() -> None:
    check("Email", "ada@example.org", own=NOWHERE)
