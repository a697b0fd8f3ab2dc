"""Telling whoever asked to be told: events become messages, messages leave."""

from kempelen.domain.actions import deliveries, notifications
from kempelen.jobs import troubled


def deliver_some() -> bool:
    """Write out what waits to be told and send one message; false if there was nothing to do."""
    written = notifications.write_out()
    return deliveries.deliver_next(troubled.send) or bool(written)
