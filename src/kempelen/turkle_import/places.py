"""What Turkle's assignments of a task make of a HIT: its counts, its status, and rows to write."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kempelen.domain import answers
from kempelen.domain.answers import Answers
from kempelen.domain.models import HIT, Assignment, EarlierAnswer
from kempelen.domain.models.projects import DEFAULT_AUTO_APPROVAL_DELAY_SECONDS
from kempelen.turkle_import.tables import Row

_DELAY = timedelta(seconds=DEFAULT_AUTO_APPROVAL_DELAY_SECONDS)
_NEVER_ANSWERS = {"csrfmiddlewaretoken"}


@dataclass
class Written:
    """Rows that a page of tasks makes: new ones, and those that change."""

    assignments: dict[int, Assignment] = field(default_factory=dict)
    changed: list[Assignment] = field(default_factory=list)
    earlier: list[EarlierAnswer] = field(default_factory=list)
    # Assignments of Turkle's that need no row of their own: what stands for them.
    same_as: dict[int, Assignment] = field(default_factory=dict)


@dataclass
class Task:
    """A HIT while its assignments come in, with whoever has a place on it."""

    hit: HIT
    by_worker: dict[int, Assignment]
    is_changed: bool = False

    def add(self, assignment: Assignment) -> bool:
        """Give the assignment a place; tells whether the HIT had to grow by one for it."""
        grows = self.hit.places_left == 0
        if grows:
            self.hit.max_assignments += 1
        else:
            self.hit.places_left -= 1
        self._count(assignment, 1)
        self.by_worker[assignment.worker_id] = assignment
        return grows

    def finish(self, assignment: Assignment, row: Row, now: datetime) -> None:
        """Store the answer of an assignment that was in hand when it was brought."""
        self._count(assignment, -1)
        _set_answer(assignment, row, now)
        self._count(assignment, 1)

    def settle(self, *, is_given_out: bool, now: datetime) -> None:
        """Set the status that the counts make; places of a task that is done there are not given out."""
        hit = self.hit
        if hit.places_left and not is_given_out and hit.expired_at is None:
            hit.expired_at = now
        if hit.places_left and hit.expired_at is None:
            hit.status = HIT.Status.ASSIGNABLE
        elif hit.pending_count:
            hit.status = HIT.Status.UNASSIGNABLE
        elif hit.status in {HIT.Status.ASSIGNABLE, HIT.Status.UNASSIGNABLE}:
            hit.status = HIT.Status.REVIEWABLE

    def _count(self, assignment: Assignment, by: int) -> None:
        self.is_changed = True
        if assignment.status == Assignment.Status.ACCEPTED:
            self.hit.pending_count += by
        elif assignment.status == Assignment.Status.SUBMITTED:
            self.hit.unreviewed_count += by
        else:
            self.hit.reviewed_count += by


def assignment_of(row: Row, hit: HIT, worker_pk: int, deadline_at: datetime, now: datetime) -> Assignment:
    """Make the assignment that a row of Turkle's is here, without writing it.

    Turkle knows no review.  What was sent longer ago than work waits for one here is approved, as it would
    be by now had it been sent here; the rest waits for its requester.
    """
    made = Assignment(
        hit=hit,
        group_id=hit.group_id,
        worker_id=worker_pk,
        status=Assignment.Status.ACCEPTED,
        accepted_at=row["created_at"],
        deadline_at=deadline_at,
    )
    if row["completed"]:
        _set_answer(made, row, now)
    return made


def _set_answer(assignment: Assignment, row: Row, now: datetime) -> None:
    assignment.answers = answers_of(row["answers"])
    assignment.submitted_at = max(row["updated_at"], assignment.accepted_at)
    assignment.auto_approval_at = assignment.submitted_at + _DELAY
    assignment.status = Assignment.Status.SUBMITTED
    if assignment.auto_approval_at <= now:
        assignment.status = Assignment.Status.APPROVED
        assignment.approved_at = assignment.auto_approval_at


def answers_of(given: Any) -> Answers:
    """Give an answer as it is stored here: what a page sent once is a text, several times a list."""
    if not isinstance(given, dict):
        return answers.collect([("answer", _text(given))]) if given not in (None, "") else {}
    fields = [
        (str(name), _text(one))
        for name, value in given.items()
        if name not in _NEVER_ANSWERS
        for one in (value if isinstance(value, list) else [value])
    ]
    return answers.collect(fields)


def inputs_of(given: Any) -> dict[str, str]:
    """Give the values of a row as they are stored here."""
    if not isinstance(given, dict):
        return {}
    return {answers.storable(str(name)): answers.storable(_text(value)) for name, value in given.items()}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
