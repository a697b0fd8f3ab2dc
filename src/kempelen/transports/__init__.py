"""The ways in which messages leave: SQS, SNS and mail.  A send has worked, or fails within half a minute."""

from kempelen.domain.actions.deliveries import NotSent
from kempelen.domain.models import Delivery, Transport
from kempelen.transports import mail, queues

__all__ = ["send"]


def send(message: Delivery) -> None:
    """Send the message, or raise `NotSent`."""
    ways = {Transport.EMAIL: mail.send, Transport.SQS: queues.send, Transport.SNS: queues.publish}
    way = ways.get(Transport(message.transport)) if message.transport in Transport.values else None
    if way is None:
        raise NotSent(f"There is no transport {message.transport}.", is_final=True)
    way(message)
