"""Workers tell requesters that a HIT is broken, or ask; requesters reply."""

from django.db import transaction

from kempelen.domain import answers, clock, events, message_events
from kempelen.domain.errors import InvalidValue, NotAllowed, NotFound, WrongState
from kempelen.domain.models import HIT, Assignment, Message, Requester, User, Worker
from kempelen.domain.queries import access

LONGEST = 2_000
# Without a reply, so many messages about one group are enough.
MOST_UNANSWERED = 10


@transaction.atomic
def tell(worker: Worker, hit: HIT, *, kind: str, text: str) -> Message:
    """Send the requester a worker's word about a HIT that the worker may do, or has had."""
    text = _checked(text)
    if kind not in Message.Kind.values:
        raise InvalidValue("kind", f"“{kind}” is not one of {', '.join(Message.Kind.values)}.")
    had_it = Assignment.objects.filter(worker=worker, hit=hit).exists()
    if not had_it and not access.may_work(worker, hit.group):
        raise NotAllowed("This work is for other workers.")
    if Message.objects.filter(worker=worker, group=hit.group_id, reply="").count() >= MOST_UNANSWERED:
        raise WrongState(
            f"You have sent {MOST_UNANSWERED} messages about this work; wait for the requester’s reply."
        )
    message = Message.objects.create(
        hit=hit, group_id=hit.group_id, worker=worker, kind=kind, text=text, sent_at=clock.now()
    )
    events.record(message_events.MessageSent(message, requester_pk=hit.requester_id))
    return message


@transaction.atomic
def reply(requester: Requester, message_id: str, *, text: str, by: User | None = None) -> Message:
    """Reply to a worker's message; a later reply takes the place of the earlier one."""
    text = _checked(text)
    message = (
        Message.objects.select_for_update(of=("self",))
        .filter(public_id=message_id, hit__requester=requester)
        .first()
    )
    if message is None:
        raise NotFound("message", message_id)
    message.reply, message.replied_at, message.replied_by = text, clock.now(), by
    message.save(update_fields=["reply", "replied_at", "replied_by"])
    events.record(message_events.MessageReplied(message, requester_pk=requester.pk, by=by))
    return message


def _checked(text: str) -> str:
    text = answers.storable(text).strip()
    if not text:
        raise InvalidValue("text", "Write a few words first.")
    if len(text) > LONGEST:
        raise InvalidValue("text", f"The message has {len(text):,} characters; at most {LONGEST:,} fit.")
    return text
