"""What workers told requesters, looked up."""

from kempelen.domain.actions import messages
from kempelen.domain.models import Batch, Requester, Worker
from kempelen.domain.queries import conversations
from tests.domain.moving_clock import MovingClock
from tests.domain.queues import a_group
from tests.factories import a_batch, a_project, group_of


def test_both_sides_see_what_was_said_newest_first(ada: Requester, cleo: Worker, dan: Worker) -> None:
    group, other = a_group(ada), a_group(ada)
    first = messages.tell(cleo, group.hits.earliest("pk"), kind="broken", text="No picture.")
    last = messages.tell(cleo, other.hits.earliest("pk"), kind="question", text="Which one?")
    dans = messages.tell(dan, group.hits.earliest("pk"), kind="broken", text="Nor here.")
    assert list(conversations.sent_by(cleo)) == [last, first]
    assert list(conversations.about(group)) == [dans, first]


def test_only_messages_without_a_reply_wait(ada: Requester, cleo: Worker) -> None:
    batch, _ = a_batch(a_project(ada)), a_batch(a_project(ada))
    group = group_of(batch)
    hit = group.hits.earliest("pk")
    first = messages.tell(cleo, hit, kind="broken", text="No picture.")
    messages.tell(cleo, hit, kind="broken", text="Still none.")
    messages.reply(ada, first.public_id, text="Mended.")
    waiting = conversations.with_waiting(Batch.objects.order_by("pk"))
    assert [found.waiting_count for found in waiting] == [1, None]
    assert conversations.counted(group.pk) == conversations.Counts(sent=2, waiting=1)
    assert conversations.counted_by_hit(group.hits.values_list("pk", flat=True)) == {hit.pk: 2}


def test_replies_are_new_until_the_worker_has_looked(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    message = messages.tell(cleo, a_group(ada).hits.earliest("pk"), kind="question", text="Which one?")
    assert conversations.new_to(cleo, None) == 0
    messages.reply(ada, message.public_id, text="The left one.")
    assert conversations.new_to(cleo, None) == 1
    assert conversations.new_to(cleo, moving_clock.now()) == 0
