"""Messages on their way out: written with what causes them, taken by whoever delivers, sent at least once."""

import secrets

from django.db import transaction

from kempelen.domain import clock
from kempelen.domain.actions import background
from kempelen.domain.models import Delivery, Requester


def write(requester: Requester, *, transport: str, destination: str, subject: str, body: str) -> Delivery:
    """Write a message into the running transaction; it is sent after the commit, at least once."""
    now = clock.now()
    delivery = Delivery.objects.create(
        public_id=new_delivery_id(),
        requester=requester,
        transport=transport,
        destination=destination,
        subject=subject,
        body=body,
        created_at=now,
        due_at=now,
    )
    transaction.on_commit(background.told.set)
    return delivery


def new_delivery_id() -> str:
    """Make a message's id in the form of MTurk's EventDocId: 40 hexadecimal digits (mturk-api.md §3.6)."""
    return secrets.token_hex(20)
