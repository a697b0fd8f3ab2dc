"""What members decide about answers, carried out and taken back: a page of decisions in one transaction.

The rules are those of `verdicts`, with few statements for many answers.  Whatever was not possible says
why.  Programs are told of a decision once it can no longer be undone, and never of one that was: events
that tell of it are held back meanwhile.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from kempelen.domain import clock, events, review_events
from kempelen.domain.actions import payments, verdicts
from kempelen.domain.actions.verdicts import Obstacle
from kempelen.domain.models import HIT, Assignment, Decision, Event, User

Status = Assignment.Status
Kind, State = Decision.Kind, Decision.State
_TOLD_AS = {Kind.APPROVE.value: events.AssignmentApproved, Kind.REJECT.value: events.AssignmentRejected}
_TAKEN_BACK_AS = {
    Kind.APPROVE.value: review_events.ApprovalTakenBack,
    Kind.REJECT.value: review_events.RejectionTakenBack,
    Kind.BONUS.value: review_events.BonusTakenBack,
}


@dataclass(frozen=True)
class Locked:
    """The answers of a page of decisions with their HITs, by primary key; nobody else changes them now."""

    assignments: Mapping[int, Assignment]
    hits: Mapping[int, HIT]

    def of(self, decision: Decision) -> tuple[Assignment, HIT]:
        """Give what the decision is about."""
        assignment = self.assignments[decision.assignment_id]
        return assignment, self.hits[assignment.hit_id]


def carry_out(
    page: Sequence[Decision],
    *,
    by: User | None,
    left_out: Callable[[Sequence[Decision]], Mapping[int, Obstacle]] = lambda page: {},
) -> Counter[str]:
    """Do what is planned; gives figures of it.  Call it in a transaction that holds the decisions.

    Each decision's state tells whether it is done or left out, with `why`; new ones are saved.  `left_out`
    is asked, once the answers are locked, about which of them nothing is to be done.
    """
    locked, now = lock(page), clock.now()
    obstacles = left_out(page)
    for decision in page:
        assignment, hit = locked.of(decision)
        obstacle = obstacle_to(decision.kind, assignment, hit, now, overrides=True)
        obstacle = obstacle or obstacles.get(assignment.pk)
        decision.why = obstacle or ""
        decision.state = State.LEFT if obstacle else State.DONE
        decision.status_before, decision.feedback_before = assignment.status, assignment.feedback
        if not obstacle:
            decision.user_pk, decision.decided_at = (by.pk if by else None), now
    done = [decision for decision in page if decision.state == State.DONE]
    _decide(done, locked, now, by)
    _save(page, "state", "why", "status_before", "feedback_before", "user_pk", "decided_at")
    return figures_of(page, locked)


def take_back(page: Sequence[Decision], *, by: User | None, asked_at: datetime) -> Counter[str]:
    """Undo what was decided so long ago at most; gives figures of it.  Otherwise as `carry_out`."""
    locked, now = lock(page), clock.now()
    for decision in page:
        assignment, hit = locked.of(decision)
        obstacle = obstacle_to_undoing(decision, assignment, hit, now, asked_at=asked_at)
        decision.why = obstacle or ""
        decision.state = State.KEPT if obstacle else State.UNDONE
        decision.undone_at = None if obstacle else now
    undone = [decision for decision in page if decision.state == State.UNDONE]
    _restore(undone, locked, by)
    _save(page, "state", "why", "undone_at")
    return figures_of(page, locked)


def obstacle_to(
    kind: str, assignment: Assignment, hit: HIT, now: datetime, *, overrides: bool
) -> Obstacle | None:
    """Tell why this cannot be decided about the answer; `overrides`: an approval may follow a rejection."""
    if kind == Kind.APPROVE:
        return verdicts.obstacle_to_approval(assignment, hit, now, overrides=overrides)
    if kind == Kind.REJECT:
        return verdicts.obstacle_to_rejection(assignment, now)
    return None if assignment.status in Assignment.DONE else Obstacle.UNSENT


def obstacle_to_undoing(
    decision: Decision, assignment: Assignment, hit: HIT, now: datetime, *, asked_at: datetime
) -> Obstacle | None:
    """Tell why a decision cannot be undone any more.

    An approval is not taken back from work that the clock would approve at once.
    """
    decided_at = decision.decided_at
    is_late = decided_at is None or asked_at > decided_at + verdicts.UNDO_TIME
    if decided_at is None or is_late or now >= decided_at + verdicts.HELD_BACK:
        return Obstacle.LATE
    if decision.kind == Kind.BONUS:
        return None
    status = Status.APPROVED if decision.kind == Kind.APPROVE else Status.REJECTED
    if assignment.status != status:
        return Obstacle.CHANGED
    if hit.status == HIT.Status.DISPOSED:
        return Obstacle.DELETED
    is_for_the_clock = decision.status_before == Status.SUBMITTED and verdicts.is_due(assignment, now)
    return Obstacle.DUE if is_for_the_clock and decision.kind == Kind.APPROVE else None


def lock(page: Sequence[Decision]) -> Locked:
    """Lock the HITs, then the assignments, by id: the order in which everybody locks."""
    pks = [decision.assignment_id for decision in page]
    hit_pks = set(Assignment.objects.filter(pk__in=pks).values_list("hit", flat=True))
    hits = HIT.objects.select_for_update().filter(pk__in=hit_pks).defer("inputs", "question").order_by("pk")
    hits_by_pk = {hit.pk: hit for hit in hits}
    assignments = (
        Assignment.objects.select_for_update(of=("self",))
        .filter(pk__in=pks)
        # Few groups: joined, each row would have objects of its own for them.
        .prefetch_related("group__hit_type")
        .defer("answers", "draft")
        .order_by("pk")
    )
    return Locked({assignment.pk: assignment for assignment in assignments}, hits_by_pk)


def figures_of(page: Iterable[Decision], locked: Locked) -> Counter[str]:
    """Count decisions by what they are, cents too; those that were not possible by why."""
    figures: Counter[str] = Counter()
    for decision in page:
        if decision.why:
            figures[f"{decision.state} {decision.why}"] += 1
            continue
        figures[decision.kind] += 1
        figures["cents"] += cents_of(decision, locked.assignments[decision.assignment_id])
        if decision.kind == Kind.APPROVE and decision.status_before == Status.REJECTED:
            figures["override"] += 1
    return figures


def cents_of(decision: Decision, assignment: Assignment) -> int:
    """Give what the decision costs: the reward, or the bonus."""
    if decision.kind == Kind.APPROVE:
        return assignment.group.hit_type.reward_cents
    return decision.amount_cents or 0


def _decide(done: Sequence[Decision], locked: Locked, now: datetime, by: User | None) -> None:
    verdict = [decision for decision in done if decision.kind != Kind.BONUS]
    by_change: dict[tuple[str, str], list[int]] = defaultdict(list)
    for decision in verdict:
        by_change[decision.kind, decision.reason].append(decision.assignment_id)
    for (kind, reason), pks in by_change.items():
        if kind == Kind.APPROVE:
            change = {"status": Status.APPROVED, "approved_at": now}
        else:
            change = {"status": Status.REJECTED, "rejected_at": now}
        Assignment.objects.filter(pk__in=pks).update(feedback=reason, **change)
    _count(_hits_of(verdict, locked, Status.SUBMITTED), reviewed=+1)
    approved = [locked.of(decision)[0] for decision in done if decision.kind == Kind.APPROVE]
    payments.pay_rewards(approved, paid_at=now, by=by)
    _pay_bonuses([decision for decision in done if decision.kind == Kind.BONUS], locked, by)
    told_from = now + verdicts.HELD_BACK
    events.record_all(
        _TOLD_AS[decision.kind](
            assignment,
            requester_pk=hit.requester_id,
            by=by,
            data={"was": decision.status_before} if decision.status_before != Status.SUBMITTED else {},
            told_from=told_from,
        )
        for decision, (assignment, hit) in ((its, locked.of(its)) for its in verdict)
    )


def _pay_bonuses(bonuses: Sequence[Decision], locked: Locked, by: User | None) -> None:
    if not bonuses:
        return
    wanted = [(locked.of(its)[0], its.amount_cents or 0, its.reason) for its in bonuses]
    paid = payments.pay_bonuses(bonuses[0].requester_id, wanted, by=by)
    for decision, payment in zip(bonuses, paid, strict=True):
        decision.payment_pk = payment.pk
    if saved := [decision for decision in bonuses if decision.pk]:
        Decision.objects.bulk_update(saved, ["payment_pk"])


def _restore(undone: Sequence[Decision], locked: Locked, by: User | None) -> None:
    verdict = [decision for decision in undone if decision.kind != Kind.BONUS]
    by_change: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for its in verdict:
        by_change[its.kind, its.status_before, its.feedback_before].append(its.assignment_id)
    for (kind, status, feedback), pks in by_change.items():
        gone = {"approved_at": None} if kind == Kind.APPROVE else {"rejected_at": None}
        Assignment.objects.filter(pk__in=pks).update(status=status, feedback=feedback, **gone)
    _count(_hits_of(verdict, locked, Status.SUBMITTED), reviewed=-1)
    approved = [decision.assignment_id for decision in undone if decision.kind == Kind.APPROVE]
    payments.take_back_rewards(approved)
    payments.take_back([decision.payment_pk for decision in undone if decision.payment_pk])
    for kind, told_as in _TOLD_AS.items():
        pks = [decision.assignment_id for decision in undone if decision.kind == kind]
        held = Event.objects.filter(awaits_notification=True, kind=told_as.__name__, assignment_pk__in=pks)
        if pks:
            held.update(awaits_notification=False)
    events.record_all(
        _TAKEN_BACK_AS[decision.kind](
            assignment, requester_pk=hit.requester_id, by=by, data=_taken_back(decision)
        )
        for decision, (assignment, hit) in ((its, locked.of(its)) for its in undone)
    )


def _taken_back(decision: Decision) -> dict[str, Any]:
    if decision.kind == Kind.BONUS:
        return {"cents": decision.amount_cents}
    return {"status": decision.status_before}


def _hits_of(decisions: Iterable[Decision], locked: Locked, status: str) -> list[int]:
    """Give the HITs of those whose work had this status before, one for each."""
    return [locked.of(its)[0].hit_id for its in decisions if its.status_before == status]


def _count(hit_pks: Collection[int], *, reviewed: int) -> None:
    """Move a place of each of these HITs from unreviewed to reviewed, or back; no status depends on it."""
    by_count: dict[int, list[int]] = defaultdict(list)
    for hit_pk, count in Counter(hit_pks).items():
        by_count[count * reviewed].append(hit_pk)
    for count, pks in by_count.items():
        HIT.objects.filter(pk__in=pks).update(
            unreviewed_count=F("unreviewed_count") - count, reviewed_count=F("reviewed_count") + count
        )


def _save(page: Sequence[Decision], *fields: str) -> None:
    """Save these fields: most decisions of a page have the same values."""
    by_values: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for decision in page:
        if decision.pk is not None:
            by_values[tuple(getattr(decision, name) for name in fields)].append(decision.pk)
    Decision.objects.bulk_create(decision for decision in page if decision.pk is None)
    for values, pks in by_values.items():
        Decision.objects.filter(pk__in=pks).update(**dict(zip(fields, values, strict=True)))
