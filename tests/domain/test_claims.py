"""Giving out places."""

import pytest

from kempelen.domain.actions import assignments, claims, people
from kempelen.domain.errors import AlreadyWorkedOn, HITNotAvailable, NoPlaceLeft, NotAllowed, NoWorkLeft
from kempelen.domain.models import HIT, Audience, Event, HITGroup, QueueOrder, Worker
from tests.domain.moving_clock import MovingClock
from tests.domain.queues import a_group
from tests.factories import a_worker, an_anonymous_worker

ANSWER = {"a": "yes"}


def rows_given(worker: Worker, group: HITGroup, count: int) -> list[int | None]:
    """The row numbers of the next HITs, each done at once."""
    rows = []
    for _ in range(count):
        assignment = claims.accept_next(worker, group)
        rows.append(assignment.hit.row_number)
        assignments.submit(assignment.public_id, ANSWER)
    return rows


def test_hits_are_given_out_oldest_first(cleo: Worker) -> None:
    assert rows_given(cleo, a_group(hits=3), 3) == [1, 2, 3]


def test_a_random_queue_gives_every_hit_once_in_another_order(cleo: Worker) -> None:
    rows = rows_given(cleo, a_group(hits=20, queue_order=QueueOrder.RANDOM), 20)
    assert sorted(rows) == list(range(1, 21)) != rows


def test_higher_priorities_come_first(cleo: Worker) -> None:
    group = a_group(hits=4, queue_order=QueueOrder.PRIORITY, priorities=[0, 9, 3, 9])
    assert rows_given(cleo, group, 4) == [2, 4, 3, 1]


def test_accepting_takes_a_place_and_tells_of_it(cleo: Worker) -> None:
    assignment = claims.accept_next(cleo, a_group(hits=1, places=2))
    hit = HIT.objects.get()
    assert (hit.places_left, hit.pending_count, hit.status) == (1, 1, "Assignable")
    assert (assignment.deadline_at - assignment.accepted_at).total_seconds() == 600
    assert Event.objects.get(kind="AssignmentAccepted").worker_pk == cleo.pk


def test_the_last_place_makes_the_hit_unassignable(cleo: Worker, dan: Worker) -> None:
    group = a_group(hits=1)
    claims.accept_next(cleo, group)
    assert HIT.objects.get().status == "Unassignable"
    with pytest.raises(NoWorkLeft):
        claims.accept_next(dan, group)
    with pytest.raises(NoPlaceLeft):
        claims.accept(dan, HIT.objects.get())


def test_a_worker_does_a_hit_once(cleo: Worker) -> None:
    group = a_group(hits=1, places=2)
    assignments.submit(claims.accept_next(cleo, group).public_id, ANSWER)
    with pytest.raises(NoWorkLeft):
        claims.accept_next(cleo, group)
    with pytest.raises(AlreadyWorkedOn):
        claims.accept(cleo, HIT.objects.get())


def test_accepting_what_is_in_hand_gives_the_same_assignment(cleo: Worker) -> None:
    group = a_group(hits=2)
    first = claims.accept_next(cleo, group)
    assert claims.accept(cleo, first.hit) == first
    assert claims.accept_or_resume(cleo, group) == first


def test_a_returned_hit_goes_to_others_first_and_to_its_worker_last(cleo: Worker, dan: Worker) -> None:
    group = a_group(hits=3)
    assignments.return_assignment(cleo, claims.accept_next(cleo, group).public_id)
    assert rows_given(cleo, group, 2) == [2, 3]
    assert claims.accept_next(dan, group).hit.row_number == 1
    with pytest.raises(NoWorkLeft):
        claims.accept_next(cleo, group)


def test_who_returned_a_hit_is_given_it_when_nothing_else_is_left(cleo: Worker) -> None:
    group = a_group(hits=2)
    assignments.return_assignment(cleo, claims.accept_next(cleo, group).public_id)
    assert rows_given(cleo, group, 2) == [2, 1]


def test_skipped_hits_come_last_in_the_order_they_were_skipped(cleo: Worker) -> None:
    group = a_group(hits=4)
    for row in (2, 1):
        claims.put_off(cleo, HIT.objects.get(row_number=row))
    assert rows_given(cleo, group, 4) == [3, 4, 2, 1]


def test_a_returned_hit_can_be_accepted_by_name(cleo: Worker) -> None:
    group = a_group(hits=2)
    first = claims.accept_next(cleo, group)
    assignments.return_assignment(cleo, first.public_id)
    again = claims.accept(cleo, first.hit)
    assert again.public_id != first.public_id
    assert rows_given(cleo, group, 1) == [2]


def test_an_expired_place_is_given_out_at_once(cleo: Worker, dan: Worker, moving_clock: MovingClock) -> None:
    group = a_group(hits=1)
    claims.accept_next(cleo, group)
    moving_clock.forward(601)
    assert claims.accept_next(dan, group).worker == dan


def test_an_expired_hit_is_not_given_out(cleo: Worker, moving_clock: MovingClock) -> None:
    group = a_group(hits=1)
    moving_clock.forward(3600)
    with pytest.raises(NoWorkLeft):
        claims.accept_next(cleo, group)
    with pytest.raises(HITNotAvailable):
        claims.accept(cleo, HIT.objects.get())
    assert HIT.objects.get().status == "Reviewable"


@pytest.mark.parametrize("status", ["hidden", "paused", "closed"])
def test_only_open_groups_are_given_out(cleo: Worker, status: str) -> None:
    group = a_group(hits=1)
    HITGroup.objects.update(status=status)
    with pytest.raises(HITNotAvailable):
        claims.accept_next(cleo, group)
    with pytest.raises(HITNotAvailable):
        claims.accept(cleo, HIT.objects.get())


def test_an_anonymous_browser_works_only_where_anybody_may(db: None) -> None:
    visitor = an_anonymous_worker()
    assert claims.accept_next(visitor, a_group(audience=Audience.ANONYMOUS))
    with pytest.raises(NotAllowed):
        claims.accept_next(visitor, a_group(audience=Audience.WORKERS))


def test_a_group_for_some_workers_refuses_the_others(cleo: Worker, dan: Worker) -> None:
    group = a_group(audience=Audience.GROUPS)
    chosen = group.requester.worker_groups.create(name="chosen")
    chosen.members.add(cleo)
    group.worker_groups.add(chosen)
    assert claims.accept_next(cleo, group)
    with pytest.raises(NotAllowed):
        claims.accept_next(dan, group)


@pytest.mark.parametrize("done", [3, 40])
def test_claiming_costs_the_same_however_much_a_worker_has_done(
    done: int, db: None, django_assert_num_queries: object
) -> None:
    worker, group = a_worker(), a_group(hits=50, places=3)
    rows_given(worker, group, done)
    with django_assert_num_queries(14, exact=False):  # type: ignore[operator]
        claims.accept_next(worker, group)


def test_the_users_worker_is_made_once(cleo: Worker) -> None:
    assert cleo.user is not None
    assert people.worker_of(cleo.user) == cleo


def test_a_hit_that_opens_again_reaches_a_worker_who_is_past_it(cleo: Worker, dan: Worker) -> None:
    group = a_group(hits=2)
    first = claims.accept_next(cleo, group)
    assert rows_given(dan, group, 1) == [2]
    assignments.return_assignment(cleo, first.public_id)
    assert rows_given(dan, group, 1) == [1]
