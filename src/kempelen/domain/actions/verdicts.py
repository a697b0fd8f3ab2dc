"""What approving and rejecting do to an assignment that is locked already, with its HIT.

Whoever decides calls these: a program (`assignments`), a policy (`reviewing`), the clock (`settling`).  What
members decide on the web follows the same rules in sets (`deciding`), and can be undone for a while.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from kempelen.domain import clock, events
from kempelen.domain.actions import payments, places
from kempelen.domain.errors import WrongState
from kempelen.domain.models import HIT, Assignment, User

# A rejection can be taken back for 30 days from submission (mturk-api.md §3.2).
OVERRIDE_DAYS = 30

# How long a decision of a member can be undone; and for how long programs are not told of it, which is
# longer, so that there is time to undo many.
UNDO_TIME = timedelta(minutes=10)
HELD_BACK = UNDO_TIME + timedelta(minutes=2)


class Obstacle(StrEnum):
    """Why something cannot be decided, or be undone."""

    APPROVED = "approved"
    REJECTED = "rejected"
    UNSENT = "unsent"
    OLD = "old"
    DELETED = "deleted"
    CHANGED = "changed"
    LATE = "late"
    DUE = "due"
    REPEATED = "repeated"


_OF_STATUS = {
    Assignment.Status.APPROVED.value: Obstacle.APPROVED,
    Assignment.Status.REJECTED.value: Obstacle.REJECTED,
}
_MESSAGES = {
    Obstacle.APPROVED: "Assignment {assignment} is Approved and cannot be {verb}.",
    Obstacle.REJECTED: "Assignment {assignment} is Rejected and cannot be {verb}.",
    Obstacle.UNSENT: "Assignment {assignment} is {status} and cannot be {verb}.",
    Obstacle.OLD: (
        f"Assignment {{assignment}} was submitted more than {OVERRIDE_DAYS} days ago; "
        "its rejection cannot be taken back."
    ),
    Obstacle.DELETED: "HIT {hit} is deleted; its rejections cannot be taken back.",
}
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
    was_rejected = assignment.status == Assignment.Status.REJECTED
    obstacle = obstacle_to_approval(assignment, hit, now, overrides=override_rejection)
    check(obstacle, assignment, hit, verb="approved")
    if not was_rejected:
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
    check(obstacle_to_rejection(assignment, now), assignment, hit, verb="rejected")
    places.move(hit, unreviewed=-1, reviewed=+1)
    assignment.status, assignment.rejected_at = Assignment.Status.REJECTED, now
    assignment.feedback = feedback
    assignment.save(update_fields=["status", "rejected_at", "feedback"])
    events.record(
        events.AssignmentRejected(assignment, requester_pk=hit.requester_id, by=by, data=data or {})
    )


def obstacle_to_approval(
    assignment: Assignment, hit: HIT, now: datetime, *, overrides: bool
) -> Obstacle | None:
    """Tell why an assignment cannot be approved; work whose delay is over is approved, settled or not."""
    if assignment.status == Assignment.Status.REJECTED and overrides:
        if assignment.submitted_at is None or now > assignment.submitted_at + timedelta(days=OVERRIDE_DAYS):
            return Obstacle.OLD
        return Obstacle.DELETED if hit.status == HIT.Status.DISPOSED else None
    return obstacle_to_rejection(assignment, now)


def obstacle_to_rejection(assignment: Assignment, now: datetime) -> Obstacle | None:
    """Tell why an assignment cannot be rejected: only what waits for review can."""
    if assignment.status == Assignment.Status.SUBMITTED:
        return Obstacle.APPROVED if is_due(assignment, now) else None
    return _OF_STATUS.get(assignment.status, Obstacle.UNSENT)


def is_due(assignment: Assignment, now: datetime) -> bool:
    """Whether the clock has approved it by now; with a delay of 0 that comes after all policies."""
    due_at = assignment.auto_approval_at
    return due_at is not None and due_at != assignment.submitted_at and due_at <= now


def check(obstacle: Obstacle | None, assignment: Assignment, hit: HIT, *, verb: str) -> None:
    """Refuse with `WrongState` if there is an obstacle to deciding."""
    if obstacle is None:
        return
    message = _MESSAGES[obstacle].format(
        assignment=assignment.public_id, hit=hit.public_id, status=assignment.status, verb=verb
    )
    raise WrongState(message, code=_CODE, mturk_message=_MTURK_MESSAGE)
