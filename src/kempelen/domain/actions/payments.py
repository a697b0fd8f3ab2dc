"""What workers are paid: a row for every approval of work with a reward, and for every bonus."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from kempelen.domain import answers, clock, events, money, people_events
from kempelen.domain.actions import notices, request_tokens
from kempelen.domain.errors import InvalidParameter, InvalidValue, NotFound
from kempelen.domain.models import Assignment, Payment, Requester, User, Worker

# mturk-api.md, SendBonus.
LEAST_BONUS_CENTS, MOST_BONUS_CENTS = 1, 10_000_00
# With the sentence around it, it is a notice.
LONGEST_REASON = 2_000


@transaction.atomic
def send_bonus(
    requester: Requester,
    assignment_id: str,
    *,
    worker_id: str,
    amount_cents: int,
    reason: str,
    token: str = "",
    by: User | None = None,
) -> Payment:
    """Pay a worker more for an assignment that was submitted, whatever its review said.

    Refusals: `InvalidParameter` for a worker whom nobody knows and an amount out of range; `NotFound` for
    an assignment that is not this worker's, or not submitted; `RepeatedRequest` for a used token.
    """
    check_amount(amount_cents)
    worker = Worker.objects.filter(public_id=worker_id).first()
    if worker is None:
        raise InvalidParameter("WorkerId", worker_id)
    assignment = (
        Assignment.objects.filter(
            public_id=assignment_id, worker=worker, hit__requester=requester, status__in=Assignment.DONE
        )
        .defer("answers", "draft")
        .first()
    )
    if assignment is None:
        raise NotFound("assignment", assignment_id)
    request_tokens.remember(requester, "SendBonus", token, assignment_id)
    payment = Payment.objects.create(
        kind=Payment.Kind.BONUS,
        requester=requester,
        worker=worker,
        hit_id=assignment.hit_id,
        assignment=assignment,
        amount_cents=amount_cents,
        reason=answers.storable(reason),
        by=by,
        paid_at=clock.now(),
    )
    events.record(
        events.BonusSent(assignment, requester_pk=requester.pk, by=by, data={"cents": amount_cents})
    )
    return payment


@transaction.atomic
def pay_outside(
    requester: Requester,
    worker_id: str,
    *,
    amount_cents: int,
    reason: str,
    token: str = "",
    by: User | None = None,
) -> Payment:
    """Pay a bonus that belongs to no HIT to somebody who has worked for the requester, and tell them.

    MTurk had nothing of the kind: requesters published a HIT for one worker.  Refusals: `InvalidValue` for an
    amount out of range and a reason that is empty or too long; `NotFound` for a worker who never submitted
    work to this requester; `RepeatedRequest` for a used token.
    """
    check_amount(amount_cents)
    reason = answers.storable(reason).strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise InvalidValue(
            "reason",
            f"A bonus needs a reason, of at most {LONGEST_REASON:,} characters; the worker reads it.",
        )
    worker = worked_for(requester).filter(public_id=worker_id).first()
    if worker is None:
        raise NotFound("worker of yours", worker_id)
    request_tokens.remember(requester, "PayBonusOutside", token, worker_id)
    payment = Payment.objects.create(
        kind=Payment.Kind.BONUS,
        requester=requester,
        worker=worker,
        amount_cents=amount_cents,
        reason=reason,
        by=by,
        paid_at=clock.now(),
    )
    data = {"worker": worker_id, "cents": amount_cents, "reason": reason}
    events.record(people_events.BonusPaidOutside(requester, by, data, worker=worker))
    amount = f"${money.dollars_of(amount_cents):,}"
    text = f"{requester} paid you a bonus of {amount}, which belongs to no HIT:\n\n{reason}"
    notices.tell_worker(requester, worker, f"A bonus of {amount}", text, by=by)
    return payment


def worked_for(requester: Requester) -> QuerySet[Worker]:
    """Give the workers who have submitted work to the requester, with their users."""
    done = Assignment.objects.filter(
        worker=OuterRef("pk"), hit__requester=requester, status__in=Assignment.DONE
    )
    return Worker.objects.filter(Exists(done)).select_related("user")


def check_amount(amount_cents: int) -> None:
    """Refuse a bonus out of range with `InvalidParameter`."""
    if not LEAST_BONUS_CENTS <= amount_cents <= MOST_BONUS_CENTS:
        amount = f"{amount_cents // 100}.{amount_cents % 100:02}"
        raise InvalidParameter("BonusAmount", amount, message="A bonus is from $0.01 to $10,000.00.")


def pay_reward(assignment: Assignment, *, paid_at: datetime, by: User | None = None) -> None:
    """Write that the assignment's reward is paid, if there is one; once per assignment.

    The reward is that of the group in which the worker found the HIT, which may have changed its type since.
    """
    group = assignment.group
    if cents := group.hit_type.reward_cents:
        _reward(assignment, group.requester_id, cents, paid_at, by).save(force_insert=True)


def pay_rewards(
    approved: Iterable[Assignment], *, paid_at: datetime | None = None, by: User | None = None
) -> None:
    """Write that these assignments are paid, at this moment or each at that of its auto-approval.

    Their groups and HIT types are at hand already.
    """
    Payment.objects.bulk_create(
        _reward(assignment, assignment.group.requester_id, cents, at, by)
        for assignment in approved
        if (cents := assignment.group.hit_type.reward_cents)
        and (at := paid_at or assignment.auto_approval_at)
    )


def pay_bonuses(
    requester_pk: int, wanted: Iterable[tuple[Assignment, int, str]], *, by: User | None = None
) -> list[Payment]:
    """Pay a bonus for each of these assignments that were submitted: so many cents, and why."""
    now = clock.now()
    paid = Payment.objects.bulk_create(
        Payment(
            kind=Payment.Kind.BONUS,
            requester_id=requester_pk,
            worker_id=assignment.worker_id,
            hit_id=assignment.hit_id,
            assignment=assignment,
            amount_cents=cents,
            reason=answers.storable(reason),
            by=by,
            paid_at=now,
        )
        for assignment, cents, reason in wanted
    )
    events.record_all(
        events.BonusSent(
            payment.assignment, requester_pk=requester_pk, by=by, data={"cents": payment.amount_cents}
        )
        for payment in paid
        if payment.assignment is not None
    )
    return paid


def take_back_rewards(assignment_pks: Iterable[int]) -> None:
    """Take back the rewards of approvals that are undone; events keep what happened."""
    Payment.objects.filter(kind=Payment.Kind.REWARD, assignment__in=list(assignment_pks)).delete()


def take_back(payment_pks: Iterable[int]) -> None:
    """Take back bonuses that are undone; events keep what happened."""
    Payment.objects.filter(kind=Payment.Kind.BONUS, pk__in=list(payment_pks)).delete()


def _reward(
    assignment: Assignment, requester_pk: int, cents: int, paid_at: datetime, by: User | None = None
) -> Payment:
    return Payment(
        kind=Payment.Kind.REWARD,
        requester_id=requester_pk,
        worker_id=assignment.worker_id,
        hit_id=assignment.hit_id,
        assignment=assignment,
        amount_cents=cents,
        by=by,
        paid_at=paid_at,
    )
