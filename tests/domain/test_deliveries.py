"""Messages on their way out."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kempelen.domain import clock
from kempelen.domain.actions import deliveries
from kempelen.domain.actions.deliveries import NotSent, Reach
from kempelen.domain.models import Delivery, Event, Requester
from tests.domain.moving_clock import MovingClock


def a_message(requester: Requester, destination: str = "queue", transport: str = "SQS") -> Delivery:
    return deliveries.write(requester, transport=transport, destination=destination, subject="", body="{}")


def failing(failure: NotSent, seen: list[str]) -> Callable[[Delivery], None]:
    def send(message: Delivery) -> None:
        seen.append(message.destination)
        raise failure

    return send


def test_a_message_is_sent_once(ada: Requester) -> None:
    message, sent = a_message(ada), []
    assert deliveries.deliver_next(sent.append)
    assert not deliveries.deliver_next(sent.append)
    assert sent == [message]
    message.refresh_from_db()
    assert (message.attempts, message.problem) == (1, "")
    assert message.finished_at is not None


def test_who_is_killed_while_sending_only_delays_the_message(
    ada: Requester, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = a_message(ada)

    def killed(_message: Delivery) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliveries.deliver_next(killed)
    sent: list[Delivery] = []
    assert not deliveries.deliver_next(sent.append)
    later = clock.real_now() + deliveries.LEASE
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert deliveries.deliver_next(sent.append)
    assert sent == [message]


def test_what_failed_is_tried_again_later_each_time(ada: Requester, moving_clock: MovingClock) -> None:
    message, seen = a_message(ada), []
    waits = []
    for _ in range(60):
        assert deliveries.deliver_next(failing(NotSent("away"), seen))
        message.refresh_from_db()
        waits.append((message.due_at - moving_clock.now()).total_seconds())
        moving_clock.time = message.due_at
    assert 1 <= waits[0] <= 3
    assert 1800 <= waits[-1] <= 5400
    assert (message.problem, message.finished_at, len(seen)) == ("away", None, 60)


def test_after_days_a_message_is_given_up_and_the_requester_can_see_why(
    ada: Requester, moving_clock: MovingClock
) -> None:
    message = a_message(ada)
    moving_clock.forward(timedelta(days=4).total_seconds())
    deliveries.deliver_next(failing(NotSent("no such queue"), []))
    message.refresh_from_db()
    assert (message.finished_at, message.problem) == (moving_clock.now(), "no such queue")
    given_up = Event.objects.get(kind="DeliveryGivenUp")
    assert (given_up.requester_pk, given_up.data["problem"]) == (ada.pk, "no such queue")


def test_what_cannot_ever_be_sent_is_given_up_at_once(ada: Requester) -> None:
    a_message(ada)
    deliveries.deliver_next(failing(NotSent("no such address", is_final=True), []))
    assert Delivery.objects.get().finished_at is not None


@pytest.mark.parametrize(
    ("reach", "tried"),
    [
        (Reach.MESSAGE, ["dead", "dead", "live", "topic"]),
        (Reach.DESTINATION, ["dead", "live", "topic"]),
        (Reach.TRANSPORT, ["dead", "topic"]),
    ],
)
def test_a_place_that_does_not_answer_holds_up_nothing_else(
    ada: Requester, moving_clock: MovingClock, reach: Reach, tried: list[str]
) -> None:
    for destination in ("dead", "dead", "live"):
        a_message(ada, destination)
    a_message(ada, "topic", transport="SNS")
    seen: list[str] = []
    while deliveries.deliver_next(failing(NotSent("no answer", reach=reach), seen)):
        pass
    assert seen == tried


def test_messages_are_forgotten_a_week_after_they_were_sent_unless_they_were_given_up(
    ada: Requester, moving_clock: MovingClock
) -> None:
    for failure in (None, NotSent("gone", is_final=True)):
        a_message(ada)
        deliveries.deliver_next(failing(failure, []) if failure else lambda _message: None)
    moving_clock.forward(timedelta(days=7).total_seconds())
    assert deliveries.forget_sent() == 0
    moving_clock.forward(1)
    assert deliveries.forget_sent() == 1
    assert Delivery.objects.get().problem == "gone"


def test_a_message_that_goes_in_the_end_is_in_no_trouble(ada: Requester, moving_clock: MovingClock) -> None:
    message = a_message(ada)
    deliveries.deliver_next(failing(NotSent("away"), []))
    moving_clock.forward(60)
    assert deliveries.deliver_next(lambda _message: None)
    message.refresh_from_db()
    assert (message.problem, message.attempts) == ("", 2)


def test_a_message_that_can_never_go_holds_up_others_for_a_minute_at_most(
    ada: Requester, moving_clock: MovingClock
) -> None:
    poison = a_message(ada)
    for _ in range(12):
        deliveries.deliver_next(failing(NotSent("not this one"), []))
        poison.refresh_from_db()
        moving_clock.time = poison.due_at
    good = a_message(ada)
    deliveries.deliver_next(failing(NotSent("not this one"), []))
    moving_clock.forward(60)
    sent: list[Delivery] = []
    assert deliveries.deliver_next(sent.append)
    assert sent == [good]


def test_a_fault_of_ours_is_a_failure_of_its_message_alone(
    ada: Requester, caplog: pytest.LogCaptureFixture
) -> None:
    a_message(ada)

    def faulty(_message: Delivery) -> None:
        raise LookupError("oh\0no")

    assert deliveries.deliver_next(faulty)
    message = Delivery.objects.get()
    assert (message.finished_at, message.problem) == (None, "LookupError('oh\\x00no')")
    a_message(ada)
    sent: list[Delivery] = []
    assert deliveries.deliver_next(sent.append)
