"""What a program may change of a HIT, and when (mturk-api.md §3.1)."""

from datetime import UTC, datetime, timedelta

import pytest

from kempelen.domain.actions import assignments, batches, claims, hits, places, settling
from kempelen.domain.errors import NoWorkLeft, OutOfRange, RepeatedRequest, WrongState
from kempelen.domain.models import HIT, Assignment, Event, Payment, Requester, Worker
from kempelen.domain.queries import activity
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.domain.moving_clock import MovingClock
from tests.factories import a_batch, hits_of

ANSWERS = {"answer": "yes"}


def again(hit: HIT) -> HIT:
    return HIT.objects.get(pk=hit.pk)


def done_by(worker: Worker, hit: HIT) -> Assignment:
    return assignments.submit(claims.accept(worker, hit).public_id, ANSWERS).assignment


def test_a_done_hit_with_more_places_is_given_out_again(ada: Requester, cleo: Worker, dan: Worker) -> None:
    """CreateAdditionalAssignmentsForHIT: a Reviewable HIT whose lifetime is not over becomes Assignable."""
    hit = a_new_hit(a_hit_type(ada))
    done_by(cleo, hit)
    hits.add_assignments(ada, hit.public_id, 2)
    now = again(hit)
    assert (now.status, now.max_assignments, now.places_left) == ("Assignable", 3, 2)
    assert Event.objects.filter(kind="HITExtended", hit_pk=hit.pk).exists()
    assert claims.accept_next(dan, hit.group).hit == hit
    with pytest.raises(NoWorkLeft):
        claims.accept_next(cleo, hit.group)


def test_an_expired_hit_stays_expired_when_places_are_added(
    ada: Requester, moving_clock: MovingClock
) -> None:
    """[S49]: the count grows, and it is not on the market until the expiration is extended too."""
    hit = a_new_hit(a_hit_type(ada))
    moving_clock.forward(4000)
    assert hits.add_assignments(ada, hit.public_id, 2).status == "Reviewable"
    later = moving_clock.now() + timedelta(hours=1)
    assert hits.update_expiration(ada, hit.public_id, later).status == "Assignable"
    assert (again(hit).places_left, again(hit).expires_at) == (3, later)


@pytest.mark.parametrize(("made_for", "more"), [(1, 9), (9, 1), (3, 1000)])
def test_a_hit_for_fewer_than_ten_never_gets_to_ten(ada: Requester, made_for: int, more: int) -> None:
    hit = a_new_hit(a_hit_type(ada), max_assignments=made_for)
    with pytest.raises(WrongState) as refused:
        hits.add_assignments(ada, hit.public_id, more)
    assert refused.value.turk_error_code == "AWS.MechanicalTurk.InvalidMaximumAssignmentsIncrease"
    assert again(hit).max_assignments == made_for


def test_a_hit_for_ten_may_have_any_number(ada: Requester) -> None:
    hit = a_new_hit(a_hit_type(ada), max_assignments=10)
    assert hits.add_assignments(ada, hit.public_id, 1000).max_assignments == 1010
    with pytest.raises(OutOfRange):
        hits.add_assignments(ada, hit.public_id, 0)
    with pytest.raises(WrongState):
        hits.add_assignments(ada, hit.public_id, 1_000_000_000)


def test_a_token_adds_assignments_once(ada: Requester) -> None:
    hit = a_new_hit(a_hit_type(ada))
    hits.add_assignments(ada, hit.public_id, 1, token="once")
    with pytest.raises(RepeatedRequest) as refused:
        hits.add_assignments(ada, hit.public_id, 1, token="once")
    assert refused.value.result_id == hit.public_id
    assert again(hit).max_assignments == 2


