"""Messages on their way out: written with what causes them, sent at least once, given up after days.

Whoever delivers leases a message for a while: if that process dies, somebody else sends it.  What cannot be
sent is tried again, later each time: by the domain's clock.  How long a lease lasts the world's says.
"""

import logging
import random
import secrets
from collections.abc import Callable
from datetime import timedelta
from enum import Enum

from django.db import transaction
from django.db.models import Q, QuerySet

from kempelen.domain import answers, clock, events
from kempelen.domain.actions import background
from kempelen.domain.models import Delivery, Requester

log = logging.getLogger("kempelen.deliveries")

# Longer than a send takes until it fails (`kempelen.transports`).
LEASE = timedelta(seconds=30)
# As long as SQS keeps a message that nobody fetches.
GIVEN_UP_AFTER = timedelta(days=4)
KEPT_AFTER_SENDING = timedelta(days=7)
_LONGEST_WAIT = timedelta(hours=1)
# What a failure may stop too is tried this much later, and the failed message after it: else a message
# that can never go would hold up all others to its place.
_LONGEST_WAIT_OF_OTHERS = timedelta(minutes=1)


class Reach(Enum):
    """How far a failure reaches."""

    MESSAGE = "this message alone"
    DESTINATION = "all that goes to the same destination"
    TRANSPORT = "all that travels the same way"


class NotSent(Exception):
    """A message could not be sent; `str()` says why.

    Where `is_final`, there is no use in trying again.
    """

    def __init__(self, problem: str, *, reach: Reach = Reach.DESTINATION, is_final: bool = False) -> None:
        super().__init__(problem)
        self.reach = reach
        self.is_final = is_final


class Postponed(Exception):
    """A message is to be sent this much later, which is no failure."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"in {wait}")
        self.wait = wait


# Sends a message, or raises `NotSent`.
Send = Callable[[Delivery], None]


def write(requester: Requester, *, transport: str, destination: str, subject: str, body: str) -> Delivery:
    """Write a message into the running transaction; it is sent after the commit, at least once."""
    message = new(requester, transport=transport, destination=destination, subject=subject, body=body)
    write_all([message])
    return message


def new(
    requester: Requester, *, transport: str, destination: str, subject: str, body: str, public_id: str = ""
) -> Delivery:
    """Give a message that is not written yet."""
    now = clock.now()
    return Delivery(
        public_id=public_id or new_delivery_id(),
        requester=requester,
        transport=transport,
        destination=destination,
        subject=subject,
        body=body,
        created_at=now,
        due_at=now,
    )


def write_all(messages: list[Delivery]) -> None:
    """Write messages into the running transaction, and wake who delivers when it commits."""
    Delivery.objects.bulk_create(messages)
    transaction.on_commit(background.told.set)


def new_delivery_id() -> str:
    """Make a message's id in the form of MTurk's EventDocId: 40 hexadecimal digits (mturk-api.md §3.6)."""
    return secrets.token_hex(20)


def deliver_next(send: Send) -> bool:
    """Send the message that has been due for longest; false if there is none.  Call outside transactions."""
    message = _take()
    if message is None:
        return False
    try:
        _attempt(message, send)
    except NotSent as failure:
        _fail(message, failure)
    except Postponed as wish:
        _unfinished(message).update(due_at=clock.now() + wish.wait, leased_until=None)
    else:
        _finish(message)  # and with it what was wrong before
    return True


def deliver_now(message: Delivery, send: Send) -> None:
    """Send a message once, while somebody waits for it: `NotSent` if it fails, and it is not tried again."""
    message.leased_until = clock.real_now() + LEASE
    message.attempts = 1
    message.save()
    try:
        _attempt(message, send)
    except NotSent as failure:
        _finish(message, problem=answers.storable(str(failure))[:2000])
        raise
    _finish(message)


def forget_sent() -> int:
    """Delete messages that were sent a while ago; gives how many.  Those that were given up stay."""
    sent = Delivery.objects.filter(problem="", finished_at__lt=clock.now() - KEPT_AFTER_SENDING)
    return sent.delete()[0]


def _take() -> Delivery | None:
    free = Q(leased_until=None) | Q(leased_until__lte=clock.real_now())
    due = Delivery.objects.filter(free, finished_at__isnull=True, due_at__lte=clock.now())
    due = due.order_by("due_at", "pk")
    # Looking costs no lock; on SQLite the transaction below would stop every other writer.
    if not due.exists():
        return None
    with transaction.atomic():
        message = due.select_for_update(skip_locked=True).first()
        if message is not None:
            message.attempts += 1
            message.leased_until = clock.real_now() + LEASE
            message.save(update_fields=["attempts", "leased_until"])
    return message


def _attempt(message: Delivery, send: Send) -> None:
    try:
        send(message)
    except (NotSent, Postponed):
        raise
    except Exception as error:  # whatever it is, this message is tried again and the others go on
        log.exception("Sending message %s failed.", message.public_id)
        raise NotSent(repr(error), reach=Reach.MESSAGE) from error


def _finish(message: Delivery, *, problem: str = "") -> None:
    _unfinished(message).update(finished_at=clock.now(), problem=problem)


@transaction.atomic
def _fail(message: Delivery, failure: NotSent) -> None:
    """Try again later, with whatever the same failure would stop; or give up."""
    problem, now = answers.storable(str(failure))[:2000], clock.now()
    if failure.is_final or now >= message.created_at + GIVEN_UP_AFTER:
        log.warning("Message %s to %s is given up: %s", message.public_id, message.destination, problem)
        _finish(message, problem=problem)
        data = {"delivery": message.public_id, "problem": problem}
        events.record(events.DeliveryGivenUp(message.requester, data=data))
        return
    log.info("Message %s to %s is tried again: %s", message.public_id, message.destination, problem)
    # No more than that many doublings: a timedelta has an end, which days of attempts would reach.
    wait = min(timedelta(seconds=2 ** min(message.attempts, 12)), _LONGEST_WAIT) * random.uniform(0.5, 1.5)
    _unfinished(message).update(due_at=now + wait, leased_until=None, problem=problem)
    if failure.reach is not Reach.MESSAGE:
        # They would each wait as long for the same answer, and what goes elsewhere would wait for them.
        later = now + min(wait, _LONGEST_WAIT_OF_OTHERS)
        _stopped_with(message, failure.reach).filter(due_at__lt=later).update(due_at=later)


def _unfinished(message: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=message.pk, finished_at__isnull=True)


def _stopped_with(message: Delivery, reach: Reach) -> QuerySet[Delivery]:
    others = Delivery.objects.filter(finished_at__isnull=True, transport=message.transport)
    if reach is Reach.DESTINATION:
        others = others.filter(destination=message.destination)
    return others.exclude(pk=message.pk)
