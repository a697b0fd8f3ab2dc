"""Bonuses."""

from typing import Any

from kempelen.api import paging
from kempelen.api.callers import Caller
from kempelen.api.handlers import Role, operation
from kempelen.aws import shapes
from kempelen.domain import money
from kempelen.domain.actions import payments
from kempelen.domain.errors import InvalidParameter, MissingParameter
from kempelen.domain.models import Payment
from kempelen.domain.queries.payments import bonuses


@operation("SendBonus", role=Role.REVIEWER)
def send_bonus(caller: Caller, request: shapes.SendBonusRequest) -> None:
    """Pay more for submitted work; each call pays again unless a `UniqueRequestToken` forbids it."""
    payments.send_bonus(
        caller.requester,
        request["AssignmentId"],
        worker_id=request["WorkerId"],
        amount_cents=_cents(request["BonusAmount"]),
        reason=request["Reason"],
        token=request.get("UniqueRequestToken", ""),
        by=caller.user,
    )


@operation("ListBonusPayments", role=Role.VIEWER)
def list_bonus_payments(caller: Caller, request: shapes.ListBonusPaymentsRequest) -> dict[str, Any]:
    """List the bonuses of a HIT or of an assignment, in the order in which they were paid."""
    window = paging.window("ListBonusPayments", caller.requester, request)
    [after] = window.after or [0]
    hit_id, assignment_id = request.get("HITId", ""), request.get("AssignmentId", "")
    if not hit_id and not assignment_id:
        raise MissingParameter(
            "HITId",
            "Your request is missing required parameters. Required parameters include HITId or AssignmentId.",
        )
    if hit_id and assignment_id:
        raise InvalidParameter(
            "AssignmentId", assignment_id, message="Name a HIT or an assignment, not both."
        )
    paid = list(
        bonuses(caller.requester, hit_id=hit_id, assignment_id=assignment_id, after=after)[: window.size]
    )
    page = window.page(paid, lambda payment: [payment.pk])
    return page | {"BonusPayments": [_bonus(payment) for payment in paid]}


def _cents(amount: str) -> int:
    try:
        return money.cents_of(amount)
    except money.NotAnAmount as error:
        raise InvalidParameter("BonusAmount", amount) from error


def _bonus(payment: Payment) -> shapes.BonusPayment:
    # Only those outside any HIT have no assignment, and no call asks for them.
    assignment_id = payment.assignment.public_id if payment.assignment else ""
    return {
        "WorkerId": payment.worker.public_id,
        "BonusAmount": str(money.dollars_of(payment.amount_cents)),
        "AssignmentId": assignment_id,
        "Reason": payment.reason,
        "GrantTime": payment.paid_at,
    }
