"""ApproveAssignment and RejectAssignment (mturk-api.md §2, §3.2)."""

from typing import Any

import pytest
from botocore.config import Config

from kempelen.domain.actions import assignments
from kempelen.domain.models import Assignment, Event, Payment, Requester, Worker
from tests.factories import a_hit, a_submitted_assignment, an_assignment, owner_of

SUBMITTED_ONLY = "This operation can be called with a status of: Submitted"


@pytest.fixture
def submitted(ada: Requester, cleo: Worker, mturk: Any) -> Assignment:
    """An answer of Cleo's that waits for Ada's review."""
    return a_submitted_assignment(cleo, a_hit(ada, reward_cents=7))


def refused(mturk: Any, call: str, **request: Any) -> dict[str, Any]:
    with pytest.raises(mturk.exceptions.RequestError) as refusal:
        getattr(mturk, call)(**request)
    response: dict[str, Any] = refusal.value.response
    return response


def test_an_approval_pays_and_is_kept_with_its_feedback(
    ada: Requester, mturk: Any, submitted: Assignment
) -> None:
    answer = mturk.approve_assignment(AssignmentId=submitted.public_id, RequesterFeedback="Danke schön")
    assert set(answer) == {"ResponseMetadata"}
    submitted.refresh_from_db()
    assert (submitted.status, submitted.feedback) == ("Approved", "Danke schön")
    assert Payment.objects.get().amount_cents == 7
    assert Event.objects.get(kind="AssignmentApproved").user_pk == owner_of(ada).pk


def test_approving_twice_fails(mturk: Any, submitted: Assignment) -> None:
    # Recorded in [S8], though the model marks it idempotent.
    mturk.approve_assignment(AssignmentId=submitted.public_id)
    answer = refused(mturk, "approve_assignment", AssignmentId=submitted.public_id)
    assert answer["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidAssignmentState"
    assert answer["Message"].startswith(SUBMITTED_ONLY + " (")


def test_an_approved_assignment_cannot_be_rejected(mturk: Any, submitted: Assignment) -> None:
    # Recorded in [S4].
    mturk.approve_assignment(AssignmentId=submitted.public_id)
    answer = refused(
        mturk, "reject_assignment", AssignmentId=submitted.public_id, RequesterFeedback="Too late"
    )
    assert answer["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidAssignmentState"


def test_a_rejection_opens_no_place_and_can_be_taken_back(mturk: Any, submitted: Assignment) -> None:
    # Recorded in [S52]; §3.2.
    mturk.reject_assignment(AssignmentId=submitted.public_id, RequesterFeedback="Empty")
    submitted.refresh_from_db()
    submitted.hit.refresh_from_db()
    assert (submitted.status, submitted.hit.places_left, submitted.hit.reviewed_count) == ("Rejected", 0, 1)
    answer = refused(mturk, "approve_assignment", AssignmentId=submitted.public_id)
    assert answer["Message"].startswith(SUBMITTED_ONLY)
    mturk.approve_assignment(AssignmentId=submitted.public_id, OverrideRejection=True)
    submitted.refresh_from_db()
    assert submitted.status == "Approved"


@pytest.mark.parametrize("feedback", [None, "Sorry."])
def test_a_rejection_that_is_taken_back_takes_its_reason_with_it(
    mturk: Any, submitted: Assignment, feedback: str | None
) -> None:
    # "Absent when not given" (§3.2), as the time of the rejection is (ApproveAssignment).
    mturk.reject_assignment(AssignmentId=submitted.public_id, RequesterFeedback="Empty")
    given = {} if feedback is None else {"RequesterFeedback": feedback}
    mturk.approve_assignment(AssignmentId=submitted.public_id, OverrideRejection=True, **given)
    shown = mturk.get_assignment(AssignmentId=submitted.public_id)["Assignment"]
    assert shown.get("RequesterFeedback") == feedback
    assert "RejectionTime" not in shown


def test_a_rejection_needs_feedback(ada: Requester, mturk_of: Any, submitted: Assignment) -> None:
    # Recorded in [S11], with a client that did not know.
    unchecked = mturk_of(ada, config=Config(parameter_validation=False))
    with pytest.raises(unchecked.exceptions.ClientError) as refusal:
        unchecked.reject_assignment(AssignmentId=submitted.public_id)
    error = refusal.value.response["Error"]
    assert error["Code"] == "ValidationException"
    assert error["Message"] == (
        "1 validation error detected: Value null at 'requesterFeedback' failed to satisfy constraint: "
        "Member must not be null"
    )


@pytest.mark.parametrize("text", ["x" * 1025, "form feed \f", "nothing \0"])
def test_feedback_that_is_too_long_or_has_control_characters_is_refused(
    mturk: Any, submitted: Assignment, text: str
) -> None:
    # Documented for ApproveAssignment.
    with pytest.raises(mturk.exceptions.ClientError) as refusal:
        mturk.approve_assignment(AssignmentId=submitted.public_id, RequesterFeedback=text)
    error = refusal.value.response["Error"]
    assert error["Code"] == "ParameterValidationError"
    assert "is not valid for the parameter RequesterFeedback." in error["Message"]


def test_characters_count_not_bytes(mturk: Any, submitted: Assignment) -> None:
    mturk.approve_assignment(AssignmentId=submitted.public_id, RequesterFeedback="語" * 1024)


def test_work_that_is_unknown_or_of_another_requester_does_not_exist(
    ben: Requester, mturk: Any, mturk_of: Any, submitted: Assignment
) -> None:
    # Recorded in [S2]; what is somebody else's looks the same.
    for client, assignment_id in ((mturk, "ABC"), (mturk_of(ben), submitted.public_id)):
        for call, more in (("approve_assignment", {}), ("reject_assignment", {"RequesterFeedback": "No"})):
            answer = refused(client, call, AssignmentId=assignment_id, **more)
            assert answer["TurkErrorCode"] == "AWS.MechanicalTurk.AssignmentDoesNotExist"
            assert answer["Message"].startswith(f"Assignment {assignment_id} does not exist. (")


def test_work_in_hand_cannot_be_approved_and_returned_work_does_not_exist(
    ada: Requester, cleo: Worker, mturk: Any
) -> None:
    mine = an_assignment(cleo, a_hit(ada))
    answer = refused(mturk, "approve_assignment", AssignmentId=mine.public_id)
    assert answer["Message"].startswith(SUBMITTED_ONLY)
    assignments.return_assignment(cleo, mine.public_id)
    answer = refused(mturk, "approve_assignment", AssignmentId=mine.public_id)
    assert answer["TurkErrorCode"] == "AWS.MechanicalTurk.AssignmentDoesNotExist"


def test_a_rejection_stands_once_its_hit_is_deleted(mturk: Any, submitted: Assignment) -> None:
    # §3.2: rejected work can be approved while its HIT is not disposed.
    mturk.reject_assignment(AssignmentId=submitted.public_id, RequesterFeedback="Empty")
    mturk.delete_hit(HITId=submitted.hit.public_id)
    answer = refused(mturk, "approve_assignment", AssignmentId=submitted.public_id, OverrideRejection=True)
    assert answer["TurkErrorCode"] == "AWS.MechanicalTurk.InvalidAssignmentState"
