"""A member's decision about one answer on the web: approve, reject, pay a bonus, and undo the last of these.

What programs decide by the API is final, as on Amazon's service (`assignments`, `payments`).
"""

from django.db import transaction

from kempelen.domain import answers, clock, feedback
from kempelen.domain.actions import deciding, payments, request_tokens, verdicts
from kempelen.domain.actions.verdicts import Obstacle
from kempelen.domain.errors import InvalidParameter, NotFound, WrongState
from kempelen.domain.models import Assignment, Decision, Requester, ReviewReason, User

Kind, State = Decision.Kind, Decision.State
_VERBS = {Kind.APPROVE: "approved", Kind.REJECT: "rejected", Kind.BONUS: "paid a bonus for"}
_KEPT = {
    Obstacle.LATE: "More than ten minutes have passed, so this stays as it was decided.",
    Obstacle.CHANGED: "Somebody has decided something else meanwhile, so there is nothing to undo.",
    Obstacle.DELETED: "The HIT is deleted meanwhile, so this stays as it was decided.",
    Obstacle.DUE: "The time in which it could be reviewed is over: it would be approved anyway.",
}


@transaction.atomic
def decide(
    requester: Requester,
    assignment_id: str,
    kind: str,
    *,
    reason: str = "",
    amount_cents: int | None = None,
    overrides: bool = False,
    token: str = "",
    by: User | None = None,
) -> Decision:
    """Carry out a decision, which `undo` takes back within ten minutes.

    With `overrides` an approval takes back a rejection.  Refuses with `WrongState` what the answer's state
    forbids, with `InvalidParameter` a reason that is missing or too long and an amount out of range, with
    `RepeatedRequest` a used token: a bonus could be paid twice, since no state forbids it.
    """
    reason = answers.storable(reason.strip())
    check(kind, reason, amount_cents)
    decision = Decision(
        requester=requester,
        assignment=_found(requester, assignment_id),
        kind=kind,
        reason=reason,
        amount_cents=amount_cents if kind == Kind.BONUS else None,
    )
    locked = deciding.lock([decision])
    assignment, hit = locked.of(decision)
    obstacle = deciding.obstacle_to(kind, assignment, hit, clock.now(), overrides=overrides)
    verdicts.check(obstacle, assignment, hit, verb=_VERBS[Kind(kind)])
    request_tokens.remember(requester, "DecideBonus", token, assignment_id)
    deciding.carry_out([decision], by=by)
    remember(requester, kind, reason)
    return decision


@transaction.atomic
def undo(
    requester: Requester, assignment_id: str, *, decided_at: str = "", by: User | None = None
) -> Decision:
    """Take back what a member decided last about the answer, or refuse with `WrongState`.

    With `decided_at` (ISO) only that decision: who presses twice must not undo what was before it.
    """
    assignment = _found(requester, assignment_id)
    # The answer first: whoever decides about it holds it.
    deciding.lock([Decision(assignment=assignment)])
    last = (
        Decision.objects.filter(assignment=assignment, state=State.DONE)
        .order_by("-decided_at", "-pk")
        .first()
    )
    if last is None:
        raise WrongState("There is nothing to undo: no member has decided about this answer.")
    if decided_at and last.decided_at is not None and last.decided_at.isoformat() != decided_at:
        raise WrongState("This is undone already, or something else was decided since.")
    deciding.take_back([last], by=by, asked_at=clock.now())
    if last.state != State.UNDONE:
        raise WrongState(_KEPT[Obstacle(last.why)])
    return last


def check(kind: str, reason: str, amount_cents: int | None) -> None:
    """Refuse what is incomplete or out of range with `InvalidParameter`."""
    feedback.check(reason)
    if kind != Kind.APPROVE and not reason:
        raise InvalidParameter("Reason", "", message="Say why: the worker reads it.")
    if kind == Kind.BONUS:
        payments.check_amount(amount_cents or 0)


def remember(requester: Requester, kind: str, reason: str) -> None:
    """Offer a reason again the next time; long ones are not."""
    if reason and len(reason) <= ReviewReason.LONGEST:
        ReviewReason.objects.update_or_create(
            requester=requester, kind=kind, text=reason, defaults={"used_at": clock.now()}
        )


def _found(requester: Requester, assignment_id: str) -> Assignment:
    found = (
        Assignment.objects.filter(
            public_id=assignment_id, hit__requester=requester, status__in=Assignment.LIVE_OR_DONE
        )
        .only("pk", "public_id", "hit_id")
        .first()
    )
    if found is None:
        raise NotFound("assignment", assignment_id)
    return found
