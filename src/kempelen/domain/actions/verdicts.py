"""What approving and rejecting do to an assignment that is locked already, with its HIT.

Whoever decides calls these: a member (`assignments`), a policy (`reviewing`), the clock (`settling`).
"""

from datetime import datetime, timedelta
from typing import Any

from kempelen.domain import clock, events
from kempelen.domain.actions import payments, places
from kempelen.domain.errors import WrongState
from kempelen.domain.models import HIT, Assignment, User

# A rejection can be taken back for 30 days from submission (mturk-api.md §3.2).
OVERRIDE_DAYS = 30

_CODE = "InvalidAssignmentState"
_MTURK_MESSAGE = "This operation can be called with a status of: Submitted"


def approve(
    assignment: Assignment,
    hit: HIT,
    *,
    feedback: str = "",
    override_rejection: bool = False,
    by: User | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Approve and pay, or refuse with `WrongState`; rejected work only with `override_rejection`.

    A rejection that is taken back takes its reason with it, as it does its time: what is approved without
    feedback has none (mturk-api.md §3.2).
    """
    now = clock.now()
    if assignment.status == Assignment.Status.REJECTED and override_rejection:
        _check_rejection_can_be_taken_back(assignment, hit, now)
    else:
        _check_waits(assignment, "approved", now)
        places.move(hit, unreviewed=-1, reviewed=+1)
    assignment.status, assignment.approved_at = Assignment.Status.APPROVED, now
    assignment.feedback = feedback
    assignment.save(update_fields=["status", "approved_at", "feedback"])
    payments.pay_reward(assignment, paid_at=now, by=by)
    events.record(
        events.AssignmentApproved(assignment, requester_pk=hit.requester_id, by=by, data=data or {})
    )


def reject(
    assignment: Assignment,
    hit: HIT,
    *,
    feedback: str,
    by: User | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Reject submitted work, which pays nothing and opens no place, or refuse with `WrongState`."""
    now = clock.now()
    _check_waits(assignment, "rejected", now)
    places.move(hit, unreviewed=-1, reviewed=+1)
    assignment.status, assignment.rejected_at = Assignment.Status.REJECTED, now
    assignment.feedback = feedback
    assignment.save(update_fields=["status", "rejected_at", "feedback"])
    events.record(
        events.AssignmentRejected(assignment, requester_pk=hit.requester_id, by=by, data=data or {})
    )


def _check_waits(assignment: Assignment, verb: str, now: datetime) -> None:
    """Refuse what does not wait for review; work whose delay is over is approved, settled or not."""
    status = assignment.status
    if status == Assignment.Status.SUBMITTED:
        if not _delay_is_over(assignment, now):
            return
        status = Assignment.Status.APPROVED
    raise _wrong_state(f"Assignment {assignment.public_id} is {status} and cannot be {verb}.")


def _delay_is_over(assignment: Assignment, now: datetime) -> bool:
    """Whether the clock has approved it by now; with a delay of 0 that comes after all policies."""
    due_at = assignment.auto_approval_at
    return due_at is not None and due_at != assignment.submitted_at and due_at <= now


def _check_rejection_can_be_taken_back(assignment: Assignment, hit: HIT, now: datetime) -> None:
    if assignment.submitted_at is None or now > assignment.submitted_at + timedelta(days=OVERRIDE_DAYS):
        raise _wrong_state(
            f"Assignment {assignment.public_id} was submitted more than {OVERRIDE_DAYS} days ago; "
            "its rejection cannot be taken back."
        )
    if hit.status == HIT.Status.DISPOSED:
        raise _wrong_state(f"HIT {hit.public_id} is deleted; its rejections cannot be taken back.")


def _wrong_state(message: str) -> WrongState:
    return WrongState(message, code=_CODE, mturk_message=_MTURK_MESSAGE)
