"""Sending messages, with the trouble that a sandbox makes on demand: some go twice, some late."""

from datetime import timedelta

from kempelen import transports
from kempelen.domain.actions import troubling
from kempelen.domain.actions.deliveries import Postponed
from kempelen.domain.models import Delivery
from kempelen.domain.trouble import state


def send(message: Delivery) -> None:
    """Send the message as `transports.send` does, or raise `Postponed` for one that is to be late.

    What has been dealt with once, and comes again, is sent as it is.
    """
    made = state.current()
    wanted = made.wanted if made else None
    if made is None or wanted is None or message.attempts > 1 or not (wanted.doubled or wanted.late):
        transports.send(message)
        return
    fate = troubling.deal_message(made)
    if fate.is_doubled or not fate.late_seconds:
        transports.send(message)
    if fate.late_seconds:
        # Of a doubled one, the second.
        raise Postponed(timedelta(seconds=fate.late_seconds))
    if fate.is_doubled:
        transports.send(message)
