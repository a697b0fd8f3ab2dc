"""Where messages may go: queues and topics, as the requester writes them, taken apart; pure.

A requester writes a URL, and this server would ask it for things with the server's own credentials and
from the server's own network.  So the URL is never followed: it only says which of two places is meant,
AWS (by region) or the one endpoint that the server's settings name.
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from kempelen.domain.errors import Refusal

# The region of URLs that name none: they are older than the second region.
_FIRST_REGION = "us-east-1"
_LONGEST_ADDRESS = 254
# MTurk's NotificationTransport.
EMAIL, SQS, SNS = "Email", "SQS", "SNS"

_REGION = r"(?P<region>[a-z]{2}(-[a-z]+)+-\d{1,2})"
_AWS_HOST = re.compile(
    rf"(sqs(-fips)?\.{_REGION}|{_REGION.replace('region', 'old_region')}\.queue|queue)\.amazonaws\.com(\.cn)?"
)
_QUEUE_PATH = re.compile(r"(/[A-Za-z0-9-]+)*/[0-9A-Za-z-]+/[A-Za-z0-9_-]{1,80}(\.fifo)?")
_TOPIC = re.compile(rf"arn:aws[a-z-]*:sns:{_REGION}:\d{{12}}:[A-Za-z0-9_-]{{1,256}}")
_ADDRESS = re.compile(r"[^\s@<>\",;:]+@[^\s@<>\",;:]+\.[^\s@<>\",;:.]+")


class InvalidDestination(Refusal):
    """Nothing can be sent to this destination; MTurk's InvalidTransportEndpoint."""

    code = "InvalidTransportEndpoint"


@dataclass(frozen=True)
class Place:
    """An AWS service to ask: in a region of AWS, or at an endpoint of the server's settings."""

    region: str
    endpoint: str = ""


def check(transport: str, destination: str, *, own: Place) -> None:
    """Refuse with `InvalidDestination` what nothing may or can be sent to."""
    if transport != EMAIL:
        place_of(transport, destination, own=own)
    elif len(destination) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(destination):
        raise InvalidDestination(f"“{destination}” is no e-mail address.")


def place_of(transport: str, destination: str, *, own: Place) -> Place:
    """Give where to ask for a queue's or a topic's service.

    `own` is the place beside AWS that the server's settings name; its endpoint is empty if they name none.
    Topics go there wherever there is one, since their names say no host.
    """
    if transport == SNS:
        topic = _TOPIC.fullmatch(destination)
        if not topic:
            raise InvalidDestination(f"“{destination}” is no ARN of an SNS topic.")
        return Place(topic["region"], own.endpoint)
    parts = _split(destination)
    if parts is None or not _QUEUE_PATH.fullmatch(parts.path):
        raise InvalidDestination(f"“{destination}” is no URL of an SQS queue.")
    host, own_host = (parts.hostname or "").lower(), urlsplit(own.endpoint).hostname or ""
    if own_host and (host == own_host or host.endswith(f".{own_host}")):
        return own
    at_aws = _AWS_HOST.fullmatch(host)
    if not at_aws or parts.scheme != "https" or parts.port not in {None, 443}:
        raise InvalidDestination(
            f"“{destination}” is no queue that this server may send to: its URL begins with "
            f"https://sqs.REGION.amazonaws.com/{f' or {own.endpoint}/' if own_host else ''}"
        )
    return Place(at_aws["region"] or at_aws["old_region"] or _FIRST_REGION)


def _split(destination: str) -> SplitResult | None:
    """Take a URL apart, if it is a plain one."""
    try:
        parts = urlsplit(destination)
        _ = parts.port
    except ValueError:
        return None
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    is_clean = destination.isascii() and destination.isprintable() and " " not in destination
    return parts if parts.scheme in {"http", "https"} and is_plain and is_clean else None