def test_a_time_that_is_past_expires_now_and_stays_unseen(ada: Requester, moving_clock: MovingClock) -> None:
    """mturk-api.md §9 [S15]: the reported Expiration does not change, Available neither (§3.1)."""
    hit = a_new_hit(a_hit_type(ada), max_assignments=2)
    hits.update_expiration(ada, hit.public_id, datetime(2015, 1, 1, tzinfo=UTC))
    now = again(hit)
    assert (now.status, now.places_left, now.expires_at) == ("Reviewable", 2, hit.expires_at)
    assert now.expired_at == moving_clock.now()
    kinds = Event.objects.filter(hit_pk=hit.pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["HITCreated", "HITExpired", "HITReviewable"]


def test_who_works_on_an_expired_hit_may_finish(ada: Requester, cleo: Worker) -> None:
    """mturk-api.md §3.1: Assignable with work outstanding becomes Unassignable, then Reviewable."""
    hit = a_new_hit(a_hit_type(ada), max_assignments=2)
    mine = claims.accept(cleo, hit)
    assert hits.update_expiration(ada, hit.public_id, datetime.fromtimestamp(0, tz=UTC))
    assert again(hit).status == "Unassignable"
    assignments.submit(mine.public_id, ANSWERS)
    assert again(hit).status == "Reviewable"


def test_the_same_time_twice_is_refused(ada: Requester) -> None:
    """[S7]: a token of the HITId and the date as Java writes it."""
    hit = a_new_hit(a_hit_type(ada))
    past = datetime(2021, 7, 14, 20, 26, 6, tzinfo=UTC)
    hits.update_expiration(ada, hit.public_id, past)
    with pytest.raises(RepeatedRequest) as refused:
        hits.update_expiration(ada, hit.public_id, past)
    assert refused.value.mturk_message == (
        f'The idempotency token "{hit.public_id}Wed Jul 14 20:26:06 UTC 2021" has already been processed.'
    )
    assert hits.update_expiration(ada, hit.public_id, past + timedelta(seconds=1))


@pytest.mark.parametrize("seconds", [-60, 0, 59, 31_536_001])
def test_a_time_to_come_is_later_than_the_present_one(
    ada: Requester, moving_clock: MovingClock, seconds: int
) -> None:
    """[S14]; it cannot be shortened to another time to come."""
    hit = a_new_hit(a_hit_type(ada))
    with pytest.raises(OutOfRange) as refused:
        hits.update_expiration(ada, hit.public_id, hit.expires_at + timedelta(seconds=seconds))
    assert refused.value.mturk_message == (
        f"The value {seconds} is invalid for ExpirationIncrementInSeconds. "
        "Valid values range from 60 to 31536000."
    )
    assert refused.value.turk_error_code == "AWS.ParameterOutOfRange"


@pytest.mark.parametrize("seconds", [60, 31_536_000])
def test_the_shown_time_and_an_increment_in_whole_seconds_fit(ada: Requester, seconds: int) -> None:
    hit = a_new_hit(a_hit_type(ada))
    shown = hit.expires_at.replace(microsecond=0)
    later = shown + timedelta(seconds=seconds)
    assert hits.update_expiration(ada, hit.public_id, later).expires_at == later


def test_an_expired_hit_counts_from_now(ada: Requester, cleo: Worker) -> None:
    hit = a_new_hit(a_hit_type(ada))
    hits.update_expiration(ada, hit.public_id, datetime(2015, 1, 1, tzinfo=UTC))
    sooner = hit.expires_at - timedelta(minutes=30)
    assert hits.update_expiration(ada, hit.public_id, sooner).status == "Assignable"
    assert again(hit).expires_at == sooner
    assert claims.accept_next(cleo, hit.group).hit == hit


def test_a_hit_that_is_done_stays_done_for_longer(ada: Requester, cleo: Worker) -> None:
    hit = a_new_hit(a_hit_type(ada))
    done_by(cleo, hit)
    later = hit.expires_at + timedelta(hours=1)
    assert hits.update_expiration(ada, hit.public_id, later).status == "Reviewable"


def test_only_a_reviewed_hit_is_deleted(ada: Requester, cleo: Worker) -> None:
    """DeleteHIT [S15]: two spaces; the text contradicts itself while work waits."""
    hit = a_new_hit(a_hit_type(ada))
    end = "  This operation can be called with a status of: Reviewing, Reviewable"
    for status in ("Assignable", "Unassignable", "Reviewable"):
        with pytest.raises(WrongState) as refused:
            hits.delete(ada, hit.public_id)
        assert refused.value.mturk_message == f"This HIT is currently in the state '{status}'.{end}"
        assert refused.value.turk_error_code == "AWS.MechanicalTurk.InvalidHITState"
        if status == "Assignable":
            mine = claims.accept(cleo, hit)
        elif status == "Unassignable":
            assignments.submit(mine.public_id, ANSWERS)
    assignments.approve(ada, mine.public_id)
    hits.delete(ada, hit.public_id)
    assert again(hit).status == "Disposed"
    with pytest.raises(WrongState, match="Disposed"):
        hits.delete(ada, hit.public_id)
    assert Assignment.objects.get(pk=mine.pk).answers == ANSWERS
    assert Event.objects.filter(kind="HITDisposed").count() == 1


def test_nothing_happens_to_a_disposed_hit(ada: Requester, moving_clock: MovingClock) -> None:
    hit = a_new_hit(a_hit_type(ada), max_assignments=2)
    moving_clock.forward(4000)
    hits.delete(ada, hit.public_id)
    later = moving_clock.now() + timedelta(days=1)
    for change in (
        lambda: hits.add_assignments(ada, hit.public_id, 1),
        lambda: hits.update_expiration(ada, hit.public_id, later),
        lambda: hits.update_review_status(ada, hit.public_id),
        lambda: hits.change_type(ada, hit.public_id, a_hit_type(ada, reward_cents=9)),
    ):
        with pytest.raises(WrongState):
            change()
    assert again(hit).status == "Disposed"


def test_reviewing_goes_both_ways(ada: Requester, moving_clock: MovingClock) -> None:
    """UpdateHITReviewStatus: only HITStatus changes."""
    hit = a_new_hit(a_hit_type(ada))
    with pytest.raises(WrongState):
        hits.update_review_status(ada, hit.public_id)
    moving_clock.forward(4000)
    hits.update_review_status(ada, hit.public_id)
    assert (again(hit).status, again(hit).review_status) == ("Reviewing", "NotReviewed")
    with pytest.raises(WrongState):
        hits.update_review_status(ada, hit.public_id)
    hits.update_review_status(ada, hit.public_id, revert=True)
    assert again(hit).status == "Reviewable"
    with pytest.raises(WrongState):
        hits.update_review_status(ada, hit.public_id, revert=True)


def test_a_hit_moves_to_the_end_of_another_queue(ada: Requester, dan: Worker) -> None:
    """UpdateHITTypeOfHIT: HITTypeId and HITGroupId change."""
    dear = a_hit_type(ada, reward_cents=50)
    other = a_new_hit(dear)
    hit = a_new_hit(a_hit_type(ada), max_assignments=2)
    assert claims.accept_next(dan, other.group).hit == other
    hits.change_type(ada, hit.public_id, dear)
    moved = again(hit)
    assert (moved.hit_type, moved.group, moved.seq) == (dear, other.group, 2)
    assert claims.accept_next(dan, other.group).hit == hit
    with pytest.raises(NoWorkLeft):
        claims.accept_next(dan, hit.group)
    hits.change_type(ada, hit.public_id, dear)
    assert again(hit).seq == 2


@pytest.mark.parametrize("approved_by", ["Ada", "the clock"])
def test_what_was_accepted_keeps_its_reward_whatever_type_the_hit_gets(
    ada: Requester, cleo: Worker, dan: Worker, moving_clock: MovingClock, approved_by: str
) -> None:
    hit = a_new_hit(a_hit_type(ada, reward_cents=50), max_assignments=3)
    done, in_hand = done_by(cleo, hit), claims.accept(dan, hit)
    cheap = a_hit_type(ada, reward_cents=1, auto_approval_delay_seconds=86400)
    hits.change_type(ada, hit.public_id, cheap)
    answered = assignments.submit(in_hand.public_id, ANSWERS).assignment
    if approved_by == "Ada":
        for mine in (done, answered):
            assignments.approve(ada, mine.public_id)
    moving_clock.forward(3600)
    settling.settle_due()
    assert sorted(Payment.objects.values_list("amount_cents", flat=True)) == [50, 50]
    for worker in (cleo, dan):
        assert activity.figures(activity.done_by(worker)).earned_cents == 50
    assert again(hit).reviewed_count == 2


def test_a_place_given_out_before_its_hit_changed_its_type_comes_back_in_the_new_queue(
    ada: Requester, cleo: Worker, dan: Worker, moving_clock: MovingClock
) -> None:
    hit = a_new_hit(a_hit_type(ada), lifetime_seconds=7200)
    mine = claims.accept(cleo, hit)
    dear = a_hit_type(ada, reward_cents=50)
    hits.change_type(ada, hit.public_id, dear)
    moving_clock.forward(600)
    again_given = claims.accept_next(dan, again(hit).group)
    assert again_given.group.hit_type == dear
    assert Assignment.objects.get(pk=mine.pk).status == "Abandoned"


def test_a_hit_of_a_batch_stays_in_it(ada: Requester) -> None:
    (hit, *_) = hits_of(a_batch(requester=ada))
    with pytest.raises(WrongState, match="belongs to a batch"):
        hits.change_type(ada, hit.public_id, a_hit_type(ada))


def test_hits_of_a_batch_are_hits_like_others(ada: Requester, cleo: Worker) -> None:
    batch = a_batch(requester=ada, places=2)
    first, second, third = hits_of(batch)
    assert hits.add_assignments(ada, first.public_id, 1).max_assignments == 3
    later = second.expires_at.replace(microsecond=0) + timedelta(hours=1)
    assert hits.update_expiration(ada, second.public_id, later).expires_at == later
    hits.update_expiration(ada, third.public_id, datetime(2020, 1, 1, tzinfo=UTC))
    hits.delete(ada, third.public_id)
    assert again(third).status == "Disposed"


def test_what_was_cancelled_is_not_extended(ada: Requester) -> None:
    batch = a_batch(requester=ada)
    batches.cancel_rest(batch)
    hit = hits_of(batch)[0]
    with pytest.raises(WrongState, match="cancelled"):
        hits.update_expiration(ada, hit.public_id, hit.expires_at + timedelta(hours=1))
    with pytest.raises(WrongState, match="cancelled"):
        hits.add_assignments(ada, hit.public_id, 1)


def test_places_add_up_whatever_is_done(ada: Requester, cleo: Worker) -> None:
    hit = a_new_hit(a_hit_type(ada), max_assignments=3)
    done_by(cleo, hit)
    hits.add_assignments(ada, hit.public_id, 4)
    now = again(hit)
    assert now.max_assignments == now.places_left + now.unreviewed_count == 7
    assert places.status_of(now) == now.status
