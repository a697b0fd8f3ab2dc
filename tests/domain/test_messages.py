"""What workers tell requesters."""

import pytest

from kempelen.domain.actions import messages
from kempelen.domain.errors import InvalidValue, NotAllowed, NotFound, WrongState
from kempelen.domain.models import HIT, Audience, Event, Message, Requester, Worker
from tests.domain.queues import a_group
from tests.factories import an_anonymous_worker, owner_of


def test_a_worker_asks_and_the_requester_replies(ada: Requester, cleo: Worker) -> None:
    hit = a_group(ada).hits.get(row_number=1)
    message = messages.tell(cleo, hit, kind="question", text=" Which picture? ")
    messages.reply(ada, message.public_id, text="The left one.", by=owner_of(ada))
    stored = Message.objects.get()
    assert (stored.text, stored.reply) == ("Which picture?", "The left one.")
    kinds = Event.objects.filter(worker_pk=cleo.pk).values_list("kind", flat=True)
    assert list(kinds) == ["MessageSent", "MessageReplied"]


def test_only_the_hits_requester_replies(ada: Requester, ben: Requester, cleo: Worker) -> None:
    message = messages.tell(cleo, a_group(ada).hits.first() or HIT(), kind="broken", text="No picture.")
    with pytest.raises(NotFound):
        messages.reply(ben, message.public_id, text="Hello.")


def test_who_may_not_do_the_work_has_nothing_to_say_about_it(ada: Requester) -> None:
    hit = a_group(ada, audience=Audience.WORKERS).hits.get(row_number=1)
    with pytest.raises(NotAllowed):
        messages.tell(an_anonymous_worker(), hit, kind="broken", text="No picture.")


@pytest.mark.parametrize(("kind", "text"), [("question", " "), ("question", "x" * 2001), ("praise", "Ah.")])
def test_messages_need_a_kind_and_words(ada: Requester, cleo: Worker, kind: str, text: str) -> None:
    with pytest.raises(InvalidValue):
        messages.tell(cleo, a_group(ada).hits.get(row_number=1), kind=kind, text=text)


def test_ten_messages_without_a_reply_are_enough(ada: Requester, cleo: Worker) -> None:
    hit = a_group(ada).hits.get(row_number=1)
    for number in range(messages.MOST_UNANSWERED):
        messages.tell(cleo, hit, kind="question", text=f"{number}?")
    with pytest.raises(WrongState):
        messages.tell(cleo, hit, kind="question", text="Hello?")
