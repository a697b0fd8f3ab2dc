"""Submitting, returning, approving, rejecting."""

import pytest

from kempelen.domain.actions import assignments, claims, settling
from kempelen.domain.actions.assignments import Outcome
from kempelen.domain.answers import answers_in
from kempelen.domain.errors import EmptyAnswer, NotFound, WrongState
from kempelen.domain.models import HIT, Assignment, Event, HITGroup, Requester, Worker
from tests.domain.moving_clock import MovingClock
from tests.domain.queues import a_group

ANSWER = {"a": "yes"}


def an_assignment(worker: Worker, requester: Requester | None = None, **group: int) -> Assignment:
    return claims.accept_next(worker, a_group(requester, **{"hits": 1, **group}))


def test_an_answer_is_stored_with_its_times(cleo: Worker, moving_clock: MovingClock) -> None:
    assignment = an_assignment(cleo)
    moving_clock.forward(10)
    stored = assignments.submit(assignment.public_id, {"a": ["x", "y"]})
    assert stored.outcome == Outcome.STORED
    again = Assignment.objects.get()
    assert (again.status, again.answers) == ("Submitted", {"a": ["x", "y"]})
    assert again.submitted_at == moving_clock.now()
    hit = HIT.objects.get()
    assert (hit.unreviewed_count, hit.pending_count, hit.status) == (1, 0, "Reviewable")


def test_a_repeated_submission_changes_nothing(cleo: Worker) -> None:
    assignment = an_assignment(cleo)
    assignments.submit(assignment.public_id, ANSWER)
    repeated = assignments.submit(assignment.public_id, {"a": "no"})
    assert repeated.outcome == Outcome.REPEATED
    assert Assignment.objects.get().answers == ANSWER


def test_an_empty_answer_is_refused(cleo: Worker) -> None:
    assignment = an_assignment(cleo)
    with pytest.raises(EmptyAnswer):
        assignments.submit(assignment.public_id, {})


def test_an_unknown_assignment_is_refused(db: None) -> None:
    with pytest.raises(NotFound):
        assignments.submit("3NOSUCH", ANSWER)


def test_a_returned_assignment_takes_no_answer(cleo: Worker) -> None:
    assignment = an_assignment(cleo)
    assignments.return_assignment(cleo, assignment.public_id)
    with pytest.raises(WrongState):
        assignments.submit(assignment.public_id, ANSWER)


def test_nobody_returns_the_work_of_another(cleo: Worker, dan: Worker) -> None:
    assignment = an_assignment(cleo)
    with pytest.raises(NotFound):
        assignments.return_assignment(dan, assignment.public_id)


def test_a_submitted_assignment_cannot_be_returned(cleo: Worker) -> None:
    assignment = an_assignment(cleo)
    assignments.submit(assignment.public_id, ANSWER)
    with pytest.raises(WrongState):
        assignments.return_assignment(cleo, assignment.public_id)


@pytest.mark.parametrize("settled", [True, False])
def test_a_late_answer_counts_while_its_place_is_free(
    cleo: Worker, moving_clock: MovingClock, settled: bool
) -> None:
    assignment = an_assignment(cleo)
    moving_clock.forward(601)
    if settled:
        settling.settle_due()
    assert assignments.submit(assignment.public_id, ANSWER).outcome == Outcome.STORED
    assert HIT.objects.get().unreviewed_count == 1


def test_a_late_answer_whose_place_is_taken_is_kept_as_a_draft(
    cleo: Worker, dan: Worker, moving_clock: MovingClock
) -> None:
    assignment = an_assignment(cleo)
    moving_clock.forward(601)
    claims.accept_next(dan, assignment.group)
    assert assignments.submit(assignment.public_id, ANSWER).outcome == Outcome.TOO_LATE
    late = Assignment.objects.get(worker=cleo)
    assert (late.status, late.answers, answers_in(late.draft)) == ("Abandoned", None, ANSWER)


def test_work_accepted_in_time_may_be_finished_after_the_hit_expired(
    cleo: Worker, moving_clock: MovingClock
) -> None:
    assignment = an_assignment(cleo, lifetime_seconds=60, duration_seconds=600, places=2)
    moving_clock.forward(120)
    settling.settle_due()
    assert HIT.objects.get().status == "Unassignable"
    assert assignments.submit(assignment.public_id, ANSWER).outcome == Outcome.STORED
    assert HIT.objects.get().status == "Reviewable"


