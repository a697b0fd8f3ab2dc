"""What happens when the clock of a sandbox is moved."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kempelen.config import checks
from kempelen.domain import clock
from kempelen.domain.actions import background, clock_following, clock_moves, deliveries, scheduling
from kempelen.domain.actions.deliveries import NotSent
from kempelen.domain.errors import InvalidValue, NotAllowed, WrongState
from kempelen.domain.models import Assignment, Batch, Delivery, Event, Job, MovedClock, Requester
from kempelen.jobs import queue, working
from tests.factories import a_batch, a_project, a_submitted_assignment, an_assignment, an_upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_following")]
DAY = timedelta(days=1)


@pytest.fixture
def _following(tmp_path: Path) -> Iterator[None]:
    clock_following.begin(tmp_path)
    yield
    clock_following.end()


def do_jobs() -> None:
    while working.do_next("tests"):
        pass


def test_what_is_due_by_the_new_time_has_happened_when_it_returns() -> None:
    held = an_assignment()
    done = a_submitted_assignment(hit=a_batch(a_project(held.hit.requester)).hit_group.hits.first())

    clock_moves.advance(40 * DAY)

    statuses = dict(Assignment.objects.values_list("pk", "status"))
    assert (statuses[held.pk], statuses[done.pk]) == ("Abandoned", "Approved")
    assert Assignment.objects.get(pk=done.pk).approved_at == done.auto_approval_at


def test_a_batch_with_a_start_begins() -> None:
    batch = an_upload()
    scheduling.schedule(batch, clock.now() + 2 * DAY)
    clock_moves.advance(DAY)
    do_jobs()
    assert Batch.objects.get().state == "uploaded"

    clock_moves.advance(DAY)
    do_jobs()

    assert Batch.objects.get().state == "published"


def test_a_message_that_waits_is_tried_again_and_given_up_in_the_end(ada: Requester) -> None:
    deliveries.write(ada, transport="SQS", destination="queue", subject="", body="{}")
    tried: list[datetime] = []

    def fail(_message: Delivery) -> None:
        tried.append(clock.now())
        raise NotSent("away")

    assert deliveries.deliver_next(fail)
    assert not deliveries.deliver_next(fail)
    clock_moves.advance(timedelta(hours=2))
    assert deliveries.deliver_next(fail)
    clock_moves.advance(5 * DAY)
    assert deliveries.deliver_next(fail)
    assert Event.objects.filter(kind="DeliveryGivenUp").exists()
    assert tried[1] - tried[0] > timedelta(hours=2)


def test_who_works_on_a_job_keeps_it_however_the_clock_jumps() -> None:
    background.ask_for("greet")
    taken = queue.take("first")
    assert taken is not None

    clock_moves.advance(400 * DAY)

    assert queue.take("second") is None
    assert queue.renew(taken)
    queue.finish(taken)
    assert Job.objects.get().finished_at is not None


def test_a_message_that_is_being_sent_is_not_sent_twice_however_the_clock_jumps(ada: Requester) -> None:
    deliveries.write(ada, transport="SQS", destination="queue", subject="", body="{}")
    others: list[Delivery] = []

    def send(_message: Delivery) -> None:
        clock_moves.advance(DAY)
        deliveries.deliver_next(others.append)

    assert deliveries.deliver_next(send)
    assert not others


def test_a_job_can_be_done_while_the_clock_stands_still(ada: Requester) -> None:
    clock_moves.run(0)
    batch = an_upload(a_project(ada))
    scheduling.schedule(batch, clock.now() + DAY)

    clock_moves.set_to(clock.now() + DAY)
    do_jobs()

    assert Batch.objects.get().published_at == clock.now()


def test_the_clock_is_set_back_to_the_last_thing_that_happened_and_no_further(ada: Requester) -> None:
    clock_moves.run(0)
    clock_moves.advance(DAY)
    a_batch(a_project(ada))
    happened = clock.now()
    clock_moves.advance(DAY)

    clock_moves.set_to(happened)

    assert clock.now() == happened
    with pytest.raises(WrongState, match="does not go back"):
        clock_moves.set_to(happened - timedelta(seconds=1))
    assert clock.now() == happened


def test_wishes_that_no_clock_fulfils_change_nothing() -> None:
    for wish in (
        lambda: clock_moves.advance(timedelta(seconds=-1)),
        lambda: clock_moves.advance(timedelta.max),
        lambda: clock_moves.run(float("nan")),
        lambda: clock_moves.run(float("inf")),
        lambda: clock_moves.run(-1),
        lambda: clock_moves.set_to(datetime(9999, 12, 31)),
    ):
        with pytest.raises(InvalidValue):
            wish()
    assert not MovedClock.objects.exists()


def test_a_production_server_neither_moves_nor_follows(settings: Any, tmp_path: Path) -> None:
    clock_moves.advance(DAY)
    clock_following.end()
    settings.KEMPELEN_MODE = "production"

    clock_following.begin(tmp_path)

    assert clock.now() - clock.real_now() < timedelta(minutes=1)
    assert clock.course() is None
    for move in (clock_moves.reset, lambda: clock_moves.advance(DAY), lambda: clock_moves.run(2)):
        with pytest.raises(NotAllowed, match="Only a sandbox"):
            move()
    assert MovedClock.objects.exists()


def test_a_check_warns_where_a_sandbox_that_was_ahead_becomes_production(settings: Any) -> None:
    clock_moves.advance(DAY)
    assert not [one for one in checks.findings() if "clock" in one.text]

    settings.KEMPELEN_MODE = "production"

    [found] = [one for one in checks.findings() if "clock" in one.text]
    assert found.is_error
    assert "in the future" in found.text


def test_who_was_killed_before_telling_is_made_up_for() -> None:
    clock_moves.run(0)
    MovedClock.objects.update(domain_at=clock.now() + DAY)
    before = clock.now()

    assert clock_following.refresh()

    assert clock.now() == before + DAY
    assert not clock_following.refresh()


def test_what_somebody_died_of_writing_is_written_anew(tmp_path: Path) -> None:
    clock_moves.run(0)
    stood = clock.now()
    with (tmp_path / "clock").open("r+b") as torn:
        torn.write(b"\x01" * 9)

    assert clock_following.refresh()

    assert clock.now() == stood
    clock_following.begin(tmp_path)
    assert clock.now() == stood
