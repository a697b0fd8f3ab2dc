"""Publishing at a time."""

from datetime import timedelta

import pytest

from kempelen.domain import clock
from kempelen.domain.actions import batches, scheduling
from kempelen.domain.errors import InvalidValue, NotAllowed, WrongState
from kempelen.domain.models import Batch, Event
from kempelen.jobs import working
from tests.domain.moving_clock import MovingClock
from tests.factories import a_batch, an_upload, owner_of

DAY = timedelta(days=1)


@pytest.fixture
def batch(db: None) -> Batch:
    return an_upload()


def do_jobs() -> None:
    while working.do_next("tests"):
        pass


def state_of(batch: Batch) -> str:
    return Batch.objects.get(pk=batch.pk).state


def test_a_batch_is_published_when_its_time_has_come(batch: Batch, moving_clock: MovingClock) -> None:
    by = owner_of(batch.requester)
    scheduling.schedule(batch, clock.now() + DAY, by=by)
    do_jobs()
    assert state_of(batch) == "uploaded"
    moving_clock.forward(DAY.total_seconds())
    do_jobs()
    assert state_of(batch) == "published"
    assert Event.objects.get(kind="BatchPublished").user_pk == by.pk


def test_only_the_last_word_counts(batch: Batch, moving_clock: MovingClock) -> None:
    scheduling.schedule(batch, clock.now() + DAY)
    scheduling.schedule(batch, clock.now() + 3 * DAY)
    moving_clock.forward(2 * DAY.total_seconds())
    do_jobs()
    assert state_of(batch) == "uploaded"
    scheduling.unschedule(batch)
    moving_clock.forward(2 * DAY.total_seconds())
    do_jobs()
    assert state_of(batch) == "uploaded"
    assert Batch.objects.get(pk=batch.pk).publish_at is None


def test_one_that_cannot_be_published_says_why(
    batch: Batch, moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotAllowed("no such requirement")

    scheduling.schedule(batch, clock.now() + DAY)
    monkeypatch.setattr(batches, "publish", refuse)
    moving_clock.forward(DAY.total_seconds())
    do_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.publish_at, batch.problem) == ("uploaded", None, "no such requirement")


def test_times_that_are_past_or_far_are_refused(batch: Batch) -> None:
    for at in (clock.now() - DAY, clock.now() + 366 * DAY):
        with pytest.raises(InvalidValue, match="still to come"):
            scheduling.schedule(batch, at)
    with pytest.raises(WrongState, match="already"):
        scheduling.schedule(a_batch(), clock.now() + DAY)
