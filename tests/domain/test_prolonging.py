"""All HITs of a group extended, or ended, at once."""

from datetime import datetime, timedelta

import pytest

from kempelen.domain import clock
from kempelen.domain.actions import assignments, batches, cancelling, claims, prolonging, settling
from kempelen.domain.errors import InvalidValue, WrongState
from kempelen.domain.models import HIT, Assignment, Batch, Event, HITGroup, Worker
from tests.domain.moving_clock import MovingClock
from tests.factories import ANSWERS, a_batch, a_project, a_worker, group_of, hits_of


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prolonging, "PAGE", 2)


@pytest.fixture
def batch(db: None) -> Batch:
    return a_batch(a_project(places=2))


def group_now(batch: Batch) -> HITGroup:
    return HITGroup.objects.select_related("hit_type", "requester").get(batch=batch)


def in_days(days: float) -> datetime:
    return clock.now() + timedelta(days=days)


def test_a_later_end_opens_what_has_expired(batch: Batch, moving_clock: MovingClock, cleo: Worker) -> None:
    had = claims.accept_next(cleo, group_of(batch))
    assignments.submit(had.public_id, ANSWERS)
    moving_clock.forward(8 * 86_400)
    settling.settle_due()
    assert {hit.status for hit in hits_of(batch)} == {"Reviewable"}
    end = in_days(3)
    prolonging.extend(group_now(batch), ends_at=end)
    assert prolonging.change_now(group_of(batch).pk) == 3
    hits = hits_of(batch)
    assert {(hit.status, hit.expires_at, hit.expired_at) for hit in hits} == {("Assignable", end, None)}
    batch.refresh_from_db()
    assert batch.ends_at == end
    assert group_now(batch).change is None
    # Opened again, they stand behind every worker's place in the queue.
    assert {claims.accept_next(cleo, group_now(batch)).hit.row_number for _ in range(2)} == {2, 3}


def test_more_assignments_are_given_out_and_counted_once(batch: Batch) -> None:
    prolonging.extend(group_now(batch), more=3)
    prolonging.change_now(group_of(batch).pk)
    prolonging.change_now(group_of(batch).pk)
    assert {(hit.max_assignments, hit.places_left) for hit in hits_of(batch)} == {(5, 5)}
    batch.refresh_from_db()
    assert batch.max_assignments == 5
    assert Event.objects.get(kind="BatchExtended").data == {"more": 3}


def test_a_killed_server_changes_no_hit_twice(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    prolonging.extend(group_now(batch), more=1)
    change, changed = prolonging._change_page, []

    def die_after_one(pk: int) -> int | None:
        if changed:
            raise KeyboardInterrupt
        changed.append(change(pk))
        return 2

    monkeypatch.setattr(prolonging, "_change_page", die_after_one)
    with pytest.raises(KeyboardInterrupt):
        prolonging.change_now(group_of(batch).pk)
    assert sorted(hit.max_assignments for hit in hits_of(batch)) == [2, 3, 3]
    monkeypatch.setattr(prolonging, "_change_page", change)
    assert prolonging.change_now(group_of(batch).pk) == 1
    assert {hit.max_assignments for hit in hits_of(batch)} == {3}


def test_an_end_now_lets_who_works_finish_and_can_be_taken_back(batch: Batch, cleo: Worker) -> None:
    had = claims.accept_next(cleo, group_of(batch))
    prolonging.expire(group_now(batch))
    prolonging.change_now(group_of(batch).pk)
    assert [hit.status for hit in hits_of(batch)] == ["Unassignable", "Reviewable", "Reviewable"]
    assert assignments.submit(had.public_id, ANSWERS).assignment.status == Assignment.Status.SUBMITTED
    prolonging.extend(group_now(batch), ends_at=in_days(1))
    prolonging.change_now(group_of(batch).pk)
    assert {hit.status for hit in hits_of(batch)} == {"Assignable"}
    assert claims.accept_next(a_worker(), group_now(batch))


def test_ends_and_numbers_that_make_no_sense_are_refused(batch: Batch) -> None:
    for end in (in_days(-1), in_days(366), clock.now()):
        with pytest.raises(InvalidValue, match="at least a minute and at most a year"):
            prolonging.extend(group_now(batch), ends_at=end)
    with pytest.raises(InvalidValue, match="cannot be extended to 10 or more"):
        prolonging.extend(group_now(batch), more=8)
    for nothing in (0, -1):
        with pytest.raises(InvalidValue):
            prolonging.extend(group_now(batch), more=nothing)
    assert group_now(batch).change is None


def test_one_change_at_a_time_and_none_of_what_was_cancelled(batch: Batch) -> None:
    prolonging.extend(group_now(batch), more=1)
    with pytest.raises(WrongState, match="just now"):
        prolonging.expire(group_now(batch))
    prolonging.change_now(group_of(batch).pk)
    batches.cancel_rest(batch)
    with pytest.raises(WrongState, match="cancelled"):
        prolonging.extend(group_now(batch), more=1)


def test_a_shorter_life_is_none(batch: Batch) -> None:
    before = {hit.expires_at for hit in hits_of(batch)}
    prolonging.extend(group_now(batch), ends_at=in_days(1))
    prolonging.change_now(group_of(batch).pk)
    assert set(HIT.objects.values_list("expires_at", flat=True)) == before


def test_what_is_cancelled_meanwhile_opens_no_more(batch: Batch) -> None:
    prolonging.extend(group_now(batch), ends_at=in_days(30), more=1)
    batches.cancel_rest(batch)
    cancelling.cancel_now(batch.pk)
    prolonging.change_now(group_of(batch).pk)
    assert {hit.status for hit in hits_of(batch)} == {"Reviewable"}
    assert group_now(batch).change is None
