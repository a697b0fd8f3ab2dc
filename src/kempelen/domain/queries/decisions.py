"""What was decided about answers on the web, and what of it can still be undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kempelen.domain import clock
from kempelen.domain.actions import verdicts
from kempelen.domain.models import Assignment, Decision, HITGroup, Requester, ReviewReason, User

MOST_REASONS = 12
_LOOKED_AT = 50


@dataclass(frozen=True)
class LastDecision:
    """What was decided last about an answer, by whom if that is known, and until when it can be undone."""

    decision: Decision
    by: User | None

    @property
    def until(self) -> datetime:
        """When it becomes final."""
        decided_at = self.decision.decided_at or clock.now()
        return decided_at + verdicts.UNDO_TIME

    @property
    def may_be_undone(self) -> bool:
        """Whether it is not final yet; what happened to the answer meanwhile may forbid it all the same."""
        return self.decision.state == Decision.State.DONE and clock.now() <= self.until


def last_of(assignments: Iterable[Assignment]) -> dict[int, LastDecision]:
    """Give what stands of members' decisions about these answers, by the answers' primary keys."""
    pks = [assignment.pk for assignment in assignments]
    rows = Decision.objects.filter(assignment__in=pks, state__in=[Decision.State.DONE, Decision.State.KEPT])
    last: dict[int, Decision] = {}
    for row in rows.order_by("decided_at", "pk"):
        last[row.assignment_id] = row
    users = User.objects.in_bulk({row.user_pk for row in last.values() if row.user_pk})
    return {pk: LastDecision(row, users.get(row.user_pk or 0)) for pk, row in last.items()}


def newest_of(user: User, requester: Requester, group: HITGroup | None) -> LastDecision | None:
    """Give the user's newest decision about one answer of a group, if it can still be undone."""
    newest = (
        Decision.objects.filter(requester=requester, user_pk=user.pk)
        .select_related("assignment__worker", "assignment__hit")
        .defer("assignment__answers", "assignment__draft", "assignment__hit__question")
        .order_by("-pk")[:_LOOKED_AT]
    )
    for decision in newest:
        is_alone = decision.review_id is None and decision.state == Decision.State.DONE
        if is_alone and group is not None and decision.assignment.group_id == group.pk:
            last = LastDecision(decision, user)
            return last if last.may_be_undone else None
    return None


def reasons(requester: Requester, kind: str) -> list[str]:
    """Give the reasons that the requester's members gave lately, newest first."""
    rows = ReviewReason.objects.filter(requester=requester, kind=kind).order_by("-used_at")
    return list(rows.values_list("text", flat=True)[:MOST_REASONS])
