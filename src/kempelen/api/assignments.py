"""Deciding about submitted work."""

from kempelen.api.callers import Caller
from kempelen.api.handlers import Role, operation
from kempelen.aws import shapes
from kempelen.domain.actions import assignments


@operation("ApproveAssignment", role=Role.REVIEWER)
def approve_assignment(caller: Caller, request: shapes.ApproveAssignmentRequest) -> None:
    """Pay the worker; an assignment that was rejected, only with `OverrideRejection`.

    A rejection that is taken back leaves neither its time nor its feedback.
    """
    assignments.approve(
        caller.requester,
        request["AssignmentId"],
        feedback=request.get("RequesterFeedback", ""),
        override_rejection=request.get("OverrideRejection", False),
        by=caller.user,
    )


@operation("RejectAssignment", role=Role.REVIEWER)
def reject_assignment(caller: Caller, request: shapes.RejectAssignmentRequest) -> None:
    """Refuse the work, which opens no place for another worker."""
    assignments.reject(
        caller.requester, request["AssignmentId"], feedback=request["RequesterFeedback"], by=caller.user
    )