def test_work_is_approved_by_the_clock_at_the_promised_moment(
    cleo: Worker, moving_clock: MovingClock
) -> None:
    assignments.submit(an_assignment(cleo).public_id, ANSWER)
    moving_clock.forward(3600 + 500)
    assert settling.settle_due() == 2  # the work, and the HIT's own expiry
    approved = Assignment.objects.get()
    assert (approved.status, approved.approved_at) == ("Approved", approved.auto_approval_at)
    assert HIT.objects.get().reviewed_count == 1
    assert Event.objects.get(kind="AssignmentApproved").data == {"auto": True}


def test_nobody_rejects_what_the_clock_has_approved_settled_or_not(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    assignment = an_assignment(cleo, ada)
    assignments.submit(assignment.public_id, ANSWER)
    moving_clock.forward(3600)
    with pytest.raises(WrongState) as refused:
        assignments.reject(ada, assignment.public_id, feedback="Too late.")
    assert refused.value.turk_error_code == "AWS.MechanicalTurk.InvalidAssignmentState"
    settling.settle_due()
    assert Assignment.objects.get().status == "Approved"


def test_a_delay_of_zero_approves_at_once(cleo: Worker) -> None:
    assignment = an_assignment(cleo, auto_approval_delay_seconds=0)
    assignments.submit(assignment.public_id, ANSWER)
    assert Assignment.objects.get().status == "Approved"
    assert HIT.objects.get().reviewed_count == 1


def test_approving_never_changes_the_hits_status(ada: Requester, cleo: Worker) -> None:
    assignment = an_assignment(cleo, ada)
    assignments.submit(assignment.public_id, ANSWER)
    assignments.approve(ada, assignment.public_id, feedback="Thank you.")
    assert (HIT.objects.get().status, HIT.objects.get().reviewed_count) == ("Reviewable", 1)
    with pytest.raises(WrongState):
        assignments.reject(ada, assignment.public_id, feedback="No.")


def test_a_rejection_is_taken_back_within_thirty_days_only(
    ada: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    assignment = an_assignment(cleo, ada)
    assignments.submit(assignment.public_id, ANSWER)
    assignments.reject(ada, assignment.public_id, feedback="Not what was asked.")
    with pytest.raises(WrongState):
        assignments.approve(ada, assignment.public_id)
    moving_clock.forward(31 * 86400)
    with pytest.raises(WrongState):
        assignments.approve(ada, assignment.public_id, override_rejection=True)
    moving_clock.forward(-2 * 86400)
    assert assignments.approve(ada, assignment.public_id, override_rejection=True).status == "Approved"
    assert HIT.objects.get().reviewed_count == 1


def test_nobody_reviews_the_work_of_another_requester(ada: Requester, ben: Requester, cleo: Worker) -> None:
    assignment = an_assignment(cleo, ada)
    assignments.submit(assignment.public_id, ANSWER)
    with pytest.raises(NotFound):
        assignments.approve(ben, assignment.public_id)


def test_a_draft_is_kept_while_the_assignment_is_in_hand(cleo: Worker, dan: Worker) -> None:
    assignment = an_assignment(cleo)
    assert assignments.save_draft(cleo, assignment.public_id, [("a", "y"), ("a", "z")])
    assert not assignments.save_draft(dan, assignment.public_id, [("a", "stolen")])
    assert answers_in(Assignment.objects.get().draft) == {"a": ["y", "z"]}
    assignments.submit(assignment.public_id, ANSWER)
    assert not assignments.save_draft(cleo, assignment.public_id, [("a", "late")])
    assert Assignment.objects.get().draft is None


def test_an_answer_is_corrected_where_allowed_and_the_first_is_kept(ada: Requester, cleo: Worker) -> None:
    assignment = an_assignment(cleo, ada)
    assignments.submit(assignment.public_id, ANSWER)
    with pytest.raises(WrongState):
        assignments.correct(cleo, assignment.public_id, {"a": "no"})
    HITGroup.objects.update(allows_corrections=True)
    corrected = assignments.correct(cleo, assignment.public_id, {"a": "no"})
    assert corrected.answers == {"a": "no"}
    assignments.correct(cleo, assignment.public_id, {"a": "no"})  # sent again, since no reply came
    assert [earlier.answers for earlier in corrected.earlier_answers.all()] == [ANSWER]
    assignments.approve(ada, assignment.public_id)
    with pytest.raises(WrongState):
        assignments.correct(cleo, assignment.public_id, {"a": "perhaps"})
